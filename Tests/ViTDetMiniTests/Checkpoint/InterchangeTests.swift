import Foundation
import Testing

@testable import ViTDetMini

/// What is written here is what the other libraries write: names, shapes, numbers and keys.
@Suite struct InterchangeTests {
  private static let backbones = [
    "global_rect_attn_grads", "no_abspos_relpos_shrink", "rect_batch2_norel", "relpos_interp_grads",
    "residual_allwindow_grads", "win_divides_attn", "win_padded_bicubic",
  ]

  private func rewritten(_ path: String) throws -> String {
    let read = try ModelDirectory.read(path)
    let model = read.detector.map(ModelKind.detector) ?? .backbone(read.configuration)
    let out = temporaryPath()
    try ModelDirectory.write(model, parameters: read.parameters, to: out)
    return out
  }

  /// The same tensors with the same numbers, whatever their order.
  private func expectSameTensors(_ found: String, _ expected: String) throws {
    let found = try SafeTensors(path: found + "/model.safetensors")
    let expected = try SafeTensors(path: expected + "/model.safetensors")
    #expect(
      Set(found.entries.map { "\($0.name) \($0.shape)" })
        == Set(expected.entries.map { "\($0.name) \($0.shape)" }))
    for entry in found.entries {
      let isSame =
        try found.tensor(named: entry.name) == expected.tensor(named: entry.name)
      #expect(isSame, "\(entry.name)")
    }
  }

  private func configuration(_ path: String) throws -> [String: JSONValue] {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: path + "/config.json")))
    guard case .object(let members) = plain(try JSONValue(bytes)) else { return [:] }
    return members
  }

  /// Numbers as Python and Swift both understand them: 4 and 4.0 are the same.
  private func plain(_ value: JSONValue) -> JSONValue {
    switch value {
    case .number(let text): .number(Double(text).map { "\($0)" } ?? text)
    case .array(let values): .array(values.map(plain))
    case .object(let members): .object(members.mapValues(plain))
    default: value
    }
  }

  @Test(arguments: backbones) func aBackboneIsWrittenAsSavePretrainedDoes(name: String) throws {
    let path = Fixture.path("backbone/" + name)
    let out = try rewritten(path)
    defer { try? FileManager.default.removeItem(atPath: out) }
    var expected = try configuration(path)
    try expectSameTensors(out, path)
    // The version is the other library's, and a model without its backbone class is read by it as well.
    expected["transformers_version"] = nil
    expected["architectures"] = .strings(["VitDetBackbone"])
    let found = try configuration(out)
    #expect(Set(found.keys) == Set(expected.keys))
    for (key, value) in expected { #expect(found[key] == value, "\(key)") }
  }

  @Test(arguments: ["global_resize", "train_global_b2"])
  func aDetectorIsWrittenWithDetectron2sNames(name: String) throws {
    let path = Fixture.path("detector/" + name)
    let out = try rewritten(path)
    defer { try? FileManager.default.removeItem(atPath: out) }
    try expectSameTensors(out, path)
  }

  /// The way of `vitdet model export`: train, save, read, write the backbone, read that.
  @Test func whatWasTrainedHereIsABackboneThere() throws {
    let (saved, exported) = (temporaryPath(), temporaryPath())
    defer { for path in [saved, exported] { try? FileManager.default.removeItem(atPath: path) } }
    var recipe = TrainingRecipe.small(steps: 1)
    recipe.model.backbone = recipe.model.backbone.with(.conv(.bottleneck))
    let training = try Training(recipe)
    _ = try training.step()
    try training.save(to: saved)
    let read = try ModelDirectory.read(saved)
    try ModelDirectory.write(
      .backbone(read.configuration), parameters: read.backboneParameters, to: exported)
    let names = try SafeTensors(path: exported + "/model.safetensors").entries.map(\.name)
    #expect(names.contains("encoder.layer.0.attention.rel_pos_h"))
    #expect(names.contains("encoder.layer.1.residual.norm3.weight"))
    #expect(names.count == recipe.model.backbone.parameterSpecifications().count)
    let backbone = try ModelDirectory.read(exported)
    #expect(backbone.kind == .backbone && backbone.configuration == recipe.model.backbone)
    let image = Variable(numbers([1, 64, 64, 3]))
    let map = try ViT(backbone.configuration, parameters: backbone.parameters)(image).value
    let isSame = map == (try training.detector().backbone(image).value)
    #expect(isSame)
  }
}
