internal import Glibc

/// The directory where the lab keeps finished runs and the states of those that were broken off.
///
/// A finished run is one small file that every table shares; files are replaced as a whole, so a kill leaves old or new.
struct LabStore: Sendable {
  let directory: String

  /// Makes the directory if it is not there.
  init(directory: String) throws(CheckpointError) {
    self.directory = directory
    try ModelDirectory.makeDirectory(directory)
  }

  /// What a finished run gave; nil if it has not been finished.
  ///
  /// - Throws: `CheckpointError` if there is a file that is no result of this run.
  func finished(_ task: LabPlan.Task) throws(CheckpointError) -> LabRun? {
    let path = path(task)
    guard CheckpointFile.exists(path) else { return nil }
    let run = try LabRun(ConfigurationFile(path: path))
    guard run.variant == task.variant, run.seed == task.seed else {
      throw CheckpointError(path, "is the result of another run")
    }
    return run
  }

  /// Keeps what a run gave, and forgets its state.
  func keep(_ run: LabRun, of task: LabPlan.Task) throws(CheckpointError) {
    try write(run.json, to: path(task))
    let state = state(task)
    for name in ["training.safetensors", "model.safetensors", "config.json"] {
      unlink(state + "/" + name)
    }
    rmdir(state)
  }

  /// Where the state of a run is that was broken off.
  func state(_ task: LabPlan.Task) -> String { directory + "/" + task.key }

  /// The number of steps that a number of minutes was found to be; nil if it has not been measured.
  func steps(_ budget: String) throws(CheckpointError) -> Int? {
    let path = directory + "/" + budget + ".json"
    guard CheckpointFile.exists(path) else { return nil }
    let file = try ConfigurationFile(path: path)
    let steps = try file.int("steps")
    guard (1...1_000_000).contains(steps) else { throw file.fault("steps", "from 1 to 1000000") }
    return steps
  }

  func keep(steps: Int, stepMilliseconds: Double, of budget: String) throws(CheckpointError) {
    try write(
      .object(["steps": .int(steps), "step_milliseconds": .number(stepMilliseconds)]),
      to: directory + "/" + budget + ".json")
  }

  private func path(_ task: LabPlan.Task) -> String { state(task) + ".json" }

  private func write(_ value: JSONValue, to path: String) throws(CheckpointError) {
    do throws(DataError) {
      try FileBytes.write(Array((value.text() + "\n").utf8), to: path)
    } catch {
      throw CheckpointError(path, error.description)
    }
  }
}
