import Dispatch
import Synchronization

/// Writes a learner's events in the order of the acts, off the screen's thread.
///
/// An event that could not be written is kept and tried again with the next one, so a full disk or a
/// read-only folder loses nothing while the program runs.
final class ProgressWriter: Sendable {
  private let queue = DispatchQueue(label: "vitdet.progress")
  private let file: ProgressFile
  private let notices = Mutex<[Localized]>([])

  /// Creates a writer for a file.
  init(_ file: ProgressFile) { self.file = file }

  /// Queues events.
  func write(_ events: [ProgressEvent]) {
    queue.async { [self] in
      for event in events {
        if let notice = file.append(event) { notices.withLock { $0.append(notice) } }
      }
    }
  }

  /// Waits for what is queued so far, and takes what there is to tell: a failure once, and once its end.
  func takeNotices() async -> [Localized] {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume() }
    }
    return notices.withLock { told in
      defer { told = [] }
      return told
    }
  }

  /// Waits until everything queued has been tried; what must be said if some could not be saved.
  func farewell() -> String? {
    let unsaved = finish()
    return unsaved == 0
      ? nil
      : "\(unsaved) events could not be saved to \(file.path); they are lost with this session"
  }

  /// Waits until everything queued has been tried; the number of events that could not be saved.
  func finish() -> Int {
    queue.sync {
      file.flush()
      return file.unsaved
    }
  }
}
