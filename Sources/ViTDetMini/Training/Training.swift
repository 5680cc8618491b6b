internal import CKernels

/// Teaches a network the synthetic scenes, one step at a time.
///
/// The caller decides when to show, measure, save and stop, so the same training runs in a command, in a test and in
/// a lesson.
public final class Training {
  /// What one step did.
  public struct Step: Sendable {
    /// The number of the step, counted from 1.
    public let number: Int
    /// The learning rate of new parameters.
    public let rate: Double
    /// Each loss under its name, before the step, as a mean over the pictures; a detector's names are detectron2's.
    public let losses: [(name: String, value: Float)]

    /// The sum of the losses.
    public var total: Float { losses.reduce(0) { $0 + $1.value } }
  }

  /// What is done.
  public let recipe: TrainingRecipe
  /// The weights as they are now.
  public internal(set) var parameters: Parameters
  /// What the first weights were taken from; nil if all began at random, or the training goes on from a saved one.
  public private(set) var inheritance: PlainCheckpoint?
  /// The optimiser with its running means.
  var optimizer: AdamW
  private let workers: GradientWorkers
  private let schedule: LearningRateSchedule
  private let rates: [String: ParameterRate]

  /// The number of steps that were made.
  public var stepsDone: Int { optimizer.step }
  /// Whether the recipe's steps are done.
  public var isFinished: Bool { stepsDone >= recipe.steps }

  /// Begins a training, from the weights that the recipe names or from random numbers.
  ///
  /// - Parameter recipe: What to do.
  /// - Throws: `CheckpointError` if the recipe's start cannot be read or is of another model, `ModelError` if the model
  ///   contradicts itself.
  public convenience init(_ recipe: TrainingRecipe) throws {
    guard let start = recipe.start else {
      try self.init(recipe, start: Parameters())
      return
    }
    let checkpoint = try PlainCheckpoint(
      try SafeTensors(path: ModelDirectory.weightsPath(start)), for: recipe.heir)
    try self.init(recipe, start: try checkpoint.parameters(seed: recipe.seed))
    inheritance = checkpoint
  }

  /// Begins a training from given weights, whatever start the recipe names.
  ///
  /// - Parameters:
  ///   - recipe: What to do.
  ///   - start: Weights to begin with; what it lacks begins at random.
  /// - Throws: `ModelError` if a tensor of `start` has another shape.
  public convenience init(_ recipe: TrainingRecipe, start: Parameters) throws(ModelError) {
    var parameters = Parameters(recipe.parameterSpecifications(), seed: recipe.seed)
    for name in parameters.names { if let given = start[name] { parameters[name] = given } }
    try self.init(recipe, parameters: parameters, optimizer: recipe.optimizer)
  }

  init(_ recipe: TrainingRecipe, parameters: Parameters, optimizer: AdamW) throws(ModelError) {
    self.recipe = recipe
    self.parameters = parameters
    self.optimizer = optimizer
    workers = try GradientWorkers(recipe, parameters: parameters)
    schedule = recipe.schedule
    rates = recipe.parameterRates
  }

  /// Makes one step.
  ///
  /// - Returns: What it did.
  /// - Throws: `TrainingError.diverged` with the first tensor that has a number which is none, `TrainingError.picture` if one
  ///   cannot be read; the weights are then those before the step.
  public func step() throws(TrainingError) -> Step {
    let number = stepsDone
    let result: GradientWorkers.Result
    do throws(DataError) {
      result = try workers.gradients(at: parameters, step: number)
    } catch { throw .picture(error) }
    for loss in result.losses where !loss.value.isFinite {
      throw .diverged(step: number + 1, tensor: loss.name)
    }
    for name in result.gradients.names
    where result.gradients[name]?.storage.allSatisfy(\.isFinite) == false {
      throw .diverged(step: number + 1, tensor: "grad." + name)
    }
    let rate = recipe.learningRate * schedule.multiplier(at: number)
    optimizer.update(&parameters, gradients: result.gradients, rate: rate) { name in
      rates[name] ?? ParameterRate(multiplier: 1, weightDecay: 0)
    }
    return Step(number: stepsDone, rate: rate, losses: result.losses)
  }

  /// How good the weights are now, on scenes that nothing is learned from.
  ///
  /// - Parameter progress: called from several threads with the number of pictures done.
  /// - Returns: What the recipe's task is measured by.
  /// - Throws: `ModelError` never, since the weights belong to the recipe's model.
  public func measure(
    progress: @Sendable (Int) -> Void = { _ in }
  ) throws -> TrainingMeasurement {
    try recipe.measure(parameters, progress: progress)
  }

  /// Lets the program keep what each step frees and the next one asks for again.
  ///
  /// Left alone, the allocator hands large blocks back to the system each time, and a sixth of the time goes into
  /// clearing new pages. For programs that do nothing but train: their memory no longer shrinks.
  public static func keepFreedMemory() {
    vd_keep_freed_memory()
  }

  /// The detector with the weights as they are now.
  ///
  /// - Throws: `ModelError` if the recipe's task is not to detect.
  public func detector() throws(ModelError) -> ViTDet {
    guard recipe.task == .detect else {
      throw .configuration("the recipe trains no detector")
    }
    return try ViTDet(recipe.model, parameters: parameters)
  }
}

/// The training of a detector, which is what most recipes are.
public typealias DetectorTraining = Training

/// Why a training stopped.
public enum TrainingError: Error, Hashable, CustomStringConvertible {
  /// A loss or a gradient is infinite or no number.
  case diverged(step: Int, tensor: String)
  /// A picture to learn from cannot be read.
  case picture(DataError)

  /// The reason in one sentence.
  public var description: String {
    switch self {
    case .diverged(let step, let tensor):
      "the training diverged at step \(step): \(tensor) has numbers that are not finite; "
        + "a lower learning_rate or a longer warm-up helps"
    case .picture(let error): error.description
    }
  }
}
