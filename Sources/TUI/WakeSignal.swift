internal import Glibc
internal import Synchronization

/// A pipe that lets any thread end another's wait for input.
public final class WakeSignal: Sendable {
  /// Becomes readable when the signal is raised.
  public let readEnd: Int32
  private let writeEnd: Int32
  private let workers = Atomic<Int>(0)

  /// Creates a signal that is not raised.
  public init() {
    var ends: [Int32] = [-1, -1]
    // Without a pipe (no descriptors left) waits end only at keys; nothing else breaks.
    if pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      }
    }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  /// Raises the signal; a raised signal stays so.
  public func raise() {
    var byte: UInt8 = 1
    // A full pipe means that the signal is raised already.
    _ = write(writeEnd, &byte, 1)
  }

  /// Whether work is under way that may raise the signal.
  var isAwaited: Bool { workers.load(ordering: .acquiring) > 0 }

  /// Counts a piece of work that begins.
  func workBegins() { workers.add(1, ordering: .acquiringAndReleasing) }

  /// Counts a piece of work that is over, and raises the signal for whoever waits for that.
  func workEnds() {
    workers.subtract(1, ordering: .acquiringAndReleasing)
    raise()
  }

  /// Lowers the signal.
  public func lower() {
    var bytes = [UInt8](repeating: 0, count: 64)
    while read(readEnd, &bytes, bytes.count) > 0 {}
  }

  /// Waits until the signal is raised; false if `timeout` milliseconds passed first.
  func wait(timeout: Int?) -> Bool {
    var entry = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, timeout.map(Int32.init(clamping:)) ?? -1) > 0
  }
}
