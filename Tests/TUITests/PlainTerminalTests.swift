import Glibc
import Testing

@testable import TUI

@Suite struct PlainTerminalTests {
  @Test func framesAreTextAndLinesAreKeys() throws {
    var (input, output): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    try #require(pipe(&input) == 0 && pipe(&output) == 0)
    defer { (input + output).forEach { close($0) } }
    var terminal = PlainTerminal(
      size: Size(columns: 6, rows: 2), glyphs: .ascii, input: input[0], output: output[1])
    var canvas = Canvas(size: terminal.size, glyphs: .ascii, depth: .mono)
    canvas.write("窗 a", row: 0, column: 0)
    terminal.show(canvas)
    terminal.show(canvas)
    var bytes = [UInt8](repeating: 0, count: 100)
    let count = read(output[0], &bytes, bytes.count)
    #expect(String(decoding: bytes[..<count], as: UTF8.self) == "窗 a\n======\n")

    let text = "Down\n\nab\nhal"
    _ = write(input[1], text, text.utf8.count)
    let signal = WakeSignal()
    #expect(
      terminal.events(wakingOn: signal, timeout: nil)
        == [.key(.down), .key(.enter), .key(.char("a")), .key(.char("b"))])
    #expect(terminal.events(wakingOn: signal, timeout: 0).isEmpty)
    close(input[1])
    input[1] = -1
    #expect(
      terminal.events(wakingOn: signal, timeout: nil)
        == [.key(.char("h")), .key(.char("a")), .key(.char("l")), .hungUp])
  }

  @Test func aSignalEndsTheWait() throws {
    var input: [Int32] = [-1, -1]
    try #require(pipe(&input) == 0)
    defer { input.forEach { close($0) } }
    var terminal = PlainTerminal(input: input[0], output: -1)
    let signal = WakeSignal()
    signal.raise()
    #expect(terminal.events(wakingOn: signal, timeout: nil).isEmpty)
  }
}
