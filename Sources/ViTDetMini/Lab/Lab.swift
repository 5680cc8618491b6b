internal import Dispatch
internal import Synchronization

/// Trains what a table lacks, several runs side by side with one thread each.
///
/// A finished run is never repeated, whichever table asked for it first. One that was broken off goes on from its last saved
/// state and ends with the same weights.
public struct Lab: Sendable {
  /// What happens while a table is made.
  public enum Event: Sendable {
    /// Something that one should know: a file that could not be read, a training that diverged.
    case notice(String)
    /// How far it is.
    case progress(LabProgress)
    /// A run has been finished; the results so far.
    case finished(LabRun, LabResults)
  }

  /// What is made.
  public let plan: LabPlan
  private let tasks: [LabPlan.Task]
  private let store: LabStore
  private let jobs: Int
  private let secondsBetweenSaves: Double

  /// Prepares a table.
  ///
  /// - Parameters:
  ///   - plan: What is made.
  ///   - directory: Where runs are kept; made if it is not there.
  ///   - jobs: How many runs at a time.
  ///   - secondsBetweenSaves: How much training, in processor time, a kill may lose.
  /// - Throws: `CheckpointError` if the directory cannot be used or weights to begin with are missing.
  public init(
    _ plan: LabPlan, directory: String, jobs: Int, secondsBetweenSaves: Double = 60
  ) throws(CheckpointError) {
    self.plan = plan
    self.jobs = max(1, jobs)
    self.secondsBetweenSaves = secondsBetweenSaves
    tasks = try plan.tasks()
    store = try LabStore(directory: directory)
  }

  /// Makes the table, or as much of it as there is time for.
  ///
  /// - Parameters:
  ///   - isStopWanted: Asked between two steps, from several threads. If so, all runs save their state and end.
  ///   - report: Called from several threads, never at the same time.
  /// - Returns: What was measured; ``LabResults/isComplete`` says whether that is all.
  /// - Throws: `CheckpointError` if the disk refuses or weights to begin with do not fit.
  public func run(
    isStopWanted: @escaping @Sendable () -> Bool = { false },
    report: @escaping @Sendable (Event) -> Void = { _ in }
  ) throws -> LabResults {
    let desk = LabDesk(plan: plan, tasks: tasks, report: report)
    for (index, task) in tasks.enumerated() {
      do throws(CheckpointError) {
        if let run = try store.finished(task) { desk.found(run, of: index) }
      } catch {
        desk.notice("\(error); this run is made again")
      }
    }
    DispatchQueue.concurrentPerform(iterations: jobs) { _ in
      withOneThread {
        while !desk.isStopped && !isStopWanted(), let index = desk.next() {
          do {
            if let run = try train(
              index, desk, isStopWanted: { desk.isStopped || isStopWanted() })
            {
              desk.finished(run, of: index)
            }
          } catch let error as TrainingError {
            desk.notice("\(tasks[index].key): \(error)")
          } catch {
            desk.stop(error)
          }
        }
      }
    }
    return try desk.results()
  }

  /// Trains and measures one run.
  ///
  /// - Returns: Its result; nil if a stop was wanted first.
  private func train(
    _ index: Int, _ desk: LabDesk, isStopWanted: () -> Bool
  ) throws -> LabRun? {
    let task = tasks[index]
    // Another table may have made it in the meantime.
    if let run = try? store.finished(task) { return run }
    let state = store.state(task)
    let training = try resumed(task, desk) ?? Training(task.recipe)
    let before = training.stepsDone
    desk.resumed(index, at: before)
    var (seconds, saved) = (0.0, threadSeconds())
    while !training.isFinished {
      guard !isStopWanted() else {
        if training.stepsDone > before { try training.save(to: state) }
        return nil
      }
      let start = threadSeconds()
      _ = try training.step()
      seconds += threadSeconds() - start
      desk.advanced(index, to: training.stepsDone)
      // The last state is saved too: measuring takes a while, and may be killed.
      if training.isFinished || threadSeconds() - saved > secondsBetweenSaves {
        try training.save(to: state)
        saved = threadSeconds()
      }
    }
    guard case .detection(let bbox, let segm) = try training.measure() else { return nil }
    let made = training.stepsDone - before
    let run = LabRun(
      variant: task.variant, seed: task.seed, bbox: bbox, segm: segm,
      classNames: task.recipe.model.classNames,
      stepMilliseconds: made > 0 ? seconds / Double(made) * 1000 : 0)
    try store.keep(run, of: task)
    return run
  }

  /// The run as it was when it was broken off; nil if it must begin.
  private func resumed(_ task: LabPlan.Task, _ desk: LabDesk) -> Training? {
    let state = store.state(task)
    guard Training.exists(in: state) else { return nil }
    do {
      return try Training(resuming: task.recipe, from: state)
    } catch {
      desk.notice("\(error); this run begins again")
      return nil
    }
  }
}
