import Glibc
import TUI

/// Shows what the terminal reports, and does what tests ask for.
struct EchoProgram: Program {
  enum Message: Sendable {
    case event(TerminalEvent)
    case counted(Int)
  }

  private let capabilities: String
  private var lastKey = "-"
  private var typed = ""
  private var pasted = "-"
  private var mouse = "-"
  private var wheel = 0
  private var size = Size(columns: 0, rows: 0)
  private var resumed = 0
  private var count = 0
  private(set) var isFinished = false

  init(terminal: NCursesTerminal) {
    let set = terminal.glyphs.isASCII ? "ascii" : "unicode"
    capabilities = "entry \(terminal.entry), depth \(terminal.depth), \(set)"
  }

  func message(for event: TerminalEvent) -> Message? { .event(event) }

  mutating func update(_ message: Message) -> [Effect<Message>] {
    switch message {
    case .counted(let number):
      count = number
      return []
    case .event(.key(let key)): return press(key)
    case .event(.paste(let text)): pasted = text
    case .event(.mouse(let event)):
      mouse = "\(event.action) \(event.row),\(event.column)"
      wheel += event.action == .wheelDown ? 1 : event.action == .wheelUp ? -1 : 0
    case .event(.resize(let size)): self.size = size
    case .event(.resumed): resumed += 1
    case .event(.caption), .event(.recordingEnded), .event(.terminate), .event(.hungUp): break
    }
    return []
  }

  private mutating func press(_ key: Key) -> [Effect<Message>] {
    lastKey = key.name
    switch key {
    case .ctrl("c"): isFinished = true
    case .function(2): preconditionFailure("crashed on demand 崩溃")
    case .function(3): return [EchoProgram.countForEver]
    case .function(4): EchoProgram.compute()
    case .char(let character): typed.append(character)
    case .backspace: _ = typed.popLast()
    default: break
    }
    return []
  }

  /// Posts numbers as fast as it can until it is cancelled.
  private static let countForEver: Effect<Message> = { mailbox in
    var number = 0
    while !Task.isCancelled {
      number += 1
      mailbox.post(.counted(number))
      await Task.yield()
    }
  }

  /// Takes longer than a key should.
  private static func compute() {
    let end = ContinuousClock.now + .milliseconds(400)
    while ContinuousClock.now < end {}
  }

  func view(on canvas: inout Canvas) {
    canvas.write("窗口注意力 probe \(getpid())", row: 0, column: 0, style: Style(.title))
    let lines = [
      capabilities, "key: \(lastKey)", "typed: \(typed)", "pasted: \(pasted)",
      "mouse: \(mouse) wheel \(wheel)", "size: \(size.columns)x\(size.rows)",
      "resumed: \(resumed)", "counting: \(count > 0)",
    ]
    for (index, line) in lines.enumerated() { canvas.write(line, row: index + 1, column: 0) }
    let ramp = HeatMap(values: (0..<32).map(Float.init), rows: 2, columns: 16)
    if canvas.depth.hasRamps {
      ramp.draw(on: &canvas, in: Rect(column: 0, row: 9, columns: 20, rows: 2))
    }
    canvas.write(
      "Ctrl-C quit", row: canvas.size.rows - 1, column: 0, style: Style(.selected))
  }
}
