import Foundation
import Testing

@testable import ViTDetMini

@Suite struct ViTDetTests {
  static let variants: [(name: String, configuration: DetectorConfiguration)] = {
    var none = DetectorConfiguration(DetectorConfiguration.small.backbone, pyramid: .none)
    none.shrink()
    var cascade = DetectorConfiguration.small
    cascade.boxHead.isClassAgnostic = true
    cascade.boxHead.stages = BoxHeadConfiguration.cascade.stages
    var boxes = DetectorConfiguration.small
    boxes.maskHead = nil
    return [
      ("small", .small), ("no pyramid", none), ("cascade", cascade), ("boxes only", boxes),
      ("top-down", DetectorConfiguration.small.with(.lastMap)),
    ]
  }()

  @Test(arguments: 0..<5) func everyVariantDetectsInsideThePicture(variant: Int) throws {
    let configuration = Self.variants[variant].configuration
    let model = ViTDet(configuration, seed: 1)
    let image = ShapesScene(seed: 1, size: 64).image.resized(width: 100, height: 60)
    let picture = try PreparedPicture(image, configuration.preparation)
    let found = model.detections(in: picture)
    #expect(!found.isEmpty && found.count <= 100)
    for detection in found {
      #expect(detection.box.x0 >= 0 && detection.box.x1 <= 100 && detection.box.y1 <= 60)
      #expect((0..<3).contains(detection.classIndex) && (0...1).contains(detection.score))
      #expect((detection.mask == nil) == (configuration.maskHead == nil))
    }
    #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
  }

  @Test(arguments: 0..<5) func everyParameterOfEveryVariantLearns(variant: Int) throws {
    let configuration = Self.variants[variant].configuration
    // Random everywhere, so that no zero at the start hides a gradient.
    var parameters = Parameters()
    for specification in configuration.parameterSpecifications() {
      var random = RandomNumbers(seed: 1, for: specification.name)
      parameters[specification.name] = Initialization.normal(standardDeviation: 0.2)
        .tensor(shape: specification.shape, random: &random)
    }
    let model = try ViTDet(configuration, parameters: parameters, trainable: true)
    var random = RandomNumbers(seed: 2)
    let losses = try model.losses(
      for: [.small(configuration, seed: 1), .small(configuration, seed: 2)], using: &random)
    #expect(losses.total.value.storage[0].isFinite)
    losses.total.backward()
    for specification in configuration.parameterSpecifications() {
      let gradient = model.variable(named: specification.name)?.gradient
      #expect((gradient?.largestMagnitude ?? 0) > 0, "\(specification.name)")
    }
  }

  @Test func theSameSeedGivesTheSameLosses() throws {
    let model = try ViTDet(
      .small, parameters: ViTDet(.small, seed: 1).parameters, trainable: true)
    func total(_ seed: UInt64) throws -> Float {
      var random = RandomNumbers(seed: seed)
      return try model.losses(for: [.small(.small, seed: 1)], using: &random).total.value.storage[0]
    }
    #expect(try total(1) == total(1))
  }

  @Test func aPictureWithoutObjectsHasLossesToo() throws {
    let model = try ViTDet(
      .small, parameters: ViTDet(.small, seed: 1).parameters, trainable: true)
    var example = try TrainingExample.small(.small, seed: 1)
    example.truths = []
    var random = RandomNumbers(seed: 1)
    let losses = model.losses(for: [example], using: &random)
    losses.total.backward()
    #expect(losses.total.value.storage[0].isFinite)
    #expect(losses.parts.first { $0.name == "loss_mask" }?.value.value.storage == [0])
    #expect(losses.parts.first { $0.name == "loss_rpn_loc" }?.value.value.storage == [0])
  }

  @Test func countingTellsWhatIsReallyExecuted() throws {
    var configuration = DetectorConfiguration.small
    configuration.boxHead.mostDetections = 4
    let cost = CostCounter()
    let picture = try PreparedPicture(
      values: Tensor(shape: [1, 64, 64, 3], repeating: 9), configuration.preparation)
    let recorder = Recorder()
    _ = ViTDet(configuration, seed: 1).detections(in: picture, recorder: recorder, cost: cost)
    configuration.proposals.topAfter.test = recorder["proposals.boxes"]?.shape[0] ?? 0
    configuration.boxHead.mostDetections = recorder["boxes"]?.shape[0] ?? 0
    for module in configuration.modules() {
      for leaf in module.leaves {
        #expect(cost[leaf.name].multiplyAdds == leaf.cost.multiplyAdds, "\(leaf.name)")
      }
    }
    let total = configuration.modules().reduce(0) { $0 + $1.cost.multiplyAdds }
    #expect(total == cost.total.multiplyAdds)
  }
}

@Suite struct DetectorConfigurationTests {
  // Counted by hand from the published sizes; 111M, 331M, 662M and 141M, 361M, 692M in the paper's Table 9.
  @Test(arguments: [
    (1, 110_895_792, 141_160_990), (2, 330_684_656, 360_949_854), (3, 661_203_760, 691_468_958),
  ])
  func thePublishedDetectorsHaveTheirParameters(preset: Int, mask: Int, cascade: Int) {
    var configuration = DetectorConfiguration(ViTConfiguration.presets[preset].configuration)
    #expect(configuration.parameterCount == mask)
    #expect(configuration.modules().reduce(0) { $0 + $1.parameters } == mask)
    configuration.boxHead = .cascade
    #expect(configuration.parameterCount == cascade)
    #expect(configuration.modules().reduce(0) { $0 + $1.parameters } == cascade)
  }

  @Test func thePartsOfTheBaseDetectorHaveTheirParameters() {
    let counts = ParameterCounts(DetectorConfiguration(.base).parameterSpecifications())
    #expect(counts["backbone"] - counts["backbone.net"] == 5_560_000)
    #expect(counts["proposal_generator"] == 1_184_015)
    #expect(counts["roi_heads.box_head"] + counts["roi_heads.box_predictor"] == 15_618_449)
    #expect(counts["roi_heads.mask_head"] == 2_644_304)
  }

  @Test func thePyramidHasFourLevelsAndATop() {
    let configuration = DetectorConfiguration(.base)
    #expect(configuration.proposalLevels == ["p2", "p3", "p4", "p5", "p6"])
    #expect(configuration.levels.map(\.stride) == [4, 8, 16, 32])
    #expect(configuration.levels.map { $0.extent(of: 64).height } == [256, 128, 64, 32])
    let none = DetectorConfiguration(.base, pyramid: .none)
    #expect(none.proposalLevels == ["p4"] && none.proposals.anchors.shapes(level: 0).count == 15)
  }

  @Test func impossibleConfigurationsAreRefused() {
    let faults: [(inout DetectorConfiguration) -> Void] = [
      { $0.classes = 0 }, { $0.outChannels = -1 }, { $0.backbone.depth = 0 },
      { $0.preparation.square = 8 }, { $0.preparation.square = 8192 },
      { $0.preparation.longest = 0 }, { $0.proposals.topBefore.test = 1 << 20 },
      { $0.boxHead.bins = 0 },
      { $0.backbone.patchSize = 12 }, { $0.boxHead.linears = [1 << 40] },
      { $0.boxHead.stages = [] }, { $0.maskHead?.upsampled = 0 },
      {
        $0.proposals.anchors = AnchorGenerator(
          sizes: [[32]], ratios: [1], strides: [16], offset: 0)
      },
      {
        $0.proposals.anchors = AnchorGenerator(
          sizes: [[32], [32], [32], [32], [32]], ratios: [-1], strides: [4, 8, 16, 32, 64],
          offset: 0)
      },
    ]
    for fault in faults {
      var configuration = DetectorConfiguration.small
      fault(&configuration)
      #expect(throws: ModelError.self) { try configuration.validate() }
    }
    #expect(throws: Never.self) { try DetectorConfiguration.small.validate() }
  }
}

@Suite struct DetectorConfigurationFileTests {
  private static let faults: [(path: [String], value: String, fault: String)] = [
    (["backbone", "scale_factors"], "[4, 2]", "backbone.scale_factors"),
    (["backbone", "square_pad"], "-1", "padded square"),
    (["backbone", "norm"], "\"BN\"", "backbone.norm"),
    (["backbone", "out_channels"], "1000000000000", "channels"),
    (["input_format"], "\"BGR\"", "input_format"), (["pixel_std"], "[0, 1, 1]", "pixel_std"),
    (["pixel_mean"], "[]", "pixel_mean"), (["proposal_generator"], "null", "proposal_generator"),
    (["proposal_generator", "pre_nms_topk"], "[5]", "pre_nms_topk"),
    (["proposal_generator", "in_features"], "[\"p2\"]", "in_features"),
    (["proposal_generator", "batch_size_per_image"], "-5", "batch_size_per_image"),
    (["proposal_generator", "smooth_l1_beta"], "0.5", "smooth_l1_beta"),
    (["roi_heads", "num_classes"], "0", "number of classes"),
    (["roi_heads", "num_classes"], "5", "roi_heads.box_predictor.cls_score.weight"),
    (["roi_heads", "type"], "\"Other\"", "roi_heads.type"),
    (["roi_heads", "positive_fraction"], "2", "positive_fraction"),
  ]

  @Test(arguments: 0..<faults.count) func everyFaultIsNamed(index: Int) throws {
    let (keys, value, fault) = Self.faults[index]
    let source = Fixture.path("detector/global_resize")
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: nil)
    try FileManager.default.copyItem(
      atPath: source + "/model.safetensors", toPath: path + "/model.safetensors")
    let text = try Data(contentsOf: URL(filePath: source + "/config.json"))
    let root = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
    let broken = try JSONSerialization.jsonObject(
      with: Data(value.utf8), options: .fragmentsAllowed)
    try JSONSerialization.data(withJSONObject: replacing(keys, in: root, with: broken))
      .write(to: URL(filePath: path + "/config.json"))
    let error = try #require(throws: CheckpointError.self) { try ModelDirectory.read(path) }
    #expect(error.description.contains(fault), "\(error)")
  }

  private func replacing(
    _ keys: [String], in object: [String: Any], with value: Any
  ) -> [String: Any] {
    var result = object
    let inner = object[keys[0]] as? [String: Any] ?? [:]
    result[keys[0]] =
      keys.count == 1 ? value : replacing(Array(keys.dropFirst()), in: inner, with: value)
    return result
  }
}
