/// What a table of the lab is made of: its rows, so many seeds of each, and the settings that all runs share.
///
/// All rows get the same number of steps, as the paper gives all the same number of epochs; a row whose steps cost more takes
/// longer, and the table says how much.
public struct LabPlan: Sendable {
  /// The table.
  public var table: LabTable
  /// How many seeds each row is trained with, counted from 1.
  public var seeds: Int
  /// What all runs share: the number of steps, the pictures, the learning rate.
  public var recipe: TrainingRecipe
  /// Where the weights to begin with are.
  public var starts: LabStarts
  /// What the rows of tables 1 and 2 begin with.
  public var start: LabStart
  /// The minutes of processor time that the steps were made of, if they were not given.
  public var minutes: Double?

  /// Creates a plan.
  ///
  /// The warm-up is shortened to a tenth of the steps, and the paper's milestones follow the number of steps.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - seeds: How many seeds.
  ///   - recipe: What all runs share.
  ///   - starts: Where the weights to begin with are.
  ///   - start: What the rows of tables 1 and 2 begin with.
  ///   - minutes: What the number of steps was made of.
  public init(
    _ table: LabTable, seeds: Int, recipe: TrainingRecipe, starts: LabStarts,
    start: LabStart = .mae, minutes: Double? = nil
  ) {
    self.table = table
    self.seeds = seeds
    self.recipe = recipe
    self.recipe.warmupSteps = min(recipe.warmupSteps, max(1, recipe.steps / 10))
    self.starts = starts
    self.start = start
    self.minutes = minutes
  }

  /// One run: a variant, a seed, and the name under which what it gives is kept.
  public struct Task: Sendable {
    /// What is trained.
    public let variant: LabVariant
    /// The seed.
    public let seed: Int
    /// Everything that the training depends on.
    public let recipe: TrainingRecipe
    /// A file name that two runs share only if they are the same run.
    public let key: String
  }

  /// The runs, all rows of a seed before the next seed, so that a table that is broken off has whole seeds.
  ///
  /// - Throws: `CheckpointError` if weights to begin with are missing, or the recipe trains no detector.
  public func tasks() throws(CheckpointError) -> [Task] {
    guard recipe.task == .detect, recipe.data == nil, recipe.heldOutData == nil else {
      throw CheckpointError(
        "table \(table.rawValue)",
        "compares detectors of the synthetic scenes, but the recipe has the task "
          + "\(recipe.task.rawValue)\(recipe.task == .detect ? " on a folder" : "")")
    }
    var result: [Task] = []
    var digests: [LabStart: String] = [:]
    for seed in 1...max(1, seeds) {
      for row in table.rows {
        let variant = row.variant(beginning: table == .starts ? nil : start)
        if digests[variant.start] == nil { digests[variant.start] = try digest(variant.start) }
        var recipe = variant.recipe(recipe, starts: starts)
        recipe.seed = UInt64(seed)
        let digest = Digest(Array((recipe.fingerprint + (digests[variant.start] ?? "")).utf8))
        let key = "\(variant.key)-\(recipe.steps)-steps-seed-\(seed)-\(digest.text)"
        result.append(Task(variant: variant, seed: seed, recipe: recipe, key: key))
      }
    }
    return result
  }

  /// What tells the weights to begin with from others, so that new ones make new runs.
  private func digest(_ start: LabStart) throws(CheckpointError) -> String {
    guard start != .random else { return "" }
    guard let path = starts[start] else {
      throw CheckpointError(
        "table \(table.rawValue)", "needs weights to begin with for “\(start.rawValue)”")
    }
    let file = try CheckpointFile(ModelDirectory.weightsPath(path))
    return Digest(try file.bytes(0..<file.count)).text
  }
}

/// A short name for bytes: the same for the same bytes, and hardly ever for others.
///
/// Source: FNV-1a with 64 bits.
struct Digest {
  let text: String

  init(_ bytes: [UInt8]) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    text = String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension TrainingRecipe {
  /// The settings that runs of a table share, by their names in a recipe.
  var settings: [String: JSONValue] {
    [
      "steps": .int(steps), "batch": .int(batch), "learning_rate": .number(learningRate),
      "schedule": .string(decline.rawValue), "betas": .array(betas.map(JSONValue.number)),
      "weight_decay": .number(weightDecay), "layer_decay": .number(layerDecay),
      "drop_path": .number(model.backbone.dropPathRate), "warmup_steps": .int(warmupSteps),
      "flip": .number(augmentation.flip),
      "scales": .array([
        .number(augmentation.scales.lowerBound), .number(augmentation.scales.upperBound),
      ]), "scenes": .int(scenes.count), "scenes_seed": .int(Int(scenes.seed)),
      "evaluate_scenes": .int(heldOut.count), "evaluate_seed": .int(Int(heldOut.seed)),
    ]
  }

  /// All that the weights depend on, but for the seed and what they begin with.
  var fingerprint: String { JSONValue.object(settings).text() + model.json.text() }
}
