/// Saving a training, and going on with it.
///
/// `training.safetensors` holds all of it: weights, the optimiser's running means and the number of steps, in one file that is
/// replaced as a whole, so a training that is killed goes on from its last save. `config.json` and `model.safetensors`
/// beside it are the model as everybody reads it.
extension Training {
  private static let stateName = "/training.safetensors"
  private static let (meanPrefix, squarePrefix) = ("exp_avg.", "exp_avg_sq.")

  /// Writes the model and the state of the training.
  ///
  /// - Parameter path: The directory, made if it is not there.
  /// - Throws: `CheckpointError` if the system refuses; what was there before is then still whole.
  public func save(to path: String) throws(CheckpointError) {
    try recipe.writeModel(parameters, to: path)
    let specifications = recipe.parameterSpecifications()
    try SafeTensors.write(
      parameters.entries(specifications, prefix: "")
        + optimizer.means.entries(specifications, prefix: Self.meanPrefix)
        + optimizer.squares.entries(specifications, prefix: Self.squarePrefix)
        + [("step", .int64([Int64(stepsDone)], shape: [1]))],
      to: path + Self.stateName)
  }

  /// Whether a directory holds a training to go on with.
  public static func exists(in path: String) -> Bool {
    CheckpointFile.exists(path + stateName)
  }

  /// Goes on with a saved training.
  ///
  /// - Parameters:
  ///   - recipe: What the training did, and goes on doing.
  ///   - path: The directory.
  /// - Throws: `CheckpointError` if the state is missing, damaged or of another model.
  public convenience init(resuming recipe: TrainingRecipe, from path: String) throws {
    let file = try SafeTensors(path: path + Self.stateName)
    let steps = try file.integers(named: "step")
    guard steps.count == 1, steps[0] >= 0 else {
      throw CheckpointError(file.path, "has no number of steps")
    }
    let specifications = recipe.parameterSpecifications()
    var optimizer = recipe.optimizer
    optimizer.step = steps[0]
    let parameters = try file.parameters(specifications) { $0 }
    if steps[0] > 0 {
      optimizer.means = try file.parameters(specifications) { Self.meanPrefix + $0 }
      optimizer.squares = try file.parameters(specifications) { Self.squarePrefix + $0 }
    }
    try self.init(recipe, parameters: parameters, optimizer: optimizer)
  }
}
