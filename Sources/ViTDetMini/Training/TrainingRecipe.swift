/// Everything that a training depends on besides the program: the same recipe gives the same weights.
public struct TrainingRecipe: Sendable, Hashable {
  /// What is learned.
  public enum Task: String, Sendable, Hashable, CaseIterable {
    /// Boxes, classes and masks of the synthetic scenes.
    case detect
  }

  /// What is learned.
  public var task = Task.detect
  /// How the detector is built.
  public var model = DetectorConfiguration.tiny
  /// The plain transformer to begin with, as a model directory or a safetensors file; nil begins at random.
  public var start: String?
  /// The scenes that are learned from.
  public var scenes = ShapesDataset(count: ShapesDataset.mostScenes, seed: 1, size: 256)
  /// The scenes that AP is measured on; none of them is learned from.
  public var heldOut = ShapesDataset(count: 100, seed: 2, size: 256)
  /// Chooses the first weights and everything random in the training.
  public var seed: UInt64 = 1
  /// The number of steps.
  public var steps = 1000
  /// The pictures of one step.
  public var batch = 8
  /// The learning rate of new parameters after the warm-up.
  public var learningRate = 1e-3
  /// How strongly weights are drawn to 0.
  public var weightDecay = 0.1
  /// The factor of the learning rate from one block to the one before.
  public var layerDecay = 1.0
  /// The steps of the warm-up.
  public var warmupSteps = 100
  /// How pictures are changed.
  public var augmentation = LargeScaleJitter()
  /// AP is measured, and the state saved, after each that many steps.
  public var evaluateEvery = 250

  /// Creates a short training of the tiny detector.
  public init() {}

  /// The learning rate's course.
  public var schedule: LearningRateSchedule {
    LearningRateSchedule(steps: steps, warmupSteps: min(warmupSteps, steps))
  }

  /// What the optimiser does with each parameter.
  public var decay: LearningRateDecay {
    LearningRateDecay(rate: layerDecay, layers: model.backbone.depth, weightDecay: weightDecay)
  }
}

/// Reading a recipe.
extension TrainingRecipe {
  /// The keys of a recipe's file.
  private static let keys: Set<String> = [
    "task", "model", "seed", "steps", "batch", "start", "learning_rate", "weight_decay",
    "layer_decay", "drop_path", "warmup_steps", "flip", "scales", "scenes", "scenes_seed",
    "evaluate_every",
    "evaluate_scenes", "evaluate_seed",
  ]

  /// Reads a JSON file; what is left out has the value of ``init()``.
  ///
  /// A relative path under `start` begins at the recipe's own folder, so that a recipe works from wherever it is called.
  ///
  /// - Parameter path: Where the file is.
  /// - Throws: `CheckpointError` for a key that is not known or a value out of bounds.
  public init(path: String) throws(CheckpointError) {
    self.init()
    let file = try ConfigurationFile(path: path)
    if let unknown = file.keys.subtracting(Self.keys).sorted().first {
      throw CheckpointError(
        path,
        "has the key “\(printable(unknown))”, which recipes do not have; they have "
          + Self.keys.sorted().joined(separator: ", "))
    }
    let name = try file.string("task", task.rawValue)
    guard let known = Task(rawValue: name) else {
      throw file.fault("task", Task.allCases.map(\.rawValue).joined(separator: " or "))
    }
    task = known
    guard try file.string("model", "tiny") == "tiny" else { throw file.fault("model", "tiny") }
    let start = try file.string("start", "")
    self.start = start.isEmpty ? nil : CheckpointFile.path(start, besides: path)
    seed = UInt64(try file.int("seed", 1, in: 0...Int(Int32.max)))
    steps = try file.int("steps", steps, in: 1...1_000_000)
    batch = try file.int("batch", batch, in: 1...256)
    learningRate = try file.double("learning_rate", learningRate, in: 0...1)
    weightDecay = try file.double("weight_decay", weightDecay, in: 0...1)
    layerDecay = try file.double("layer_decay", layerDecay, in: 0.01...1)
    model.backbone.dropPathRate = try file.double("drop_path", 0, in: 0...0.9)
    warmupSteps = try file.int("warmup_steps", warmupSteps, in: 0...1_000_000)
    augmentation.flip = try file.double("flip", 0, in: 0...1)
    let scales = try file.doubles("scales", [1, 1])
    guard scales.count == 2, scales[0] <= scales[1], scales[0] >= 0.05, scales[1] <= 4 else {
      throw file.fault("scales", "two rising numbers from 0.05 to 4")
    }
    augmentation.scales = scales[0]...scales[1]
    let size = model.preparation.square
    scenes = ShapesDataset(
      count: try file.int("scenes", scenes.count, in: 1...ShapesDataset.mostScenes),
      seed: UInt64(try file.int("scenes_seed", 1, in: 0...Int(Int32.max))), size: size)
    evaluateEvery = try file.int("evaluate_every", evaluateEvery, in: 1...1_000_000)
    heldOut = ShapesDataset(
      count: try file.int("evaluate_scenes", heldOut.count, in: 1...ShapesDataset.mostScenes),
      seed: UInt64(try file.int("evaluate_seed", 2, in: 0...Int(Int32.max))), size: size)
    guard heldOut.seed != scenes.seed else {
      throw file.fault("evaluate_seed", "another one than scenes_seed")
    }
  }
}

extension ConfigurationFile {
  fileprivate func int(
    _ key: String, _ fallback: Int, in range: ClosedRange<Int>
  ) throws(CheckpointError) -> Int {
    let found = try int(key, fallback)
    guard range.contains(found) else {
      throw fault(key, "from \(range.lowerBound) to \(range.upperBound)")
    }
    return found
  }

  fileprivate func double(
    _ key: String, _ fallback: Double, in range: ClosedRange<Double>
  ) throws(CheckpointError) -> Double {
    let found = try double(key, fallback)
    guard range.contains(found) else {
      throw fault(key, "from \(range.lowerBound) to \(range.upperBound)")
    }
    return found
  }
}
