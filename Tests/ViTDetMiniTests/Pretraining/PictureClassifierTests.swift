import Testing

@testable import ViTDetMini

@Suite struct PictureClassifierTests {
  private let configuration = ViTConfiguration.small.plain
  private var parameters: Parameters {
    Parameters(PictureClassifier.specifications(configuration, classes: 3), seed: 4)
  }

  @Test func itIsAPlainTransformerWithAHead() {
    let names = Set(parameters.names)
    #expect(names.isSuperset(of: ["cls_token", "pos_embed", "norm.weight", "head.weight"]))
    #expect(!names.contains { $0.contains("rel_pos") || $0.contains("residual") })
    #expect(parameters["head.weight"]?.shape == [3, 8])
    #expect(configuration.globalBlockIndexes == [0, 1, 2])
  }

  @Test func picturesOfABatchDoNotMix() throws {
    let network = try PictureClassifier(configuration, classes: 3, parameters: parameters)
    let images = numbers([2, 12, 12, 3])
    let together = network.logits(Variable(images), ForwardPass()).value
    #expect(together.shape == [2, 3])
    let alone = (0..<2).map {
      network.logits(Variable(images.rows($0..<($0 + 1))), ForwardPass()).value
    }
    expectClose(together, Tensor.joined(alone), tolerance: 1e-5)
  }

  /// The class token stands at no place, so it sees a picture whose patches and their position rows are exchanged as the
  /// same.
  @Test func theClassTokenSeesASet() throws {
    var moved = parameters
    moved.change("pos_embed") { rows in
      for channel in 0..<8 {
        let first = rows[0, 1, channel]
        rows[0, 1, channel] = rows[0, 9, channel]
        rows[0, 9, channel] = first
      }
    }
    let image = numbers([1, 12, 12, 3])
    var exchanged = image
    for y in 0..<4 {
      for x in 0..<4 {
        for c in 0..<3 {
          exchanged[0, y, x, c] = image[0, 8 + y, 8 + x, c]
          exchanged[0, 8 + y, 8 + x, c] = image[0, y, x, c]
        }
      }
    }
    func logits(_ image: Tensor, _ parameters: Parameters) throws -> Tensor {
      try PictureClassifier(configuration, classes: 3, parameters: parameters)
        .logits(Variable(image), ForwardPass()).value
    }
    let plain = try logits(image, parameters)
    expectClose(try logits(exchanged, moved), plain, tolerance: 1e-5)
    let isTheSame = try logits(exchanged, parameters) == plain
    #expect(!isTheSame)
  }

  @Test func gradientsAreDifferenceQuotients() throws {
    let images = numbers([2, 12, 12, 3])
    try expectParameterGradients(at: parameters) { parameters in
      let network = try PictureClassifier(
        configuration, classes: 3, parameters: parameters, trainable: true)
      let loss = binaryCrossEntropy(
        network.logits(Variable(images), ForwardPass()), targets: [1, 0, 1, 0, 0, 1],
        weights: [Float](repeating: 1, count: 6))
      return (loss, network.variable)
    }
  }
}
