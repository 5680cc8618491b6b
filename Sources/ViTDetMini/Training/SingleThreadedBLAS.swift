internal import COpenBLAS
internal import Synchronization

/// Who multiplies on one thread at the moment, and how many threads there were before the first of them.
private let singleThreaded = Mutex((users: 0, threads: Int32(1)))

/// Runs `body` while the matrix library uses the caller's thread only.
///
/// The library's setting is one for the whole program, and the last bits of a product depend on it, so it is put back when the
/// last of several callers is done and not before.
func withSingleThreadedBLAS<Result>(_ body: () throws -> Result) rethrows -> Result {
  singleThreaded.withLock { state in
    if state.users == 0 {
      state.threads = openblas_get_num_threads()
      openblas_set_num_threads(1)
    }
    state.users += 1
  }
  defer {
    singleThreaded.withLock { state in
      state.users -= 1
      if state.users == 0 { openblas_set_num_threads(state.threads) }
    }
  }
  return try body()
}
