import Testing

@testable import ViTDetMini

@Suite struct PatchClassifierTests {
  private let configuration = ViTConfiguration.small
  private func parameters(_ configuration: ViTConfiguration) -> Parameters {
    Parameters(PatchClassifier.specifications(configuration, classes: 3), seed: 4)
  }

  private func logits(_ image: Tensor, _ configuration: ViTConfiguration) throws -> Tensor {
    try PatchClassifier(configuration, classes: 3, parameters: parameters(configuration))
      .logits(Variable(image), ForwardPass()).value
  }

  @Test func itIsTheDetectorsBackboneWithAHead() {
    let names = Set(parameters(configuration).names)
    #expect(
      names.isSuperset(of: configuration.parameterSpecifications().map(\.name)))
    #expect(names.isSuperset(of: ["norm.weight", "head.weight"]))
    #expect(!names.contains("cls_token"))
  }

  @Test func everyPatchOfEveryPictureAnswers() throws {
    let images = numbers([2, 12, 12, 3])
    let together = try logits(images, configuration)
    #expect(together.shape == [2 * 9, 3])
    let alone = try (0..<2).map { try logits(images.rows($0..<($0 + 1)), configuration) }
    expectClose(together, Tensor.joined(alone), tolerance: 1e-5)
  }

  /// What the task is for: without a global block a patch cannot know of what stands in another window.
  @Test func onlyGlobalBlocksBringWhatStandsFarAway() throws {
    let image = numbers([1, 24, 24, 3])
    var changed = image
    for channel in 0..<3 { changed[0, 23, 23, channel] += 1 }
    func firstPatchNotices(_ configuration: ViTConfiguration) throws -> Bool {
      let (before, after) = (
        try logits(image, configuration), try logits(changed, configuration)
      )
      return (0..<3).contains { before[0, $0] != after[0, $0] }
    }
    var windows = configuration
    windows.windowSize = 2
    windows.windowBlockIndexes = Array(0..<windows.depth)
    windows.residualBlockIndexes = []
    #expect(try !firstPatchNotices(windows))
    windows.windowBlockIndexes = Array(1..<windows.depth)
    #expect(try firstPatchNotices(windows))
  }

  @Test func gradientsAreDifferenceQuotients() throws {
    let images = numbers([1, 12, 12, 3])
    try expectParameterGradients(at: parameters(configuration)) { parameters in
      let network = try PatchClassifier(
        configuration, classes: 3, parameters: parameters, trainable: true)
      let loss = binaryCrossEntropy(
        network.logits(Variable(images), ForwardPass()),
        targets: (0..<27).map { $0 % 2 == 0 ? 1 : 0 },
        weights: [Float](repeating: 1, count: 27))
      return (loss, network.variable)
    }
  }
}
