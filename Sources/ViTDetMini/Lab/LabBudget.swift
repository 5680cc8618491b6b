internal import Glibc

/// How long each run of a table is.
public enum LabBudget: Sendable, Hashable {
  /// So many steps: the same runs on every machine.
  case steps(Int)
  /// So many minutes of processor time for the paper's detector.
  ///
  /// Minutes become steps before the first run, the same for every row. Weighed: stopping each run when its time is over,
  /// which gives fewer steps to whatever ran while others used the machine, and leaves the learning rate's schedule without an
  /// end to aim at.
  case minutes(Double)

  /// The number of steps.
  ///
  /// A number of minutes is measured once and then kept in the directory, so that all tables and all resumed runs have the
  /// same. Processor time of one thread is counted, since others may use the machine at the same time.
  ///
  /// - Parameters:
  ///   - recipe: The settings that all runs share.
  ///   - directory: Where the lab keeps its runs.
  /// - Returns: At least one.
  /// - Throws: `CheckpointError` if the directory cannot be used, `TrainingError` if the settings diverge at once.
  public func steps(of recipe: TrainingRecipe, directory: String) throws -> Int {
    switch self {
    case .steps(let steps): return steps
    case .minutes(let minutes):
      var recipe = recipe
      recipe.steps = Self.measuredSteps + Self.unmeasuredSteps
      recipe.start = nil
      let store = try LabStore(directory: directory)
      let name = "minutes-\(minutes)-\(Digest(Array(recipe.fingerprint.utf8)).text)"
      if let known = try store.steps(name) { return known }
      let seconds = try Self.secondsOfAStep(
        LabVariant(start: .random).recipe(recipe, starts: .init()))
      let steps = min(1_000_000, max(1, Int(minutes * 60 / max(seconds, 1e-6))))
      try store.keep(steps: steps, stepMilliseconds: seconds * 1000, of: name)
      return steps
    }
  }

  private static let (unmeasuredSteps, measuredSteps) = (2, 6)

  /// Processor time of a training step.
  private static func secondsOfAStep(_ recipe: TrainingRecipe) throws -> Double {
    try withOneThread {
      let training = try Training(recipe)
      for _ in 0..<unmeasuredSteps { _ = try training.step() }
      let start = threadSeconds()
      for _ in 0..<measuredSteps { _ = try training.step() }
      return (threadSeconds() - start) / Double(measuredSteps)
    }
  }
}

/// The processor time that this thread has used, in seconds.
func threadSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
