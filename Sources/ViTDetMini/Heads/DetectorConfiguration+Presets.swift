extension DetectorConfiguration {
  /// The course's detector: 256×256 pixels, narrow heads, the classes of the synthetic scenes.
  public static let tiny = {
    var configuration = DetectorConfiguration(ViTConfiguration.tiny)
    configuration.outChannels = 64
    configuration.classes = ShapeClass.allCases.count
    configuration.classNames = ShapeClass.allCases.map(\.name)
    // Pictures have a quarter of the published side, and so have anchors and the canonical box.
    configuration.proposals.anchors = AnchorGenerator(
      sizes: [[8], [16], [32], [64], [128]], ratios: [0.5, 1, 2], strides: [4, 8, 16, 32, 64],
      offset: 0)
    configuration.proposals.topBefore = TrainTest(train: 400, test: 200)
    configuration.proposals.topAfter = TrainTest(train: 200, test: 100)
    configuration.boxHead.convolutions = [64, 64, 64, 64]
    configuration.boxHead.linears = [128]
    configuration.boxHead.canonicalSize = 56
    configuration.boxHead.sampler = Sampler(count: 64, positiveFraction: 0.25)
    configuration.boxHead.mostDetections = 50
    configuration.maskHead?.convolutions = [64, 64, 64, 64]
    configuration.maskHead?.upsampled = 64
    configuration.maskHead?.canonicalSize = 56
    return configuration
  }()

  /// The presets by name: the course's detector, and the published ones.
  public static let presets: [(name: String, configuration: DetectorConfiguration)] = [
    ("tiny", tiny), ("base", DetectorConfiguration(ViTConfiguration.base)),
    ("large", DetectorConfiguration(ViTConfiguration.large)),
    ("huge", DetectorConfiguration(ViTConfiguration.huge)),
  ]
}
