internal import COpenBLAS
internal import Dispatch

/// Deals `count` pieces of work out to threads, in stretches of at least `least`.
///
/// No more threads are used than the matrix library may use at the moment, so one setting holds for both. What a
/// piece computes must not depend on the stretch that it is in.
func inThreads(_ count: Int, atLeast least: Int = 1, _ body: @Sendable (Range<Int>) -> Void) {
  let stretches = min(Int(openblas_get_num_threads()), count / max(least, 1))
  if stretches <= 1 { return body(0..<count) }
  DispatchQueue.concurrentPerform(iterations: stretches) { index in
    body((index * count / stretches)..<((index + 1) * count / stretches))
  }
}
