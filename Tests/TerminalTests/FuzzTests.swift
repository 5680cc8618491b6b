import TUI
import Testing

@testable import TerminalProbe

@Suite(.serialized, .timeLimit(.minutes(2))) struct FuzzTests {
  @Test(arguments: ["xterm-256color", "tmux-256color"], [1, 2, 3])
  func theTerminalShowsWhatTheCanvasSays(term: String, seed: Int) throws {
    let size = Size(columns: 61, rows: 24)
    let session = try PtySession(
      BuiltProgram.path("TerminalProbe"), ["fuzz", "\(seed)"], environment: ["TERM": term],
      size: size)
    var frames = FuzzFrames(seed: UInt64(seed))
    for number in 1...60 {
      var canvas = Canvas(size: size, depth: .indexed256)
      FuzzFrames.draw(frames.next(), on: &canvas)
      // The last cell of the screen stays blank, and a wide character there with it.
      let lastLine = Self.withoutLastColumn(canvas, row: size.rows - 1)
      try session.wait(
        until: { emulator in
          (0..<size.rows - 1).allSatisfy { emulator.line($0) == canvas.text(ofRow: $0) }
            && emulator.line(size.rows - 1) == lastLine
        }, seconds: 10, "frame \(number) of seed \(seed):\n\(canvas.text)\non this screen")
      session.send("n")
    }
    session.press(.ctrl("c"))
    #expect(try session.waitForEnd() == .exited(0))
    #expect(session.emulator.unknown.isEmpty)
  }

  private static func withoutLastColumn(_ canvas: Canvas, row: Int) -> String {
    let last = canvas.fullSize.columns - 1
    var line = ""
    for column in 0..<last {
      let cell = canvas.cell(row: row, column: column)
      line += column + Int(cell.width) > last ? " " : cell.text
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}
