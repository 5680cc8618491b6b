import CNCurses
import Glibc
import TUI

/// A program in a pseudo-terminal, with an emulator on the other side.
///
/// Waits are for what shows on the screen, never for time; one that is in vain throws the screen. They are patient, because
/// programs of many tests start side by side.
final class PtySession {
  /// How a program ended.
  enum Ending: Equatable {
    case exited(Int32)
    case killed(signal: Int32)
  }

  struct Timeout: Error, CustomStringConvertible {
    let description: String
  }

  private(set) var emulator: TerminalEmulator
  let process: Int32
  private var master: Int32
  private var ending: Ending?
  private var isOver = false

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - path: The executable.
  ///   - arguments: The arguments after the name.
  ///   - environment: Added to `TERM=xterm-256color`, `LANG=C.UTF-8` and a search path; nothing is
  ///     inherited.
  ///   - size: The size of the screen.
  /// - Throws: A ``Timeout`` if there is no pseudo-terminal to be had.
  init(
    _ path: String, _ arguments: [String] = [], environment: [String: String] = [:],
    size: Size = Size(columns: 80, rows: 24)
  ) throws {
    emulator = TerminalEmulator(size: size)
    var all = [
      "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin",
      // On a terminal Swift's backtracer waits half a minute for a key.
      "SWIFT_BACKTRACE": "enable=no",
    ]
    all.merge(environment) { _, new in new }
    let argumentPointers = ([path] + arguments).map { strdup($0) }
    let environmentPointers = all.map { strdup("\($0.key)=\($0.value)") }
    defer { (argumentPointers + environmentPointers).forEach { free($0) } }
    var descriptor: Int32 = -1
    process = pty_spawn(
      path, argumentPointers + [nil], environmentPointers + [nil], Int32(size.rows),
      Int32(size.columns), &descriptor)
    master = descriptor
    guard process > 0 else {
      throw Timeout(description: "\(path) cannot be started: \(String(cString: strerror(errno)))")
    }
  }

  deinit {
    // A program that never started has the number -1, which would mean every process there is.
    if process > 0, ending == nil {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    closeMaster()
  }

  // MARK: Doing

  func send(_ text: String) {
    send(Array(text.utf8))
  }

  func send(_ bytes: [UInt8]) {
    _ = write(master, bytes, bytes.count)
  }

  /// Sends keys as xterm does.
  func press(_ keys: Key...) {
    for key in keys { send(Self.sequence(key)) }
  }

  func resize(_ size: Size) {
    emulator.resize(size)
    _ = pty_resize(master, Int32(size.rows), Int32(size.columns))
  }

  func signal(_ number: Int32) {
    if process > 0, ending == nil { kill(process, number) }
  }

  /// Takes the terminal away, as closing its window does.
  func closeMaster() {
    if master >= 0 { close(master) }
    master = -1
  }

  // MARK: Waiting

  /// Reads what the program writes until the screen is as wanted.
  func wait(
    until isDone: (TerminalEmulator) -> Bool, seconds: Double = 50,
    _ what: @autoclosure () -> String = "the condition"
  ) throws {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while !isDone(emulator) {
      guard ContinuousClock.now < deadline, !isOver else {
        let why = isOver ? "the program ended" : "\(seconds) s passed"
        throw Timeout(description: "\(why) before \(what()) on this screen:\n\(emulator.text)")
      }
      readOutput()
    }
  }

  /// Waits until a text shows.
  func wait(for text: String, seconds: Double = 50) throws {
    try wait(until: { $0.text.contains(text) }, seconds: seconds, "«\(text)»")
  }

  /// Waits until the program has ended.
  func waitForEnd(seconds: Double = 50) throws -> Ending {
    if let ending { return ending }
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      if master >= 0, !isOver { readOutput() }
      var status: Int32 = 0
      if waitpid(process, &status, master >= 0 && !isOver ? WNOHANG : 0) == process {
        let result: Ending =
          status & 0x7F == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: status & 0x7F)
        ending = result
        while master >= 0, !isOver { readOutput() }
        return result
      }
      guard ContinuousClock.now < deadline else {
        throw Timeout(description: "\(seconds) s passed before the end:\n\(emulator.text)")
      }
    }
  }

  /// Whether a shell that came next would find the terminal as it should be.
  var isTerminalSane: Bool {
    emulator.isRestored && pty_is_sane(master) == 1
  }

  /// Whether lines are edited and echoed: what a full-screen program turns off.
  var hasLineModes: Bool { pty_is_sane(master) == 1 }

  /// Reads what there is, or waits a moment for something to come.
  private func readOutput() {
    var entry = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, 20) > 0 else { return }
    var chunk = [UInt8](repeating: 0, count: 65536)
    let count = read(master, &chunk, chunk.count)
    // Linux reports the end of the other side as an error.
    guard count > 0 else {
      isOver = true
      return
    }
    emulator.feed(chunk[..<count])
  }

  private static func sequence(_ key: Key) -> String {
    switch key {
    case .char(let character): String(character)
    case .ctrl(let character): String(Unicode.Scalar((character.asciiValue ?? 0) & 0x1F))
    case .alt(let character): "\u{1B}\(character)"
    case .function(let number):
      [
        "\u{1B}OP", "\u{1B}OQ", "\u{1B}OR", "\u{1B}OS", "\u{1B}[15~", "\u{1B}[17~",
        "\u{1B}[18~", "\u{1B}[19~", "\u{1B}[20~", "\u{1B}[21~", "\u{1B}[23~", "\u{1B}[24~",
      ][number - 1]
    case .enter: "\r"
    case .tab: "\t"
    case .backTab: "\u{1B}[Z"
    case .backspace: "\u{7F}"
    case .delete: "\u{1B}[3~"
    case .escape: "\u{1B}"
    case .up: "\u{1B}OA"
    case .down: "\u{1B}OB"
    case .right: "\u{1B}OC"
    case .left: "\u{1B}OD"
    case .home: "\u{1B}OH"
    case .end: "\u{1B}OF"
    case .pageUp: "\u{1B}[5~"
    case .pageDown: "\u{1B}[6~"
    }
  }
}
