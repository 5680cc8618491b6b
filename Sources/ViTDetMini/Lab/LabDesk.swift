internal import Synchronization

/// How far a table is.
public struct LabProgress: Sendable, Hashable {
  /// The runs that are finished.
  public var runsDone: Int
  /// All runs of the table.
  public var runs: Int
  /// The steps that have been made, in finished runs and in others.
  public var stepsDone: Int
  /// The steps of all runs.
  public var steps: Int
  /// How long the rest will take, going by the steps made so far; nil before the first.
  public var secondsLeft: Double?
}

/// Hands out a table's runs and collects what they give.
final class LabDesk: Sendable {
  private struct State {
    var waiting: [Int]
    /// The steps of each run.
    var steps: [Int]
    /// How many of them were made at another time, so that they say nothing about how fast it goes.
    var stepsFound = 0
    var runs: [Int: LabRun] = [:]
    var failure: (any Error)?
  }

  private let plan: LabPlan
  private let report: @Sendable (Lab.Event) -> Void
  private let state: Mutex<State>
  private let started = ContinuousClock.now

  init(plan: LabPlan, tasks: [LabPlan.Task], report: @escaping @Sendable (Lab.Event) -> Void) {
    self.plan = plan
    self.report = report
    state = Mutex(
      State(waiting: Array(tasks.indices), steps: [Int](repeating: 0, count: tasks.count)))
  }

  /// Whether a run met an error that all others would meet too.
  var isStopped: Bool { state.withLock { $0.failure != nil } }

  /// The next run that is to be made.
  func next() -> Int? {
    state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
  }

  /// A run was finished at another time.
  func found(_ run: LabRun, of index: Int) {
    state.withLock {
      $0.waiting.removeAll { $0 == index }
      $0.runs[index] = run
      $0.steps[index] = plan.recipe.steps
      $0.stepsFound += plan.recipe.steps
    }
  }

  /// A run goes on from steps that were made at another time.
  func resumed(_ index: Int, at steps: Int) {
    state.withLock {
      $0.steps[index] = steps
      $0.stepsFound += steps
    }
  }

  /// A run has made so many steps.
  func advanced(_ index: Int, to steps: Int) {
    state.withLock { state in
      state.steps[index] = steps
      report(.progress(progress(state)))
    }
  }

  func finished(_ run: LabRun, of index: Int) {
    state.withLock { state in
      state.runs[index] = run
      state.stepsFound += plan.recipe.steps - state.steps[index]
      state.steps[index] = plan.recipe.steps
      report(.finished(run, results(state)))
      report(.progress(progress(state)))
    }
  }

  func notice(_ text: String) { state.withLock { _ in report(.notice(text)) } }

  func stop(_ error: any Error) { state.withLock { $0.failure = $0.failure ?? error } }

  func results() throws -> LabResults {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      return results(state)
    }
  }

  private func progress(_ state: State) -> LabProgress {
    let done = state.steps.reduce(0, +)
    let made = done - state.stepsFound
    let all = state.steps.count * plan.recipe.steps
    let seconds = started.duration(to: .now) / .seconds(1)
    return LabProgress(
      runsDone: state.runs.count, runs: state.steps.count, stepsDone: done, steps: all,
      secondsLeft: made > 0 ? seconds / Double(made) * Double(all - done) : nil)
  }

  private func results(_ state: State) -> LabResults {
    LabResults(
      table: plan.table, steps: plan.recipe.steps, batch: plan.recipe.batch,
      scenes: plan.recipe.heldOut.count, seeds: plan.seeds, minutes: plan.minutes,
      start: plan.table == .starts ? nil : plan.start, settings: plan.recipe.settings,
      runs: state.runs.sorted { $0.key < $1.key }.map(\.value))
  }
}
