@testable import ViTDetMini

extension ViTConfiguration {
  /// A backbone that runs in a moment, with every kind of block.
  static let small = {
    var configuration = ViTConfiguration()
    configuration.imgSize = 20
    configuration.patchSize = 4
    configuration.embedDim = 8
    configuration.depth = 3
    configuration.numHeads = 2
    configuration.windowSize = 2
    configuration.windowBlockIndexes = [0, 2]
    configuration.residualBlockIndexes = [1]
    configuration.pretrainImgSize = 12
    return configuration
  }()
}
