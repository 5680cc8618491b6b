import Glibc
import TUI
import Testing

@Suite(.serialized, .timeLimit(.minutes(1))) struct EndingTests {
  private func start(_ environment: [String: String] = [:]) throws -> PtySession {
    let session = try PtySession(
      BuiltProgram.path("TerminalProbe"), ["echo"], environment: environment)
    try session.wait(for: "Ctrl-C quit")
    return session
  }

  @Test func aTerminationSignalLeavesASaneTerminal() throws {
    let session = try start()
    #expect(!session.hasLineModes)
    session.signal(SIGTERM)
    #expect(try session.waitForEnd() == .exited(143))
    #expect(session.isTerminalSane)
    #expect(session.emulator.text.contains("bye: terminated(signal: 15)"))
  }

  @Test func aHangUpEndsTheProgram() throws {
    let session = try start()
    session.signal(SIGHUP)
    #expect(try session.waitForEnd() == .exited(129))
    #expect(session.isTerminalSane)
  }

  @Test func aTerminalThatGoesAwayEndsTheProgramWithinASecond() throws {
    let session = try start()
    let start = ContinuousClock.now
    session.closeMaster()
    #expect(try session.waitForEnd(seconds: 5) == .exited(129))
    #expect(start.duration(to: .now) < .seconds(1))
  }

  @Test func aTerminalThatGoesAwayEndsAProgramThatIgnoresHangUps() throws {
    let session = try PtySession(
      "/bin/sh", ["-c", "trap '' HUP; exec \(BuiltProgram.path("TerminalProbe")) echo"])
    try session.wait(for: "Ctrl-C quit")
    let start = ContinuousClock.now
    session.closeMaster()
    #expect(try session.waitForEnd(seconds: 5) == .exited(129))
    #expect(start.duration(to: .now) < .seconds(1))
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGBUS])
  func aCrashLeavesASaneTerminal(signal: Int32) throws {
    let session = try start()
    session.signal(signal)
    #expect(try session.waitForEnd() == .killed(signal: signal))
    #expect(session.isTerminalSane)
  }

  @Test func aTrapKeepsItsMessage() throws {
    // Room for the message above Swift's own report.
    let session = try PtySession(
      BuiltProgram.path("TerminalProbe"), ["echo"], size: Size(columns: 200, rows: 60))
    try session.wait(for: "Ctrl-C quit")
    session.press(.function(2))
    let ending = try session.waitForEnd()
    #expect(ending == .killed(signal: SIGILL) || ending == .killed(signal: SIGTRAP))
    #expect(session.isTerminalSane)
    #expect(session.emulator.text.contains("crashed on demand 崩溃"))
  }

  @Test func aShellCanStopAndContinueIt() throws {
    let session = try PtySession(
      "/bin/bash", ["--norc", "--noprofile", "--noediting", "-i"], environment: ["PS1": "ready> "])
    try session.wait(for: "ready>")
    session.send(BuiltProgram.path("TerminalProbe") + " echo\n")
    try session.wait(for: "Ctrl-C quit")
    session.send("before")
    try session.wait(for: "typed: before")
    session.press(.ctrl("z"))
    try session.wait(for: "Stopped")
    #expect(session.emulator.isRestored)
    session.resize(Size(columns: 60, rows: 20))
    session.send("fg\n")
    try session.wait(for: "resumed: 1")
    try session.wait(for: "size: 60x20")
    session.send("+after")
    try session.wait(for: "typed: before+after")
    session.send("\u{1B}[200~pasted again\u{1B}[201~")
    try session.wait(for: "pasted: pasted again")
    session.press(.ctrl("c"))
    try session.wait(for: "bye: finished")
    try session.wait(until: { $0.isRestored })
    session.send("exit\n")
    #expect(try session.waitForEnd() == .exited(0))
  }

  @Test func aStopThatCannotBeCaughtIsSurvived() throws {
    let session = try PtySession(
      "/bin/bash", ["--norc", "--noprofile", "--noediting", "-i"], environment: ["PS1": "ready> "])
    try session.wait(for: "ready>")
    session.send(BuiltProgram.path("TerminalProbe") + " echo\n")
    try session.wait(for: "Ctrl-C quit")
    let title = session.emulator.line(0)
    let process = try #require(title.split(separator: " ").last.flatMap { Int32($0) })
    try #require(process > 1)
    kill(process, SIGSTOP)
    try session.wait(for: "Stopped")
    session.send("fg\n")
    try session.wait(for: "resumed: 1")
    session.send("alive")
    try session.wait(for: "typed: alive")
    session.press(.ctrl("c"))
    try session.wait(for: "bye: finished")
    session.send("exit\n")
    #expect(try session.waitForEnd() == .exited(0))
  }
}
