internal import Dispatch

/// Whether work is to stay on the thread that it was asked for on.
private enum OneThread {
  @TaskLocal static var isWanted = false
}

/// Does everything in `body` on the caller's thread, so that several trainings side by side do not fight for the cores.
///
/// What is computed does not depend on it: work is dealt out in the same shares either way.
///
/// - Parameter body: The work.
/// - Returns: What `body` returns.
public func withOneThread<Result>(_ body: () throws -> Result) rethrows -> Result {
  try OneThread.$isWanted.withValue(true) { try withSingleThreadedBLAS(body) }
}

/// Calls `body` with 0, 1 … side by side on all cores, or in turn inside ``withOneThread(_:)``.
func onAllCores(_ count: Int, _ body: @Sendable (Int) -> Void) {
  if OneThread.isWanted {
    for index in 0..<count { body(index) }
  } else {
    DispatchQueue.concurrentPerform(iterations: count, execute: body)
  }
}
