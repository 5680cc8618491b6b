import Testing

@testable import ViTDetMini

/// The backbone of Hugging Face's transformers, number by number.
@Suite struct BackboneVectorTests {
  static let cases = [
    "win_divides_attn", "win_padded_bicubic", "rect_batch2_norel", "residual_allwindow_grads",
    "global_rect_attn_grads", "relpos_interp_grads", "no_abspos_relpos_shrink",
  ]

  @Test(arguments: cases) func mapsAndAttentionAgreeWithTheReference(name: String) throws {
    let fixture = try BackboneCase(name)
    let recorder = Recorder()
    let last = fixture.model(Variable(fixture.image), recorder: recorder)
    let found = FeatureMaps(recorder, last: last.value, depth: fixture.configuration.depth)
    var compared = 0
    for expected in fixture.expected.entries where !expected.name.hasPrefix("grad") {
      guard expected.name != "loss" else { continue }
      let map = try #require(found[expected.name], "no map \(expected.name)")
      expectClose(
        map, try fixture.expected.tensor(named: expected.name), tolerance: 1e-4,
        "\(name) \(expected.name)")
      compared += 1
    }
    #expect(compared >= fixture.configuration.depth + 2)
  }

  @Test(arguments: cases.filter { $0.hasSuffix("_grads") })
  func gradientsAgreeWithTheReference(name: String) throws {
    let fixture = try BackboneCase(name, trainable: true)
    let image = Variable(fixture.image, requiresGradient: true)
    let cotangent = try fixture.input.tensor(named: "cotangent").channelsLast
    let loss = fixture.model(image).dot(cotangent)
    loss.backward()
    let gradients = fixture.directory.gradients(of: fixture.model.variable(named:))
    var compared = 0
    for entry in fixture.expected.entries where entry.name.hasPrefix("grad.") {
      let expected = try fixture.expected.tensor(named: entry.name)
      let found = try #require(gradients[String(entry.name.dropFirst(5))])
      expectClose(
        found, expected, tolerance: 1e-4 * expected.largestMagnitude, "\(name) \(entry.name)")
      compared += 1
    }
    #expect(compared > 20)
    let pixels = try fixture.expected.tensor(named: "grad_input.pixel_values")
    expectClose(
      try #require(image.gradient).channelsFirst, pixels,
      tolerance: 1e-4 * pixels.largestMagnitude, "\(name) pixels")
    let expectedLoss = try fixture.expected.tensor(named: "loss").storage[0]
    #expect(abs(loss.value.storage[0] - expectedLoss) <= 1e-4 * abs(expectedLoss))
  }
}

/// One case of Tests/Fixtures/backbone.
private struct BackboneCase {
  let directory: ModelDirectory
  let model: ViT
  let input: SafeTensors
  let expected: SafeTensors
  let image: Tensor
  var configuration: ViTConfiguration { directory.configuration }

  init(_ name: String, trainable: Bool = false) throws {
    let path = Fixture.path("backbone/\(name)")
    directory = try ModelDirectory.read(path)
    model = try ViT(
      directory.configuration, parameters: directory.parameters, trainable: trainable)
    input = try SafeTensors(path: path + "/input.safetensors")
    expected = try SafeTensors(path: path + "/expected.safetensors")
    image = try input.tensor(named: "pixel_values").channelsLast
  }
}
