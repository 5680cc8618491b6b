import FoundationEssentials
import Glibc
import Synchronization

/// The file that a learner's events are appended to, shared by every session at once.
///
/// An event is one line, written by one `write` at the file's end under a lock and then synced. Nothing in the file is ever
/// rewritten. When it cannot be written the learner goes on: events wait in memory, each new one tries again, and the
/// learner is told once.
public final class ProgressFile: Sendable {
  /// What a file held when it was opened.
  public struct Contents: Sendable {
    /// The events that this version understands, in their order.
    public var events: [ProgressEvent] = []
    /// Lines of a later version, or that are no events: kept in the file, not used.
    public var ignored = 0
    /// What the learner should know.
    public var notices: [Localized] = []
  }

  private struct State {
    var descriptor: Int32?
    var pending: [[UInt8]] = []
    var hasToldOfFailure = false
  }

  /// A class of thirty that hands in a year fits; what is larger is no progress file.
  static let maximumBytes = 64 << 20
  static let maximumLine = 1 << 16
  /// Bounds the memory when nothing can be written for a very long time.
  static let maximumPending = 100_000

  /// Where the file is.
  public let path: String
  private let state = Mutex(State())

  /// Names the file; nothing is created before the first event.
  public init(path: String) { self.path = path }

  deinit { state.withLock { if let descriptor = $0.descriptor { close(descriptor) } } }

  /// `progress.jsonl` in the given state directory, or in `$XDG_STATE_HOME/vitdet`, or in `~/.local/state/vitdet`.
  public static func path(
    stateDirectory: String?, environment: (String) -> String? = environmentVariable
  ) -> String {
    (stateDirectory ?? directory(environment: environment)) + "/progress.jsonl"
  }

  /// Where the program keeps what belongs to its user.
  public static func directory(
    environment: (String) -> String? = environmentVariable
  ) -> String {
    // The specification says that a relative path there is to be ignored.
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") { return "\(state)/vitdet" }
    return "\(environment("HOME") ?? "")/.local/state/vitdet"
  }

  // MARK: Reading

  /// Reads what is there; a file that does not exist yet is empty.
  public func read() -> Contents {
    var contents = Contents()
    guard access(path, F_OK) == 0 else { return contents }
    let bytes: [UInt8]
    do {
      bytes = try readFile(path, limit: Self.maximumBytes)
    } catch {
      contents.notices.append(Self.unreadable(path, error.reason))
      return contents
    }
    let decoder = JSONDecoder()
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    let isTorn = !bytes.isEmpty && bytes.last != UInt8(ascii: "\n")
    for (index, line) in lines.enumerated() {
      let event =
        line.count > Self.maximumLine
        ? nil : try? decoder.decode(ProgressEvent.self, from: Data(line))
      if let event, event.v == 1, ProgressEvent.Kind(rawValue: event.kind) != nil {
        contents.events.append(event)
      } else if event == nil, isTorn, index == lines.count - 1 {
        contents.notices.append(Self.torn(path))
      } else {
        contents.ignored += 1
      }
    }
    return contents
  }

  // MARK: Writing

  /// Appends an event.
  ///
  /// - Returns: what the learner should know: once when it cannot be saved, and once when saving works again.
  @discardableResult
  public func append(_ event: ProgressEvent) -> Localized? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let line = try? encoder.encode(event) else { return nil }
    return state.withLock { state in
      if state.pending.count < Self.maximumPending {
        state.pending.append(Array(line) + [UInt8(ascii: "\n")])
      }
      return save(&state)
    }
  }

  /// Tries again to write what waits in memory.
  @discardableResult
  public func flush() -> Localized? {
    state.withLock { $0.pending.isEmpty ? nil : save(&$0) }
  }

  /// The number of events that are not in the file yet.
  public var unsaved: Int { state.withLock { $0.pending.count } }

  private func save(_ state: inout State) -> Localized? {
    if let reason = write(&state) {
      if state.hasToldOfFailure { return nil }
      state.hasToldOfFailure = true
      return Self.unsaved(path, reason)
    }
    defer { state.hasToldOfFailure = false }
    return state.hasToldOfFailure ? Self.savedAgain : nil
  }

  /// Writes the waiting events; returns the reason if it cannot.
  private func write(_ state: inout State) -> String? {
    // A file that was moved away or deleted would swallow events without a word.
    if let descriptor = state.descriptor {
      var status = stat()
      if fstat(descriptor, &status) != 0 || status.st_nlink == 0 {
        close(descriptor)
        state.descriptor = nil
      }
    }
    if state.descriptor == nil {
      Self.makeDirectories(for: path)
      let flags = O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK
      let descriptor = open(path, flags, 0o600)
      guard descriptor >= 0 else { return systemReason() }
      state.descriptor = descriptor
    }
    guard let descriptor = state.descriptor else { return systemReason(EBADF) }
    guard lock(descriptor) else { return systemReason() }
    defer { flock(descriptor, LOCK_UN) }
    while let line = state.pending.first {
      if let reason = Self.append(line, to: descriptor) { return reason }
      state.pending.removeFirst()
    }
    // A pipe or a device has nothing to sync.
    return fsync(descriptor) == 0 || errno == EINVAL || errno == EROFS ? nil : systemReason()
  }

  private func lock(_ descriptor: Int32) -> Bool {
    while flock(descriptor, LOCK_EX) != 0 { if errno != EINTR { return false } }
    return true
  }

  /// One line in one `write`; a part of a line that got through is taken back.
  private static func append(_ line: [UInt8], to descriptor: Int32) -> String? {
    let size = lseek(descriptor, 0, SEEK_END)
    var last: UInt8 = UInt8(ascii: "\n")
    if size > 0, pread(descriptor, &last, 1, size - 1) != 1 { last = UInt8(ascii: "\n") }
    // A session that died in the middle of its line left no line end: begin a new line.
    let bytes = last == UInt8(ascii: "\n") ? line : [UInt8(ascii: "\n")] + line
    var written = Glibc.write(descriptor, bytes, bytes.count)
    while written < 0, errno == EINTR { written = Glibc.write(descriptor, bytes, bytes.count) }
    if written == bytes.count { return nil }
    let reason = written < 0 ? systemReason() : systemReason(ENOSPC)
    if written > 0 { _ = ftruncate(descriptor, size) }
    return reason
  }

  private static func makeDirectories(for path: String) {
    var position = path.startIndex
    while let slash = path[position...].dropFirst().firstIndex(of: "/") {
      mkdir(String(path[..<slash]), 0o700)
      position = slash
    }
  }

  // MARK: Words

  private static func torn(_ path: String) -> Localized {
    Localized(
      "The last line of \(path) was cut off when a session died; the rest is used.",
      "\(path) 的最后一行在上次异常退出时写了一半，已忽略；其余内容照常使用。")
  }

  private static func unreadable(_ path: String, _ reason: String) -> Localized {
    Localized(
      "Cannot read \(path) (\(reason)); starting without earlier progress.",
      "无法读取 \(path)（\(reason)）；本次从头开始。")
  }

  private static func unsaved(_ path: String, _ reason: String) -> Localized {
    Localized(
      "Cannot save to \(path) (\(reason)); going on, and trying again at each answer.",
      "无法保存到 \(path)（\(reason)）；可以继续学习，每次作答时会再试。")
  }

  private static let savedAgain = Localized(
    "Progress is saved again; nothing was lost.", "进度已重新保存，没有丢失。")
}

/// A variable of the process's environment; an empty one counts as absent.
public func environmentVariable(_ name: String) -> String? {
  guard let value = getenv(name), value.pointee != 0 else { return nil }
  return String(cString: value)
}
