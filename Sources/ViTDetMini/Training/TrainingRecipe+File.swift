/// Reading a recipe.
extension TrainingRecipe {
  /// The keys of a recipe's file.
  private static let keys: Set<String> = [
    "task", "model", "seed", "steps", "batch", "start", "learning_rate", "schedule", "betas",
    "weight_decay", "layer_decay", "drop_path", "warmup_steps", "mask_ratio", "flip", "scales",
    "scenes", "scenes_seed", "data", "evaluate_data", "evaluate_every", "evaluate_scenes",
    "evaluate_seed",
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
    task = try file.choice("task", task)
    guard try file.string("model", "tiny") == "tiny" else { throw file.fault("model", "tiny") }
    let start = try file.string("start", "")
    self.start = start.isEmpty ? nil : CheckpointFile.path(start, besides: path)
    seed = UInt64(try file.int("seed", 1, in: 0...Int(Int32.max)))
    steps = try file.int("steps", steps, in: 1...1_000_000)
    batch = try file.int("batch", batch, in: 1...256)
    learningRate = try file.double("learning_rate", learningRate, in: 0...1)
    decline = try file.choice("schedule", decline)
    betas = try file.doubles("betas", betas)
    guard betas.count == 2, betas.allSatisfy({ 0..<1 ~= $0 }) else {
      throw file.fault("betas", "two numbers from 0 to less than 1")
    }
    weightDecay = try file.double("weight_decay", weightDecay, in: 0...1)
    layerDecay = try file.double("layer_decay", layerDecay, in: 0.01...1)
    model.backbone.dropPathRate = try file.double("drop_path", 0, in: 0...0.9)
    warmupSteps = try file.int("warmup_steps", warmupSteps, in: 0...1_000_000)
    maskRatio = try file.double("mask_ratio", maskRatio, in: 0...1)
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
    data = try file.folder("data")
    heldOutData = try file.folder("evaluate_data")
    try learnClasses(file)
  }

  /// Takes the classes from the folders, which have to agree.
  private mutating func learnClasses(_ file: ConfigurationFile) throws(CheckpointError) {
    guard let data, let heldOutData else {
      guard data == nil && heldOutData == nil else {
        throw file.fault("evaluate_data", "given if data is, and left out if it is not")
      }
      return
    }
    model.classNames = data.categories.map(\.name)
    model.classes = data.categories.count
    guard heldOutData.categories == data.categories else {
      throw file.fault("evaluate_data", "a folder with the categories of data")
    }
  }
}

extension ConfigurationFile {
  fileprivate func choice<Choice: RawRepresentable & CaseIterable>(
    _ key: String, _ fallback: Choice
  ) throws(CheckpointError) -> Choice where Choice.RawValue == String {
    guard let known = Choice(rawValue: try string(key, fallback.rawValue)) else {
      throw fault(key, Choice.allCases.map(\.rawValue).joined(separator: " or "))
    }
    return known
  }

  /// A COCO folder, as a path from the file's own folder; nil if the key is left out.
  fileprivate func folder(_ key: String) throws(CheckpointError) -> TrainingFolder? {
    let path = try string(key, "")
    guard !path.isEmpty else { return nil }
    do throws(DataError) {
      return try TrainingFolder(path: CheckpointFile.path(path, besides: self.path))
    } catch {
      throw CheckpointError(self.path, "names data that cannot be learned from: \(error)")
    }
  }

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
