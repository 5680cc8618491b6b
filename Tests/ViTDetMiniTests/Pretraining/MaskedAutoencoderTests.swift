import Testing

@testable import ViTDetMini

@Suite struct MaskedAutoencoderTests {
  /// 3 × 3 patches of 4 pixels.
  private let configuration = MaskedAutoencoderConfiguration(for: .small)
  private var parameters: Parameters {
    Parameters(configuration.parameterSpecifications(), seed: 4)
  }

  private func masks(_ count: Int, seed: UInt64 = 6) -> [PatchMask] {
    var random = RandomNumbers(seed: seed)
    return (0..<count).map { _ in PatchMask(hiding: 0.6, of: 9, using: &random) }
  }

  @Test func namesAreThoseOfPublishedCheckpoints() {
    func both(_ modules: [String]) -> [String] {
      modules.flatMap { [$0 + ".weight", $0 + ".bias"] }
    }
    func block(_ name: String) -> [String] {
      both(
        ["norm1", "attn.qkv", "attn.proj", "norm2", "mlp.fc1", "mlp.fc2"].map { name + "." + $0 })
    }
    var expected = ["cls_token", "pos_embed", "mask_token", "decoder_pos_embed"]
    expected += both(["patch_embed.proj", "norm", "decoder_embed", "decoder_norm", "decoder_pred"])
    expected += (0..<3).flatMap { block("blocks.\($0)") }
    expected += (0..<2).flatMap { block("decoder_blocks.\($0)") }
    let shapes = Dictionary(
      uniqueKeysWithValues: configuration.parameterSpecifications().map {
        ($0.name, $0.checkpointShape)
      })
    #expect(shapes.keys.sorted() == expected.sorted())
    #expect(shapes["pos_embed"] == [1, 10, 8])
    #expect(shapes["decoder_pos_embed"] == [1, 10, 8])
    #expect(shapes["patch_embed.proj.weight"] == [8, 3, 4, 4])
    #expect(shapes["decoder_pred.weight"] == [48, 8])
  }

  @Test func theDecoderHasTwoThirdsOfTheWidth() {
    let base = MaskedAutoencoderConfiguration(for: .base)
    #expect((base.encoder.depth, base.encoder.embedDim) == (12, 768))
    #expect(base.decoder.embedDim == 528 && base.decoder.embedDim % base.decoder.numHeads == 0)
    #expect(MaskedAutoencoderConfiguration(for: .tiny).decoder.embedDim == 48)
  }

  /// What is painted in the hidden patches does not depend on what is there, and does on what is seen.
  @Test func hiddenPixelsAreNotSeen() throws {
    let network = try MaskedAutoencoder(configuration, parameters: parameters)
    let masks = masks(1)
    func painted(changing patch: Int) -> Tensor {
      var image = numbers([1, 12, 12, 3])
      for y in 0..<4 { for x in 0..<4 { image[0, patch / 3 * 4 + y, patch % 3 * 4 + x, 1] += 1 } }
      return network.prediction(Variable(image), masks, ForwardPass()).value
    }
    let plain = network.prediction(Variable(numbers([1, 12, 12, 3])), masks, ForwardPass()).value
    #expect(plain.shape == [6, 48])
    for patch in masks[0].hidden { #expect(painted(changing: patch) == plain) }
    for patch in masks[0].visible { #expect(painted(changing: patch) != plain) }
  }

  @Test func picturesOfABatchDoNotMix() throws {
    let network = try MaskedAutoencoder(configuration, parameters: parameters)
    let (images, masks) = (numbers([3, 12, 12, 3]), masks(3))
    let together = network.prediction(Variable(images), masks, ForwardPass()).value
    let alone = (0..<3).map { index in
      network.prediction(
        Variable(images.rows(index..<(index + 1))), [masks[index]], ForwardPass()
      ).value
    }
    expectClose(together, Tensor.joined(alone), tolerance: 1e-5)
  }

  /// The targets are the pixels of the hidden patches, row by row, each patch with mean 0 and deviation 1.
  @Test func targetsAreNormalizedPatches() throws {
    let network = try MaskedAutoencoder(configuration, parameters: parameters)
    var image = numbers([1, 12, 12, 3])
    // The patch in the middle has one colour.
    for y in 4..<8 { for x in 4..<8 { for c in 0..<3 { image[0, y, x, c] = 5 } } }
    var masks = masks(1)
    while !masks[0].hidden.contains(4) || !masks[0].hidden.contains(0) {
      masks = self.masks(1, seed: UInt64(masks[0].hidden.reduce(7) { $0 * 31 + $1 }))
    }
    let targets = network.targets(image, masks)
    let middle = try #require(masks[0].hidden.firstIndex(of: 4))
    #expect(targets.rows(middle..<(middle + 1)).storage.allSatisfy { $0 == 0 })
    let corner = targets.rows(0..<1)
    #expect(abs(corner.sum) < 1e-4)
    #expect(abs(corner.dot(corner) / 47 - 1) < 1e-3)
    let raw = [image[0, 0, 0, 0], image[0, 0, 0, 1], image[0, 3, 3, 2]]
    let found = [corner.storage[0], corner.storage[1], corner.storage[47]]
    #expect((raw[0] < raw[1]) == (found[0] < found[1]))
    #expect((raw[1] < raw[2]) == (found[1] < found[2]))
  }

  @Test func theLossOfPaintingMeanColoursIsOne() throws {
    var parameters = parameters
    for name in ["decoder_pred.weight", "decoder_pred.bias"] {
      parameters.change(name) { $0.scale(by: 0) }
    }
    let network = try MaskedAutoencoder(configuration, parameters: parameters)
    let loss = network.loss(numbers([2, 12, 12, 3]), masks(2), ForwardPass()).value.storage[0]
    // The unbiased deviation makes it 47/48.
    #expect(abs(loss - 47 / 48) < 1e-3)
  }

  @Test func gradientsAreDifferenceQuotients() throws {
    let (images, masks) = (numbers([2, 12, 12, 3]), masks(2))
    try expectParameterGradients(at: parameters) { parameters in
      let network = try MaskedAutoencoder(configuration, parameters: parameters, trainable: true)
      return (network.loss(images, masks, ForwardPass()), network.variable)
    }
  }

  @Test func missingParametersAreTold() {
    var parameters = parameters
    parameters["mask_token"] = nil
    #expect(throws: ModelError.missing("mask_token")) {
      _ = try MaskedAutoencoder(configuration, parameters: parameters)
    }
  }
}
