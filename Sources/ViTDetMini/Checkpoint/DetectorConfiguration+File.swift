extension DetectorConfiguration {
  /// Reads a detector's `config.json`, whose keys are detectron2's arguments.
  ///
  /// What this package does in one way only is checked to be asked for in that way.
  init(detectron2 file: ConfigurationFile) throws(CheckpointError) {
    let neck = try file.object("backbone")
    let vit = try ViTConfiguration(detectron2: neck.object("net"))
    self.init(vit, pyramid: try DetectorConfiguration.pyramid(neck))
    outChannels = try neck.int("out_channels", 256)
    try neck.require("norm", is: "LN")
    try file.require("input_format", is: "RGB")
    try readPreparation(file, neck)
    try readProposals(file.object("proposal_generator"))
    let heads = try file.object("roi_heads")
    classes = try heads.int("num_classes")
    classNames = try file.strings("class_names", [])
    try readBoxHead(heads)
    try readMaskHead(heads)
    do {
      try validate()
    } catch {
      throw CheckpointError(file.path, "describes no detector: \(error)")
    }
  }

  private static func pyramid(_ neck: ConfigurationFile) throws(CheckpointError) -> Pyramid {
    let factors = try neck.doubles("scale_factors", [4, 2, 1, 0.5])
    let top = try neck.string("top_block", "")
    let fuse = try neck.string("fuse_type", "")
    guard ["", "sum"].contains(fuse) else { throw neck.fault("fuse_type", "“sum” or left out") }
    switch (factors, top) {
    case ([4, 2, 1, 0.5], "LastLevelMaxPool"): return fuse.isEmpty ? .simple : .lastMap
    case ([1], "") where fuse.isEmpty: return .none
    default:
      throw neck.fault(
        "scale_factors", "[4, 2, 1, 0.5] with the top block LastLevelMaxPool, or [1] without")
    }
  }

  private mutating func readPreparation(
    _ file: ConfigurationFile, _ neck: ConfigurationFile
  ) throws(CheckpointError) {
    let square = try neck.int("square_pad")
    let statistics = PixelStatistics(
      mean: try file.doubles("pixel_mean", PixelStatistics.imageNet.mean.map(Double.init))
        .map { Float($0) },
      deviation: try file.doubles("pixel_std", PixelStatistics.imageNet.deviation.map(Double.init))
        .map { Float($0) })
    guard statistics.mean.count == 3 else { throw file.fault("pixel_mean", "three numbers") }
    guard statistics.deviation.count == 3, statistics.deviation.allSatisfy({ $0 > 0 }) else {
      throw file.fault("pixel_std", "three positive numbers")
    }
    preparation = PicturePreparation(square: square, statistics: statistics)
    if file.keys.contains("test_resize") {
      let resize = try file.object("test_resize")
      preparation.shortEdge = try resize.int("short_edge_length")
      preparation.longest = try resize.int("max_size")
    }
  }

  private mutating func readProposals(_ file: ConfigurationFile) throws(CheckpointError) {
    guard try file.strings("in_features", proposalLevels) == proposalLevels else {
      throw file.fault("in_features", "\(proposalLevels)")
    }
    let anchors = try file.object("anchor_generator")
    let sizes = try anchors.doubleLists("sizes").map { $0.map { Float($0) } }
    let strides = try anchors.ints("strides")
    guard sizes.count == strides.count, !sizes.isEmpty else {
      throw anchors.fault("strides", "as many as there are lists of sizes")
    }
    proposals.anchors = AnchorGenerator(
      sizes: sizes, ratios: try anchors.doubles("aspect_ratios").map { Float($0) },
      strides: strides, offset: Float(try anchors.double("offset", 0)))
    let head = try file.object("head")
    let widths = try head.ints("conv_dims", [-1])
    guard widths.allSatisfy({ $0 == -1 || $0 == outChannels }) else {
      throw head.fault("conv_dims", "-1 or out_channels throughout")
    }
    proposals.hiddenConvolutions = widths.count
    proposals.matcher = try Matcher(file.object("anchor_matcher"))
    proposals.sampler = try Sampler(file, fraction: 0.5)
    proposals.coder = try BoxCoder(file.object("box2box_transform"))
    proposals.topBefore = try TrainTest(file, "pre_nms_topk")
    proposals.topAfter = try TrainTest(file, "post_nms_topk")
    proposals.suppression = try file.double("nms_thresh", 0.7)
    proposals.minimumSide = Float(try file.double("min_box_size", 0))
    try file.requireAbsoluteError()
  }

  private mutating func readBoxHead(_ heads: ConfigurationFile) throws(CheckpointError) {
    for key in ["box_in_features", "mask_in_features"] {
      guard try heads.strings(key, levels.map(\.name)) == levels.map(\.name) else {
        throw heads.fault(key, "\(levels.map(\.name))")
      }
    }
    let type = try heads.string("type", "StandardROIHeads")
    guard ["StandardROIHeads", "CascadeROIHeads"].contains(type) else {
      throw heads.fault("type", "StandardROIHeads or CascadeROIHeads")
    }
    boxHead = type == "CascadeROIHeads" ? .cascade : BoxHeadConfiguration()
    boxHead.sampler = try Sampler(heads, fraction: 0.25)
    boxHead.appendsTruth = try heads.bool("proposal_append_gt", true)
    let pooler = try heads.object("box_pooler")
    boxHead.bins = try pooler.int("output_size")
    boxHead.samplingRatio = try pooler.int("sampling_ratio", 0)
    boxHead.canonicalSize = Float(try pooler.double("canonical_box_size", 224))
    boxHead.canonicalLevel = try pooler.int("canonical_level", 4)
    try checkPooler(pooler)
    let head = try heads.object("box_head")
    boxHead.convolutions = try head.ints("conv_dims", [])
    boxHead.linears = try head.ints("fc_dims", [])
    try head.require("conv_norm", is: "LN")
    let predictor = try heads.object("box_predictor")
    boxHead.scoreThreshold = Float(try predictor.double("test_score_thresh", 0.05))
    boxHead.suppression = try predictor.double("test_nms_thresh", 0.5)
    boxHead.mostDetections = try predictor.int("test_topk_per_image", 100)
    try predictor.requireAbsoluteError()
    guard boxHead.stages.count == 1 else { return }
    boxHead.isClassAgnostic = try predictor.bool("cls_agnostic_bbox_reg", false)
    boxHead.stages = [
      CascadeStage(
        matcher: try Matcher(heads.object("proposal_matcher")),
        coder: try BoxCoder(predictor.object("box2box_transform")))
    ]
  }

  private mutating func readMaskHead(_ heads: ConfigurationFile) throws(CheckpointError) {
    guard heads.keys.contains("mask_head") else {
      maskHead = nil
      return
    }
    var mask = MaskHeadConfiguration()
    let pooler = try heads.object("mask_pooler")
    mask.bins = try pooler.int("output_size")
    mask.samplingRatio = try pooler.int("sampling_ratio", 0)
    mask.canonicalSize = Float(try pooler.double("canonical_box_size", 224))
    mask.canonicalLevel = try pooler.int("canonical_level", 4)
    try checkPooler(pooler)
    let head = try heads.object("mask_head")
    // The last entry is the transposed convolution's.
    let widths = try head.ints("conv_dims")
    guard let last = widths.last else { throw head.fault("conv_dims", "at least one width") }
    mask.convolutions = Array(widths.dropLast())
    mask.upsampled = last
    try head.require("conv_norm", is: "LN")
    maskHead = mask
  }

  private func checkPooler(_ pooler: ConfigurationFile) throws(CheckpointError) {
    try pooler.require("pooler_type", is: "ROIAlignV2")
    let scales = try pooler.doubles("scales", poolerScales.map(Double.init)).map { Float($0) }
    guard scales == poolerScales else {
      throw pooler.fault("scales", "\(poolerScales), those of the pyramid's levels")
    }
    guard try pooler.double("canonical_box_size", 224) > 0 else {
      throw pooler.fault("canonical_box_size", "positive")
    }
  }
}

extension ConfigurationFile {
  /// Refuses any other value of a key than the one that is implemented.
  fileprivate func require(_ key: String, is value: String) throws(CheckpointError) {
    guard try string(key, value) == value else { throw fault(key, "“\(value)”") }
  }

  fileprivate func requireAbsoluteError() throws(CheckpointError) {
    guard try double("smooth_l1_beta", 0) == 0 else {
      throw fault("smooth_l1_beta", "0, the plain absolute error")
    }
    try require("box_reg_loss_type", is: "smooth_l1")
  }
}

extension TrainTest {
  fileprivate init(_ file: ConfigurationFile, _ key: String) throws(CheckpointError) {
    let numbers = try file.ints(key)
    guard numbers.count == 2 else { throw file.fault(key, "two whole numbers") }
    self.init(train: numbers[0], test: numbers[1])
  }
}

extension Matcher {
  fileprivate init(_ file: ConfigurationFile) throws(CheckpointError) {
    let thresholds = try file.doubles("thresholds").map { Float($0) }
    let labels = try file.ints("labels")
    let takesLowQuality = try file.bool("allow_low_quality_matches", false)
    switch (thresholds.count, labels) {
    case (1, [0, 1]):
      self.init(low: thresholds[0], high: thresholds[0], takesLowQuality: takesLowQuality)
    case (2, [0, -1, 1]) where thresholds[0] <= thresholds[1]:
      self.init(low: thresholds[0], high: thresholds[1], takesLowQuality: takesLowQuality)
    default:
      throw file.fault("labels", "[0, 1] for one threshold, or [0, -1, 1] for two rising ones")
    }
  }
}

extension Sampler {
  fileprivate init(_ file: ConfigurationFile, fraction: Double) throws(CheckpointError) {
    let count = try file.int("batch_size_per_image")
    let positive = try file.double("positive_fraction", fraction)
    guard (1...(1 << 24)).contains(count) else {
      throw file.fault("batch_size_per_image", "positive and below 16777217")
    }
    guard (0...1).contains(positive) else {
      throw file.fault("positive_fraction", "between 0 and 1")
    }
    self.init(count: count, positiveFraction: positive)
  }
}

extension BoxCoder {
  fileprivate init(_ file: ConfigurationFile) throws(CheckpointError) {
    let weights = try file.doubles("weights").map { Float($0) }
    guard weights.count == 4, weights.allSatisfy({ $0 > 0 }) else {
      throw file.fault("weights", "four positive numbers")
    }
    let clamp = try file.double("scale_clamp", Double(BoxCoder.growthLimit))
    guard abs(clamp - Double(BoxCoder.growthLimit)) < 1e-6 else {
      throw file.fault("scale_clamp", "ln(1000/16)")
    }
    self.init(weights: BoxDelta(weights, at: 0))
  }
}
