internal import Dispatch
internal import Synchronization

/// The effects that are running.
final class Jobs: Sendable {
  private struct State {
    var next = 0
    var tasks: [Int: Task<Void, Never>] = [:]
  }

  private let state = Mutex(State())

  /// Starts an effect on another thread; `whenDone` is called there after it.
  ///
  /// - Returns: The number by which it can be cancelled.
  @discardableResult
  func start<Message: Sendable>(
    _ effect: @escaping Effect<Message>, _ mailbox: Mailbox<Message>,
    whenDone: @escaping @Sendable () -> Void = {}
  ) -> Int {
    mailbox.signal.workBegins()
    // The task is made under the lock, so that it cannot remove itself before it is in the table.
    return state.withLock { state in
      let number = state.next
      state.next += 1
      state.tasks[number] = Task.detached(executorPreference: EffectThreads.shared) {
        await effect(mailbox)
        self.state.withLock { $0.tasks[number] = nil }
        mailbox.signal.workEnds()
        whenDone()
      }
      return number
    }
  }

  /// The number of effects that are running.
  var count: Int { state.withLock { $0.tasks.count } }

  /// Asks one effect to end, if it still runs.
  func cancel(_ number: Int) {
    state.withLock { $0.tasks[number] }?.cancel()
  }

  /// Asks all effects to end.
  func cancelAll() {
    for task in state.withLock({ Array($0.tasks.values) }) { task.cancel() }
  }
}

/// Threads for effects alone.
///
/// Swift's own pool has a thread a processor, and a run loop that waits on one of them (as tests'
/// do) would keep the effects that it waits for from ever starting.
private final class EffectThreads: TaskExecutor {
  static let shared = EffectThreads()

  private let queue = DispatchQueue(label: "effects", attributes: .concurrent)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = asUnownedTaskExecutor()
    queue.async { job.runSynchronously(on: executor) }
  }
}
