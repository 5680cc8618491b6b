internal import Glibc

/// A recording of a terminal that asciinema plays: what was shown and when, with a marker at each place.
///
/// What was typed is never written. A recording that cannot go on, on a full disk say, ends by itself and keeps the
/// reason; the program that is recorded notices nothing.
///
/// Source: asciinema, "asciicast v3" and "asciicast v2".
public final class Cast {
  /// The versions of the format.
  public enum Version: String, Sendable, CaseIterable {
    /// Times count from the event before.
    case v3
    /// Times count from the beginning, for older players.
    case v2
  }

  /// Where the recording goes.
  public let path: String
  /// Why it ended early; nil if all was written.
  public private(set) var fault: String?
  private let version: Version
  private var descriptor: Int32
  /// When the last event was, in milliseconds; rounding never adds up.
  private var last: Int64 = 0

  /// Begins a recording.
  ///
  /// - Parameters:
  ///   - path: The file; what it held is lost.
  ///   - version: The format.
  ///   - size: The size of the screen.
  ///   - title: What players call it.
  /// - Throws: `CastError` if the file cannot be opened; one that is full from the start only has its ``fault``.
  public init(path: String, version: Version, size: Size, title: String) throws(CastError) {
    self.path = path
    self.version = version
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw CastError("\(path): cannot be written: \(String(cString: strerror(errno)))")
    }
    let name = Cast.quoted(title)
    let shape =
      switch version {
      case .v3:
        #""term": {"cols": \#(size.columns), "rows": \#(size.rows), "type": "xterm-256color"}"#
      case .v2: #""width": \#(size.columns), "height": \#(size.rows)"#
      }
    write(
      #"{"version": \#(version == .v3 ? 3 : 2), \#(shape), "idle_time_limit": 5, "title": \#(name)}"#
    )
  }

  deinit { end() }

  /// What an event is.
  enum Code: String {
    case output = "o"
    case marker = "m"
    case resize = "r"
  }

  /// Writes an event.
  func add(_ code: Code, _ text: String, at time: Duration) {
    let now = max(time.milliseconds, last)
    let shown = version == .v3 ? now - last : now
    last = now
    write("[\(Double(shown) / 1000), \"\(code.rawValue)\", \(Cast.quoted(text))]")
  }

  /// Closes the file; nothing can be added afterwards.
  public func end() {
    guard descriptor >= 0 else { return }
    if close(descriptor) != 0, fault == nil { fault = String(cString: strerror(errno)) }
    descriptor = -1
  }

  /// One line, with one write, so that a torn recording ends between events.
  private func write(_ line: String) {
    guard descriptor >= 0, fault == nil else { return }
    var rest = Array((line + "\n").utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        fault = String(cString: strerror(errno))
        return
      }
      rest = rest.dropFirst(count)
    }
  }

  /// A string as JSON writes it.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case "\u{0}"..<"\u{20}", "\u{7F}"..."\u{9F}":
        let code = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}

/// Why a recording could not begin, in one sentence.
public struct CastError: Error, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  init(_ description: String) { self.description = description }
}

extension Duration {
  /// Whole milliseconds.
  var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
