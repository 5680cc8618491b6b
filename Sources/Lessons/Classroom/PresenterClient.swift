import Glibc

/// The other end of a presenter's socket: a follower's, or a remote's.
public enum PresenterClient {
  /// What a follower learns.
  enum News: Sendable {
    /// The presenter shows this now.
    case view(SharedView)
    /// The presentation is over, or not there yet; with the reason.
    case gone(String)
  }

  /// Sends one command and waits for the answer.
  ///
  /// - Throws: `ClassroomError` if nobody presents, or the command is refused.
  public static func control(_ words: [String]) throws(ClassroomError) {
    try control(words, at: ClassroomSocket.path())
  }

  static func control(_ words: [String], at path: String) throws(ClassroomError) {
    _ = try ControlCommand(words)
    let descriptor = try ClassroomSocket.connect(to: path)
    defer { close(descriptor) }
    write(ClassroomMessage(command: words), to: descriptor)
    var buffer = LineBuffer()
    while wait(descriptor, milliseconds: 5000) {
      guard let lines = readLines(descriptor, &buffer) else { break }
      guard let message = lines.first.flatMap({ ClassroomMessage(line: $0) }) else { continue }
      if let reason = message.refusal { throw ClassroomError(reason) }
      return
    }
    throw ClassroomError("the presenter did not answer")
  }

  /// Follows a presenter until the task is cancelled; looks for one again and again when there is none.
  static func follow(at path: String, _ report: (News) -> Void) async {
    while !Task.isCancelled {
      do throws(ClassroomError) {
        let descriptor = try ClassroomSocket.connect(to: path)
        defer { close(descriptor) }
        write(ClassroomMessage(role: "follow"), to: descriptor)
        var buffer = LineBuffer()
        while !Task.isCancelled {
          guard wait(descriptor, milliseconds: 200) else { continue }
          guard let lines = readLines(descriptor, &buffer) else { break }
          for message in lines.compactMap({ ClassroomMessage(line: $0) }) {
            if let reason = message.refusal ?? message.versionFault { throw ClassroomError(reason) }
            if let view = message.view { report(.view(view)) }
          }
        }
        report(.gone("the presentation is over"))
      } catch {
        report(.gone(error.description))
      }
      try? await Task.sleep(for: .seconds(1))
    }
  }

  private static func wait(_ descriptor: Int32, milliseconds: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, milliseconds) > 0
  }

  /// The complete lines that are there; nil when the other side has closed, or sends what is no message.
  private static func readLines(_ descriptor: Int32, _ buffer: inout LineBuffer) -> [[UInt8]]? {
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(descriptor, &bytes, bytes.count)
    if count < 0, errno == EAGAIN || errno == EINTR { return [] }
    return count > 0 ? buffer.add(bytes[..<count]) : nil
  }

  private static func write(_ message: ClassroomMessage, to descriptor: Int32) {
    let line = message.line
    // A few hundred bytes always fit into a fresh socket's buffer.
    _ = send(descriptor, line, line.count, Int32(MSG_NOSIGNAL))
  }
}
