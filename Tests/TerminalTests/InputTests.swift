import TUI
import Testing

@Suite(.serialized, .timeLimit(.minutes(1))) struct InputTests {
  private func start(
    _ environment: [String: String] = [:], size: Size = Size(columns: 80, rows: 24)
  ) throws -> PtySession {
    let session = try PtySession(
      BuiltProgram.path("TerminalProbe"), ["echo"], environment: environment, size: size)
    try session.wait(for: "Ctrl-C quit")
    return session
  }

  private func quit(_ session: PtySession) throws {
    session.press(.ctrl("c"))
    #expect(try session.waitForEnd() == .exited(0))
    #expect(session.isTerminalSane)
    #expect(session.emulator.unknown.isEmpty)
  }

  @Test func charactersArriveHoweverTheyAreSplit() throws {
    let session = try start()
    session.send("hé你")
    try session.wait(for: "typed: hé你")
    let bytes = Array("窗".utf8)
    for count in 1...2 {
      // The answer to a signal proves that the first part was read alone.
      session.send(Array(bytes[..<count]))
      session.resize(Size(columns: 70 + count, rows: 24))
      try session.wait(for: "size: \(70 + count)x24")
      session.send(Array(bytes[count...]))
      let shown = "typed: hé你" + String(repeating: "窗", count: count) + "\n"
      try session.wait(for: shown)
    }
    session.press(.backspace)
    session.send("\u{7F}x")
    try session.wait(for: "typed: hé你x")
    try quit(session)
  }

  @Test func keysArriveInEverySpelling() throws {
    let spellings = [
      ("\u{1B}OA", "Up"), ("\u{1B}OB", "Down"), ("\u{1B}[A", "Up"), ("\u{1B}[B", "Down"),
      ("\u{1B}[C", "Right"), ("\u{1B}OD", "Left"), ("\u{1B}[H", "Home"), ("\u{1B}OF", "End"),
      ("\u{1B}[5~", "PgUp"), ("\u{1B}[6~", "PgDn"), ("\u{1B}[3~", "Del"),
      ("\u{1B}[Z", "Shift-Tab"), ("\u{1B}OP", "F1"), ("\u{1B}[24~", "F12"), ("\r", "Enter"),
      ("\t", "Tab"), (" ", "Space"), ("\u{1B}", "Esc"), ("\u{1B}x", "Alt-x"),
      ("\u{4}", "Ctrl-D"), ("\u{13}", "Ctrl-S"),
    ]
    let session = try start()
    for (sequence, name) in spellings {
      session.send(sequence)
      try session.wait(for: "key: \(name)\n")
    }
    try quit(session)
  }

  @Test func pastedTextArrivesWhole() throws {
    let session = try start()
    #expect(session.emulator.modes.contains(2004))
    session.send("\u{1B}[200~粘贴 two\rlines\u{1B}[201~")
    try session.wait(for: "pasted: 粘贴 two lines")
    #expect(session.emulator.text.contains("typed:\n"))
    try quit(session)
  }

  @Test func theMouseReportsPressesAndTheWheel() throws {
    let session = try start()
    session.send("\u{1B}[<0;5;3M")
    try session.wait(for: "mouse: press 2,4 wheel 0")
    session.send("\u{1B}[<65;5;5M\u{1B}[<65;5;5M\u{1B}[<64;5;5M")
    try session.wait(for: "wheel 1")
    try quit(session)
  }

  @Test func aResizeIsFollowedAtOnce() throws {
    let session = try start()
    session.resize(Size(columns: 40, rows: 12))
    try session.wait(for: "size: 40x12")
    try session.wait(until: { $0.line(11) == "Ctrl-C quit" })
    session.resize(Size(columns: 200, rows: 60))
    try session.wait(until: { $0.line(59) == "Ctrl-C quit" && $0.text.contains("200x60") })
    session.resize(Size(columns: 1, rows: 1))
    session.resize(Size(columns: 80, rows: 24))
    try session.wait(until: { $0.line(23) == "Ctrl-C quit" && $0.text.contains("80x24") })
    try quit(session)
  }

  @Test func keysTypedDuringALongComputationAreDropped() throws {
    let session = try start()
    session.press(.function(4), .char("a"), .char("b"))
    try session.wait(for: "key: F4")
    session.send("z")
    try session.wait(for: "typed: z\n")
    try quit(session)
  }

  @Test func effectsAreDrawnWhileKeysAreAnswered() throws {
    let session = try start()
    session.press(.function(3))
    try session.wait(for: "counting: true")
    session.send("quick")
    try session.wait(for: "typed: quick")
    try quit(session)
  }
}
