internal import Synchronization

/// Where effects leave messages for the program; the only thing that two threads share.
public final class Mailbox<Message: Sendable>: Sendable {
  private let messages = Mutex<[Message]>([])
  /// Raised when there are messages.
  let signal = WakeSignal()

  /// Creates an empty mailbox.
  public init() {}

  /// Leaves a message and wakes the program, once for all that wait already.
  public func post(_ message: Message) {
    let isFirst = messages.withLock { waiting in
      waiting.append(message)
      return waiting.count == 1
    }
    if isFirst { signal.raise() }
  }

  /// Takes all messages, in the order of posting.
  func drain() -> [Message] {
    signal.lower()
    return messages.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}
