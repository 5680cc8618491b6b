@testable import ViTDetMini

extension DetectorConfiguration {
  /// A detector that runs in a moment.
  static let small = {
    var backbone = ViTConfiguration()
    backbone.imgSize = 64
    backbone.embedDim = 8
    backbone.depth = 2
    backbone.numHeads = 2
    backbone.windowSize = 3
    backbone.windowBlockIndexes = [0]
    backbone.pretrainImgSize = 64
    var configuration = DetectorConfiguration(backbone)
    configuration.shrink()
    return configuration
  }()

  /// Narrow heads and few proposals.
  mutating func shrink() {
    outChannels = 4
    classes = 3
    proposals.topBefore = TrainTest(train: 20, test: 20)
    proposals.topAfter = TrainTest(train: 10, test: 10)
    boxHead.convolutions = [4, 4]
    boxHead.linears = [8]
    boxHead.canonicalSize = 32
    boxHead.scoreThreshold = 0
    maskHead?.convolutions = [4]
    maskHead?.upsampled = 4
    maskHead?.canonicalSize = 32
  }
}

extension TrainingExample {
  /// Two objects in a picture of random colours, 64 pixels square.
  static func small(_ configuration: DetectorConfiguration, seed: UInt64) throws -> TrainingExample
  {
    let values = numbers([1, 64, 64, 3], seed: seed).map { 128 + 100 * $0 }
    let picture = try PreparedPicture(values: values, configuration.preparation)
    return TrainingExample(
      picture: picture,
      truths: [
        Truth(
          box: Box(4, 6, 40, 44), classIndex: 2,
          outline: .polygons([[4, 6, 40, 6, 40, 44, 4, 44]])),
        Truth(
          box: Box(30, 30, 62, 60), classIndex: 0, outline: .polygons([[30, 30, 62, 45, 30, 60]])),
      ])
  }
}
