import Testing

@testable import ViTDetMini

@Suite(.timeLimit(.minutes(5))) struct TrainerTests {
  /// A narrow detector on small scenes, checked every second step.
  private func recipe(steps: Int = 4) -> TrainingRecipe {
    var recipe = TrainingRecipe()
    recipe.model = .small
    recipe.model.classes = ShapeClass.allCases.count
    recipe.scenes = ShapesDataset(count: 8, seed: 3, size: 64)
    recipe.heldOut = ShapesDataset(count: 2, seed: 4, size: 64)
    recipe.steps = steps
    recipe.batch = 2
    recipe.warmupSteps = 1
    recipe.evaluateEvery = 2
    return recipe
  }

  private func trainer(steps: Int = 4, rate: Double = 1e-3) -> Trainer {
    var other = recipe(steps: steps)
    other.learningRate = rate
    return Trainer(
      [.init(name: "one", recipe: recipe(steps: steps)), .init(name: "other", recipe: other)],
      picture: ShapesScene(seed: 5, size: 64).image)
  }

  /// Everything that a learner sees of a progress.
  private func seen(_ progress: TrainingProgress) -> [[String]] {
    progress.lanes.map { lane in
      lane.losses.map { "\($0)" }
        + lane.checks.map { "\($0.step) \($0.averagePrecision) \($0.detections.count)" }
    }
  }

  private func last(_ trainer: Trainer, from: TrainingProgress? = nil) throws -> TrainingProgress {
    var last: TrainingProgress?
    try trainer.train(from: from ?? trainer.beginning) {
      last = $0; return true
    }
    return try #require(last)
  }

  @Test func detectorsTakeTurnsAndAreCheckedOnTheWay() throws {
    var acts: [[Int]] = []
    let trainer = trainer()
    var last = trainer.beginning
    #expect(last.secondsLeft == nil && !last.isFinished)
    try trainer.train(from: last) { now in
      #expect(now.version == last.version + 1)
      acts.append(now.lanes.map(\.stepsDone))
      last = now
      return true
    }
    // None is ever more than a step ahead.
    #expect(acts.allSatisfy { abs($0[0] - $0[1]) <= 1 })
    #expect(last.lanes.map { $0.checks.map(\.step) } == [[0, 2, 4], [0, 2, 4]])
    #expect(last.isFinished && last.stepsDone == 4 && last.secondsLeft == 0)
    #expect(last.lanes.allSatisfy { $0.state == nil })
    // The same recipe twice is the same training.
    #expect(last.lanes[0].losses == last.lanes[1].losses)
  }

  @Test func aBrokenTrainingGoesOnAsIfItHadNotBeen() throws {
    let trainer = trainer(rate: 1e-2)
    let whole = try last(trainer)
    for acts in [3, 7] {
      var broken = trainer.beginning
      try trainer.train(from: broken) {
        broken = $0; return $0.version < acts
      }
      #expect(broken.version == acts)
      let resumed = try last(trainer, from: broken)
      #expect(seen(resumed) == seen(whole))
    }
    #expect(whole.lanes[0].losses != whole.lanes[1].losses)
  }

  @Test func aReaderGetsEverLaterStatesAndTheLastOne() async throws {
    let trainer = trainer()
    var states: [TrainingProgress] = []
    for try await now in trainer.run() { states.append(now) }
    let versions = states.map(\.version)
    #expect(zip(versions, versions.dropFirst()).allSatisfy(<))
    #expect(try seen(#require(states.last)) == seen(try last(trainer)))
  }

  @Test func whoeverStopsReadingEndsTheTraining() async throws {
    let trainer = trainer(steps: 1_000_000)
    let task = Task {
      var count = 0
      for try await _ in trainer.run() { count += 1 }
      return count
    }
    task.cancel()
    // The iteration ends, although the training is far from done.
    _ = try await task.value
    var kept: TrainingProgress?
    for try await now in trainer.run() where now.stepsDone > 0 {
      kept = now
      break
    }
    #expect(try #require(kept).isFinished == false)
  }

  @Test func oneThatDivergesIsLeftBehind() throws {
    let progress = try last(trainer(rate: 1e30))
    #expect(progress.lanes[1].fault?.contains("diverged") == true)
    #expect(progress.lanes[1].stepsDone < 4)
    #expect(progress.lanes[0].fault == nil && progress.lanes[0].stepsDone == 4)
    #expect(progress.isFinished && progress.stepsDone == 4)
  }
}
