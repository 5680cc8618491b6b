internal import Glibc

/// A terminal for pipes and screen readers: every changed frame is written as text, and every line
/// of input names a key (`Enter`, `Down`, `a`); any other line is typed.
public struct PlainTerminal: Terminal {
  /// The size of every frame.
  public let size: Size
  /// The drawing characters.
  public let glyphs: Glyphs
  /// No colours.
  public let depth = ColorDepth.mono
  private let input: Int32
  private let output: Int32
  private var shown = ""
  private var buffer: [UInt8] = []

  /// Creates a terminal of a size on two descriptors, standard input and output unless told.
  public init(
    size: Size = Size(columns: 80, rows: 24), glyphs: Glyphs = .unicode, input: Int32 = 0,
    output: Int32 = 1
  ) {
    self.size = size
    self.glyphs = glyphs
    self.input = input
    self.output = output
  }

  /// Shows a frame.
  public mutating func show(_ canvas: Canvas) {
    guard canvas.text != shown else { return }
    shown = canvas.text
    let line = String(repeating: glyphs.isASCII ? "=" : "═", count: size.columns)
    writeAll(Array((shown + "\n" + line + "\n").utf8))
  }

  /// Waits for something to report and returns all there is.
  public mutating func events(wakingOn signal: WakeSignal, timeout: Int?) -> [TerminalEvent] {
    var entries = [
      pollfd(fd: input, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signal.readEnd, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&entries, 2, timeout.map(Int32.init(clamping:)) ?? -1) > 0 else { return [] }
    guard entries[0].revents != 0 else { return [] }
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = read(input, &chunk, chunk.count)
    guard count > 0 else {
      let rest = takeRest()
      return (rest.isEmpty ? [] : PlainTerminal.events(ofLine: rest)) + [.hungUp]
    }
    buffer += chunk[..<count]
    var events: [TerminalEvent] = []
    while let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
      let line = String(decoding: buffer[..<end], as: UTF8.self)
      buffer.removeSubrange(...end)
      events += PlainTerminal.events(ofLine: line)
    }
    return events
  }

  /// Forgets what was typed and not yet reported.
  public mutating func dropPendingKeys() { buffer = [] }

  /// What a line of input means: a key's name, or else text; an empty line is Enter.
  static func events(ofLine line: String) -> [TerminalEvent] {
    if line.isEmpty { return [.key(.enter)] }
    if let key = Key(named: line) { return [.key(key)] }
    return line.map { .key(.char($0)) }
  }

  private mutating func takeRest() -> String {
    defer { buffer = [] }
    return String(decoding: buffer, as: UTF8.self)
  }

  private func writeAll(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
