/// How a plain vision transformer is built and how information travels between its windows.
///
/// Names are detectron2's arguments of `ViT`. A block whose index is not among `windowBlockIndexes` attends
/// globally; that is all that “global propagation” means.
public struct ViTConfiguration: Sendable, Hashable {
  /// The image that the relative-position tables of global blocks are made for, in pixels.
  public var imgSize: Extent = 1024
  /// The side of a patch, in pixels.
  public var patchSize = 16
  /// The channels of the image.
  public var inChans = 3
  /// The width of a token, C.
  public var embedDim = 768
  /// The number of blocks.
  public var depth = 12
  /// The number of attention heads.
  public var numHeads = 12
  /// The hidden width of the MLP, in multiples of `embedDim`.
  public var mlpRatio = 4.0
  /// Whether the qkv layer has a bias.
  public var qkvBias = true
  /// The drop-path rate of the last block; the first has 0 and those between rise evenly.
  public var dropPathRate = 0.0
  /// Whether position rows are added to the tokens.
  public var useAbsPos = true
  /// Whether attention has decomposed relative positions.
  public var useRelPos = true
  /// The side of a window, in tokens.
  public var windowSize = 14
  /// The blocks that attend within windows.
  public var windowBlockIndexes: [Int] = []
  /// The blocks followed by a residual convolution block.
  public var residualBlockIndexes: [Int] = []
  /// What those convolution blocks look like.
  public var residualBlock = ResidualBlockKind.bottleneck
  /// The side of the pre-training image, in pixels: it sets the number of position rows.
  public var pretrainImgSize = 224
  /// Whether the position rows have a leading one for a class token, which is dropped.
  public var pretrainUseClsToken = true
  /// The eps of the blocks' norms.
  public var normEps: Float = 1e-6

  /// Creates ViT-B's shape with all blocks global.
  public init() {}

  /// The token grid of `imgSize`.
  public var grid: Extent { grid(of: imgSize) }
  /// The token grid of an image: whole patches only.
  public func grid(of image: Extent) -> Extent {
    Extent(height: image.height / patchSize, width: image.width / patchSize)
  }
  /// The channels of one head.
  public var headDim: Int { embedDim / numHeads }
  /// The hidden width of the MLP.
  public var mlpHidden: Int { Int(Double(embedDim) * mlpRatio) }
  /// The side of the grid of position rows.
  public var pretrainGrid: Int { pretrainImgSize / patchSize }
  /// The number of position rows, that of the class token included.
  public var positionRows: Int { pretrainGrid * pretrainGrid + (pretrainUseClsToken ? 1 : 0) }
  /// Whether a block attends over the whole grid.
  public func isGlobal(_ block: Int) -> Bool {
    windowSize == 0 || !windowBlockIndexes.contains(block)
  }
  /// The blocks that attend over the whole grid.
  public var globalBlockIndexes: [Int] { (0..<depth).filter(isGlobal) }
  /// The token grid that a block's relative-position tables are made for.
  public func attentionExtent(_ block: Int) -> Extent {
    isGlobal(block) ? grid : Extent(side: windowSize)
  }
  /// The drop-path rate of a block: 0 in the first, rising by equal steps to ``dropPathRate`` in the last.
  public func dropPathRate(_ block: Int) -> Float {
    depth > 1 ? Float(dropPathRate) * Float(block) / Float(depth - 1) : 0
  }
}

extension ViTConfiguration {
  /// The course's model: 256×256 pixels, 256 tokens of width 64, small enough to run at every key press.
  public static let tiny = {
    var configuration = preset(dim: 64, depth: 8, heads: 4, dropPath: 0)
    configuration.imgSize = 256
    configuration.windowSize = 6
    configuration.windowBlockIndexes = [0, 2, 4, 6]
    configuration.pretrainImgSize = 128
    return configuration
  }()
  /// ViT-B as in the paper.
  public static let base = preset(dim: 768, depth: 12, heads: 12, dropPath: 0.1)
  /// ViT-L as in the paper.
  public static let large = preset(dim: 1024, depth: 24, heads: 16, dropPath: 0.4)
  /// ViT-H as in the paper.
  public static let huge = preset(dim: 1280, depth: 32, heads: 16, dropPath: 0.5)

  /// The presets by name.
  public static let presets: [(name: String, configuration: ViTConfiguration)] = [
    ("tiny", tiny), ("base", base), ("large", large), ("huge", huge),
  ]

  /// The paper's rule: four global blocks, each the last of a quarter.
  private static func preset(
    dim: Int, depth: Int, heads: Int, dropPath: Double
  ) -> ViTConfiguration {
    var configuration = ViTConfiguration()
    configuration.embedDim = dim
    configuration.depth = depth
    configuration.numHeads = heads
    configuration.dropPathRate = dropPath
    configuration.windowBlockIndexes = (0..<depth).filter { ($0 + 1) % (depth / 4) != 0 }
    return configuration
  }
}
