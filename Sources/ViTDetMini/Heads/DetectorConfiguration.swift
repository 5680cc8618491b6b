/// How a whole detector is built: backbone, pyramid, proposals, box head and mask head.
///
/// The defaults are those of the published ViTDet Mask R-CNN.
public struct DetectorConfiguration: Sendable, Hashable {
  /// The vision transformer.
  public var backbone: ViTConfiguration
  /// The maps that the heads see.
  public var pyramid = Pyramid.simple
  /// The channels of those maps.
  public var outChannels = 256
  /// How pictures are resized, normalised and padded.
  public var preparation: PicturePreparation
  /// The proposal network.
  public var proposals: ProposalConfiguration
  /// The number of classes, background not counted.
  public var classes = 80
  /// The names of the classes, if they are known.
  public var classNames: [String] = []
  /// The box head.
  public var boxHead = BoxHeadConfiguration()
  /// The mask head, if there is one.
  public var maskHead: MaskHeadConfiguration? = MaskHeadConfiguration()

  /// Creates the published detector around a backbone.
  ///
  /// - Parameters:
  ///   - backbone: The vision transformer; pictures are padded to a square of its `imgSize`.
  ///   - pyramid: The maps that the heads see.
  public init(_ backbone: ViTConfiguration, pyramid: Pyramid = .simple) {
    self.backbone = backbone
    preparation = PicturePreparation(square: max(backbone.imgSize.height, backbone.imgSize.width))
    proposals = ProposalConfiguration()
    self = with(pyramid)
  }

  /// The same detector with other maps for its heads.
  ///
  /// Without a pyramid, anchors of every size stand at each cell of the only map.
  ///
  /// - Parameter pyramid: The maps.
  /// - Returns: A configuration that differs in `pyramid` and in where the anchors stand.
  public func with(_ pyramid: Pyramid) -> DetectorConfiguration {
    var result = self
    result.pyramid = pyramid
    guard (pyramid == .none) != (self.pyramid == .none) else { return result }
    let anchors = proposals.anchors
    let sizes = anchors.sizes.flatMap(\.self)
    result.proposals.anchors = AnchorGenerator(
      sizes: pyramid == .none ? [sizes] : sizes.map { [$0] }, ratios: anchors.ratios,
      strides: result.levels.map(\.stride) + (result.topLevel.map { [$0.stride] } ?? []),
      offset: anchors.offset)
    return result
  }

  /// The levels made from the backbone's map, finest first.
  public var levels: [PyramidLevel] {
    let factors: [Double] =
      switch pyramid {
      case .simple, .lastMap: [4, 2, 1, 0.5]
      case .none: [1]
      }
    return factors.compactMap { PyramidLevel(scaleFactor: $0, mapStride: backbone.patchSize) }
  }

  /// The level for proposals of large objects: every second cell of the coarsest.
  public var topLevel: (name: String, stride: Int)? {
    guard pyramid != .none, let last = levels.last else { return nil }
    return ("p\(last.number + 1)", 2 * last.stride)
  }

  /// The names of the maps that proposals come from.
  public var proposalLevels: [String] {
    levels.map(\.name) + (topLevel.map { [$0.name] } ?? [])
  }

  /// Cells for each pixel of the maps that boxes are cut from.
  var poolerScales: [Float] { levels.map { 1 / Float($0.stride) } }
}

/// How proposals are made and how the proposal network is trained.
public struct ProposalConfiguration: Sendable, Hashable {
  /// The boxes that proposals start from.
  public var anchors = AnchorGenerator(
    sizes: [[32], [64], [128], [256], [512]], ratios: [0.5, 1, 2], strides: [4, 8, 16, 32, 64],
    offset: 0)
  /// The number of hidden convolutions.
  public var hiddenConvolutions = 2
  /// Which anchors count as objects in training.
  public var matcher = Matcher.proposals
  /// How many of them count.
  public var sampler = Sampler.proposals
  /// How deltas are written.
  public var coder = BoxCoder.proposals
  /// The best of each level that are kept before suppression.
  public var topBefore = TrainTest(train: 2000, test: 1000)
  /// The best of all that are kept after it.
  public var topAfter = TrainTest(train: 1000, test: 1000)
  /// Boxes that overlap a better one of their level by more are dropped.
  public var suppression = 0.7
  /// Boxes with a side that is not longer are dropped.
  public var minimumSide: Float = 0

  /// Creates the published settings.
  public init() {}
}

/// A number that differs between training and testing.
public struct TrainTest: Sendable, Hashable {
  /// While training.
  public var train: Int
  /// While testing.
  public var test: Int

  /// Creates a pair.
  public init(train: Int, test: Int) {
    self.train = train
    self.test = test
  }

  subscript(isTraining isTraining: Bool) -> Int { isTraining ? train : test }
}

/// How boxes are classified and refined.
public struct BoxHeadConfiguration: Sendable, Hashable {
  /// The bins that each proposal is cut into, along one axis.
  public var bins = 7
  /// The channels of the hidden convolutions.
  public var convolutions = [256, 256, 256, 256]
  /// The widths of the hidden linear layers.
  public var linears = [1024]
  /// Points along one side of a bin; 0 for as many as it covers cells.
  public var samplingRatio = 0
  /// The side of the box that belongs to `canonicalLevel`.
  public var canonicalSize: Float = 224
  /// The level of such a box.
  public var canonicalLevel = 4
  /// The stages: one, or three for a cascade.
  public var stages = [CascadeStage(matcher: .boxHead, coder: .boxHead)]
  /// Whether a box is refined the same way whatever its class, as a cascade does.
  public var isClassAgnostic = false
  /// How many boxes count in training.
  public var sampler = Sampler.boxHead
  /// Whether ground-truth boxes are added to the proposals in training.
  public var appendsTruth = true
  /// Only boxes with a higher score are detections.
  public var scoreThreshold: Float = 0.05
  /// Detections that overlap a better one of their class by more are dropped.
  public var suppression = 0.5
  /// The most detections of a picture.
  public var mostDetections = 100

  /// Creates the published settings.
  public init() {}

  /// The published cascade: three heads with rising demands.
  public static let cascade = {
    var configuration = BoxHeadConfiguration()
    configuration.isClassAgnostic = true
    configuration.stages = [(0.5, 1), (0.6, 2), (0.7, 3)].map { threshold, factor in
      CascadeStage(
        matcher: Matcher(low: threshold, high: threshold, takesLowQuality: false),
        coder: BoxCoder(weights: BoxDelta(10 * factor, 10 * factor, 5 * factor, 5 * factor)))
    }
    return configuration
  }()
}

/// One stage of the box head: what counts as an object to it, and how it writes deltas.
public struct CascadeStage: Sendable, Hashable {
  /// Which boxes count as objects in training.
  public var matcher: Matcher
  /// How deltas are written.
  public var coder: BoxCoder

  /// Creates a stage.
  public init(matcher: Matcher, coder: BoxCoder) {
    self.matcher = matcher
    self.coder = coder
  }
}

/// How masks are made.
public struct MaskHeadConfiguration: Sendable, Hashable {
  /// The bins that each box is cut into, along one axis; the mask has twice as many.
  public var bins = 14
  /// The channels of the hidden convolutions.
  public var convolutions = [256, 256, 256, 256]
  /// The channels of the transposed convolution behind them.
  public var upsampled = 256
  /// Points along one side of a bin; 0 for as many as it covers cells.
  public var samplingRatio = 0
  /// The side of the box that belongs to `canonicalLevel`.
  public var canonicalSize: Float = 224
  /// The level of such a box.
  public var canonicalLevel = 4

  /// Creates the published settings.
  public init() {}
}
