internal import CKernels
internal import Dispatch

/// Trains detectors side by side, a step each in turn, and tells how far they are.
///
/// With the same recipe but for the start, all learn from the same scenes in the same order.
public struct Trainer: Sendable {
  /// A detector to train.
  public struct Lane: Sendable {
    /// What tells it from the others.
    public var name: String
    /// What is done; its path to a start is not read.
    public var recipe: TrainingRecipe
    /// The weights to begin with; what it lacks begins at random.
    public var start: Parameters

    /// Creates a detector to train.
    public init(name: String, recipe: TrainingRecipe, start: Parameters = Parameters()) {
      self.name = name
      self.recipe = recipe
      self.start = start
    }
  }

  /// The detectors; the first one's recipe says how many steps all make, and when they are checked.
  public var lanes: [Lane]
  /// A picture that is looked at on the way.
  public var picture: Image

  /// Creates a trainer; nothing runs yet.
  ///
  /// - Precondition: There is a detector.
  public init(_ lanes: [Lane], picture: Image) {
    precondition(!lanes.isEmpty, "nothing to train")
    self.lanes = lanes
    self.picture = picture
  }

  /// Before the first step.
  public var beginning: TrainingProgress {
    TrainingProgress(
      names: lanes.map(\.name), steps: lanes[0].recipe.steps,
      checkEvery: lanes[0].recipe.evaluateEvery)
  }

  /// Trains on another thread.
  ///
  /// Whoever stops reading, or whose task is cancelled, ends the training: it makes the step to its end that it is in.
  ///
  /// - Parameter progress: What to go on from, as this trainer made it; nil begins.
  /// - Returns: The newest state whenever there is one; what nobody read in time is dropped. Ends when all is done.
  public func run(
    from progress: TrainingProgress? = nil
  ) -> AsyncThrowingStream<TrainingProgress, any Error> {
    AsyncThrowingStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
      // A queue of low standing has threads of its own, so that short work does not wait for pictures, and a key that is
      // pressed comes before all of them.
      DispatchQueue.global(qos: .utility).async {
        vd_step_back()
        defer { vd_return_freed_memory() }
        do {
          try train(from: progress ?? beginning) { now in
            if case .terminated = continuation.yield(now) { false } else { true }
          }
          continuation.finish()
        } catch {
          continuation.finish(throwing: error)
        }
      }
    }
  }

  /// Trains on this thread until all is done or `goesOn` says no.
  func train(
    from start: TrainingProgress, goesOn: (TrainingProgress) -> Bool
  ) throws {
    var progress = start
    let trainings = try zip(lanes, progress.lanes).map { lane, past in
      try past.state.map { try Training(lane.recipe, from: $0) }
        ?? Training(lane.recipe, start: lane.start)
    }
    let clock = ContinuousClock()
    while let act = progress.next {
      let started = clock.now
      switch act {
      case .check(let lane):
        progress.lanes[lane].checks.append(try check(trainings[lane]))
        if progress.lanes[lane].stepsDone == progress.steps { progress.lanes[lane].state = nil }
      case .step(let lane):
        do throws(TrainingError) {
          progress.lanes[lane].losses.append(try trainings[lane].step().total)
          progress.lanes[lane].state = trainings[lane].state
        } catch {
          progress.lanes[lane].fault = "\(error)"
        }
      }
      let seconds = started.duration(to: clock.now) / .seconds(1)
      progress.seconds += seconds
      if case .step = act { progress.recent = progress.recent.suffix(20) + [seconds] }
      guard goesOn(progress) else { return }
    }
  }

  private func check(_ training: Training) throws -> TrainingProgress.Check {
    let recipe = training.recipe
    let score = try recipe.heldOut.score(recipe.model, parameters: training.parameters)
    let prepared = try PreparedPicture(picture, recipe.model.preparation)
    let detections = try training.detector().detections(in: prepared)
    return TrainingProgress.Check(
      step: training.stepsDone,
      averagePrecision: max(0, score.bbox.averagePrecision(thresholds: 0..<1)),
      detections: detections)
  }
}
