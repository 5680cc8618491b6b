internal import Glibc
internal import ViTDetMini

/// The race of a lesson: the course's detector trained from pre-trained and from random weights, on the same scenes.
///
/// Short enough to watch, so the numbers are those of a beginning; nothing of it is kept.
struct FineTuningRace {
  /// How a racer begins.
  enum Start: String, CaseIterable {
    case mae, random

    /// In a learner's words.
    func words(_ language: Language) -> String {
      switch self {
      case .mae: language == .en ? "from MAE" : "MAE 预训练"
      case .random: language == .en ? "from random" : "随机初始化"
      }
    }
  }

  /// Who races.
  let starts: [Start]
  /// The factor of the learning rate from one block to the one before.
  let layerDecay: Double
  /// The learning rate of new parameters.
  let rate: Double

  init(_ input: ExperimentInput) {
    starts = Start(rawValue: input["start"]).map { [$0] } ?? Start.allCases
    layerDecay = Double(input["decay"]) ?? 1
    rate = Double(input["rate"]) ?? 1e-3
  }

  /// What every racer does: they differ in nothing but the weights that they begin with.
  func recipe(_ laboratory: Laboratory) -> TrainingRecipe {
    let side = laboratory.configuration.imgSize.width
    var recipe = TrainingRecipe()
    recipe.model = laboratory.detector
    recipe.scenes = ShapesDataset(count: ShapesDataset.mostScenes, seed: 1, size: side)
    recipe.heldOut = ShapesDataset(count: 16, seed: 3, size: side)
    recipe.steps = 600
    recipe.batch = 2
    recipe.learningRate = rate
    recipe.layerDecay = layerDecay
    recipe.warmupSteps = 40
    recipe.augmentation = LargeScaleJitter(flip: 0.5)
    recipe.evaluateEvery = 60
    return recipe
  }

  /// What runs.
  ///
  /// - Throws: `FigureError` if the pre-trained weights are wanted and not there, `CheckpointError` if they cannot be read.
  func trainer(_ laboratory: Laboratory) throws -> Trainer {
    let recipe = recipe(laboratory)
    return Trainer(
      try starts.map { start in
        Trainer.Lane(
          name: start.rawValue, recipe: recipe,
          start: start == .mae
            ? try laboratory.pretrained(seed: recipe.seed) : Parameters())
      }, picture: laboratory.picture)
  }
}

extension Laboratory {
  /// The folder of the plain transformer, if its weights are there.
  var pretrainedFolder: String? {
    guard let folder = lessons.map({ $0 + "/models/tiny-mae" }),
      access(folder + "/model.safetensors", R_OK) == 0
    else { return nil }
    return folder
  }

  /// What a detector takes from the plain transformer, row by row.
  ///
  /// - Throws: `FigureError` if it is not there, `CheckpointError` if it cannot be read.
  func inheritance() throws -> PlainCheckpoint {
    guard let folder = pretrainedFolder else {
      throw FigureError(
        "the pre-trained weights lessons/models/tiny-mae are not there; “vitdet train tiny-mae --out "
          + "lessons/models/tiny-mae” makes them")
    }
    return try PlainCheckpoint(
      try SafeTensors(path: folder + "/model.safetensors"), for: .detector(detector))
  }

  /// The detector's first weights with all that the plain transformer has to give.
  func pretrained(seed: UInt64) throws -> Parameters {
    try inheritance().parameters(seed: seed)
  }
}
