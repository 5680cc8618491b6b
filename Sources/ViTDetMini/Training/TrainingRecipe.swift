/// Everything that a training depends on besides the program: the same recipe gives the same weights.
public struct TrainingRecipe: Sendable, Hashable {
  /// What is learned.
  public enum Task: String, Sendable, Hashable, CaseIterable {
    /// Boxes, classes and masks of the synthetic scenes.
    case detect
    /// A plain transformer paints the patches that it does not see.
    case mae
    /// A plain transformer says which shapes a picture shows.
    case classify
    /// Every patch of the detector's own backbone says which shapes the picture shows.
    case context
  }

  /// How the learning rate falls after the warm-up.
  public enum Decline: String, Sendable, Hashable, CaseIterable {
    /// To a tenth near the end, and to a tenth of that, as in ViTDet.
    case steps
    /// As half a cosine down to 0, as in MAE.
    case cosine
  }

  /// What is learned.
  public var task = Task.detect
  /// How the detector is built; a pre-training teaches the plain transformer that its backbone can inherit from.
  public var model = DetectorConfiguration.tiny
  /// The plain transformer to begin with, as a model directory or a safetensors file; nil begins at random.
  public var start: String?
  /// The scenes that are learned from.
  public var scenes = ShapesDataset(count: ShapesDataset.mostScenes, seed: 1, size: 256)
  /// The scenes that AP is measured on; none of them is learned from.
  public var heldOut = ShapesDataset(count: 100, seed: 2, size: 256)
  /// A folder to learn from instead of the scenes.
  public var data: TrainingFolder?
  /// A folder to measure on instead of the held-out scenes.
  public var heldOutData: TrainingFolder?
  /// Chooses the first weights and everything random in the training.
  public var seed: UInt64 = 1
  /// The number of steps.
  public var steps = 1000
  /// The pictures of one step.
  public var batch = 8
  /// The learning rate of new parameters after the warm-up.
  public var learningRate = 1e-3
  /// How the learning rate falls after the warm-up.
  public var decline = Decline.steps
  /// How fast the optimiser forgets gradients and their squares.
  public var betas = [0.9, 0.999]
  /// How strongly weights are drawn to 0.
  public var weightDecay = 0.1
  /// The factor of the learning rate from one block to the one before.
  public var layerDecay = 1.0
  /// The steps of the warm-up.
  public var warmupSteps = 100
  /// The part of the patches that an autoencoder does not see.
  public var maskRatio = 0.75
  /// How pictures are changed.
  public var augmentation = LargeScaleJitter()
  /// AP is measured, and the state saved, after each that many steps.
  public var evaluateEvery = 250

  /// Creates a short training of the tiny detector.
  public init() {}

  /// The learning rate's course.
  public var schedule: LearningRateSchedule {
    let warmup = min(warmupSteps, steps)
    return switch decline {
    case .steps: LearningRateSchedule(steps: steps, warmupSteps: warmup)
    case .cosine: LearningRateSchedule(cosine: steps, warmupSteps: warmup)
    }
  }

  /// An optimiser that has not made a step.
  var optimizer: AdamW { AdamW(betas: (betas[0], betas[1])) }

  /// What the optimiser does with each parameter.
  public var decay: LearningRateDecay {
    LearningRateDecay(rate: layerDecay, layers: model.backbone.depth, weightDecay: weightDecay)
  }
}
