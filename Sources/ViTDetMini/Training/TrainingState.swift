/// A training between two steps, as a value that another job can go on from.
public struct TrainingState: Sendable {
  /// The weights.
  public let parameters: Parameters
  /// The optimiser with its running means.
  let optimizer: AdamW

  /// The number of steps that were made.
  public var stepsDone: Int { optimizer.step }
}

extension Training {
  /// The training as it is now.
  public var state: TrainingState {
    TrainingState(parameters: parameters, optimizer: optimizer)
  }

  /// Goes on from a state; what follows is what would have followed without a break.
  ///
  /// - Parameters:
  ///   - recipe: What the training did, and goes on doing.
  ///   - state: What it had come to.
  /// - Throws: `ModelError` if the weights are of another model.
  public convenience init(_ recipe: TrainingRecipe, from state: TrainingState) throws(ModelError) {
    try self.init(recipe, parameters: state.parameters, optimizer: state.optimizer)
  }
}
