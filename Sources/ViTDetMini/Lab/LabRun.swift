/// What one run of the lab gave: one variant, trained with one seed.
public struct LabRun: Sendable, Hashable {
  /// What was trained.
  public let variant: LabVariant
  /// The seed of the first weights and of everything random in the training.
  public let seed: Int
  /// COCO's twelve numbers for boxes, from 0 to 1 by name; -1 where there is nothing to average.
  public let bbox: [String: Double]
  /// The same for masks.
  public let segm: [String: Double]
  /// Box AP by class.
  public let classes: [String: Double]
  /// Processor time of a training step, in milliseconds, on the machine that ran it.
  public let stepMilliseconds: Double

  /// What is looked at.
  public enum Measure: String, Sendable, Hashable, CaseIterable {
    /// Box AP.
    case box
    /// Mask AP.
    case mask
    /// Box AP of objects under 32×32 pixels.
    case small
    /// Box AP of objects between.
    case medium
    /// Box AP of objects over 96×96 pixels.
    case large
  }

  /// A measure in points, from 0 to 100; nil if there was nothing to average.
  public subscript(measure: Measure) -> Double? {
    let value =
      switch measure {
      case .box: bbox["AP"]
      case .mask: segm["AP"]
      case .small: bbox["APs"]
      case .medium: bbox["APm"]
      case .large: bbox["APl"]
      }
    return value.flatMap { $0 < 0 ? nil : $0 * 100 }
  }

  init(
    variant: LabVariant, seed: Int, bbox: CocoScore, segm: CocoScore, classNames: [String],
    stepMilliseconds: Double
  ) {
    func numbers(_ score: CocoScore) -> [String: Double] {
      Dictionary(uniqueKeysWithValues: score.summary.map { ($0.name, $0.value) })
    }
    self.variant = variant
    self.seed = seed
    self.bbox = numbers(bbox)
    self.segm = numbers(segm)
    classes = Dictionary(
      uniqueKeysWithValues: classNames.enumerated().map { index, name in
        (name, bbox.averagePrecision(category: index))
      })
    self.stepMilliseconds = stepMilliseconds
  }
}

/// Reading and writing a run.
extension LabRun {
  var json: JSONValue {
    .object([
      "pyramid": .string(variant.pyramid.rawValue),
      "propagation": .string(variant.propagation.name), "start": .string(variant.start.rawValue),
      "seed": .int(seed), "bbox": .object(bbox.mapValues(JSONValue.number)),
      "segm": .object(segm.mapValues(JSONValue.number)),
      "classes": .object(classes.mapValues(JSONValue.number)),
      "step_milliseconds": .number(stepMilliseconds),
    ])
  }

  init(_ file: ConfigurationFile) throws(CheckpointError) {
    let pyramid = try file.string("pyramid")
    guard let pyramid = Pyramid(rawValue: pyramid) else {
      throw file.fault("pyramid", Pyramid.allCases.map(\.rawValue).joined(separator: " or "))
    }
    guard let propagation = Propagation(name: try file.string("propagation")) else {
      throw file.fault(
        "propagation", "none, even, first, last, naive, basic or bottleneck")
    }
    guard let start = LabStart(rawValue: try file.string("start")) else {
      throw file.fault("start", LabStart.allCases.map(\.rawValue).joined(separator: " or "))
    }
    variant = LabVariant(pyramid: pyramid, propagation: propagation, start: start)
    seed = try file.int("seed")
    bbox = try LabRun.scores(file, "bbox")
    segm = try LabRun.scores(file, "segm")
    classes = try LabRun.scores(file, "classes", needsAP: false)
    stepMilliseconds = try file.double("step_milliseconds")
    guard stepMilliseconds >= 0 else { throw file.fault("step_milliseconds", "0 or more") }
  }

  private static func scores(
    _ file: ConfigurationFile, _ key: String, needsAP: Bool = true
  ) throws(CheckpointError) -> [String: Double] {
    let object = try file.object(key)
    var result: [String: Double] = [:]
    for name in object.keys.union(needsAP ? ["AP"] : []) {
      let value = try object.double(name)
      guard value == -1 || (0...1).contains(value) else {
        throw object.fault(printable(name), "from 0 to 1, or -1")
      }
      result[name] = value
    }
    return result
  }
}
