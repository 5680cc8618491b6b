import TUI
import Testing

@Suite(.serialized, .timeLimit(.minutes(1))) struct OpeningTests {
  private let probe = BuiltProgram.path("TerminalProbe")

  @Test(arguments: [
    (["TERM": "nonsense"], "error: TERM=nonsense is not known on this machine;"),
    (["TERM": ""], "error: TERM=(not set) is not known"),
    (["TERM": "dumb"], "error: TERM=dumb cannot move the cursor;"),
  ])
  func anUnusableTerminalIsOneClearLine(environment: [String: String], line: String) throws {
    let session = try PtySession(
      probe, ["echo"], environment: environment, size: Size(columns: 200, rows: 10))
    #expect(try session.waitForEnd() == .exited(1))
    #expect(session.emulator.text.hasPrefix(line))
    #expect(!session.emulator.text.contains("\n"))
    #expect(session.isTerminalSane)
  }

  @Test(arguments: [("</dev/null", "standard input"), ("| cat", "standard output")])
  func aPipeIsNoTerminal(redirection: String, stream: String) throws {
    let session = try PtySession(
      "/bin/sh", ["-c", "\(probe) echo \(redirection)"], size: Size(columns: 200, rows: 10))
    _ = try session.waitForEnd()
    #expect(session.emulator.text.hasPrefix("error: \(stream) is not a terminal;"))
    #expect(!session.emulator.text.contains("\n"))
  }

  @Test(arguments: [
    (["TERM": "xterm-256color"], [], "entry xterm-256color, depth indexed256, unicode"),
    (["TERM": "tmux-256color"], [], "entry tmux-256color, depth indexed256, unicode"),
    (["TERM": "screen"], [], "entry screen, depth ansi16, unicode"),
    (["TERM": "linux"], [], "entry linux, depth ansi16, unicode"),
    (["TERM": "vt100"], [], "entry vt100, depth mono, unicode"),
    (["TERM": "xterm"], [], "entry xterm, depth ansi16, unicode"),
    (["NO_COLOR": "1"], [], "entry xterm-256color, depth mono, unicode"),
    (["NO_COLOR": ""], [], "entry xterm-256color, depth indexed256, unicode"),
    (["NO_COLOR": "1"], ["--color=256"], "entry xterm-256color, depth indexed256, unicode"),
    ([:], ["--color=16"], "entry xterm-256color, depth ansi16, unicode"),
    (["TERM": "xterm"], ["--color=256"], "entry xterm-256color, depth indexed256, unicode"),
    (["LANG": "C"], [], "entry xterm-256color, depth indexed256, ascii"),
    (["LANG": "C.UTF-8", "LC_ALL": "POSIX"], [], "entry xterm-256color, depth indexed256, ascii"),
    (["LANG": "qq_QQ.UTF-8"], [], "entry xterm-256color, depth indexed256, unicode"),
    (["LANG": ""], [], "entry xterm-256color, depth indexed256, unicode"),
    ([:], ["--ascii"], "entry xterm-256color, depth indexed256, ascii"),
  ])
  func theScreenIsWhatTheEnvironmentAllows(
    environment: [String: String], arguments: [String], line: String
  ) throws {
    let session = try PtySession(probe, ["echo"] + arguments, environment: environment)
    try session.wait(for: "Ctrl-C quit")
    #expect(session.emulator.line(1) == line)
    session.press(.ctrl("c"))
    #expect(try session.waitForEnd() == .exited(0))
    #expect(session.isTerminalSane)
  }

  @Test func trueColourIsNeverClaimedWithoutAnEntryForIt() throws {
    let session = try PtySession(probe, ["echo"], environment: ["COLORTERM": "truecolor"])
    try session.wait(for: "Ctrl-C quit")
    let line = session.emulator.line(1)
    #expect(
      line == "entry xterm-256color, depth indexed256, unicode"
        || line == "entry xterm-direct, depth trueColor, unicode")
  }

  @Test func wideTextTakesItsColumnsInALocaleWithoutIt() throws {
    let session = try PtySession(probe, ["echo"], environment: ["LC_ALL": "C"])
    try session.wait(for: "Ctrl-C quit")
    #expect(session.emulator.line(0).hasPrefix("?????????? probe "))
  }

  @Test func coloursReachTheScreen() throws {
    let session = try PtySession(probe, ["echo"])
    try session.wait(for: "Ctrl-C quit")
    let first = session.emulator.grid[10][1]
    #expect(first.text == "▀")
    #expect(first.foreground == "5;53")
    #expect(session.emulator.grid[23][0].isReversed)
    #expect(session.emulator.grid[0][0].isBold)
  }

  @Test func theFirstFrameHidesTheCursorAndUsesTheAlternateScreen() throws {
    let session = try PtySession(probe, ["echo"])
    try session.wait(for: "Ctrl-C quit")
    #expect(session.emulator.isAlternate)
    #expect(!session.emulator.modes.contains(25))
  }
}
