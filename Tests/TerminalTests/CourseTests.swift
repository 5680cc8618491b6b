import Glibc
import TUI
import Testing

/// The course itself in a pseudo-terminal, as a learner uses it.
@Suite(.serialized, .timeLimit(.minutes(2))) struct CourseTests {
  /// A directory for one test's progress, gone with it.
  private final class StateDirectory {
    let path: String

    init() throws {
      var template = Array("/tmp/vitdet-course-XXXXXX".utf8CString)
      let made = template.withUnsafeMutableBufferPointer { buffer in
        buffer.baseAddress.flatMap { mkdtemp($0) } != nil
      }
      try #require(made)
      path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
      unlink("\(path)/progress.jsonl")
      rmdir(path)
    }

    var events: String {
      guard let file = fopen("\(path)/progress.jsonl", "r") else { return "" }
      defer { fclose(file) }
      var bytes = [UInt8](repeating: 0, count: 1 << 20)
      let count = fread(&bytes, 1, bytes.count, file)
      return String(decoding: bytes[..<count], as: UTF8.self)
    }
  }

  private let state: StateDirectory

  init() throws { state = try StateDirectory() }

  private func start(
    _ arguments: [String] = [], size: Size = Size(columns: 80, rows: 24),
    environment: [String: String] = [:]
  ) throws -> PtySession {
    try PtySession(
      BuiltProgram.path("vitdet"), ["learn", "--state", state.path] + arguments,
      environment: environment, size: size)
  }

  @Test func theCourseOpensAtTheListAndLeavesASaneTerminal() throws {
    let session = try start()
    try session.wait(for: "Window partition")
    session.press(.char("q"))
    #expect(try session.waitForEnd() == .exited(0))
    #expect(session.isTerminalSane)
    #expect(session.emulator.unknown.isEmpty)
  }

  @Test func aWrongAnswerIsNamedAndARightOneFollows() throws {
    let session = try start(["windows"])
    try session.wait(for: "How many windows")
    session.send("4")
    session.press(.enter)
    // The rule that gives four keeps full windows only.
    try session.wait(for: "Your answer")
    #expect(!session.emulator.text.contains("✓"))
    session.press(.enter)
    try session.wait(for: "Nothing is checked yet")
    session.send("9")
    session.press(.enter)
    try session.wait(for: "✓ Right")
    session.press(.ctrl("c"))
    #expect(try session.waitForEnd() == .exited(0))
    let events = state.events.split(separator: "\n")
    #expect(events.contains { $0.contains(#""misconception":"drops-the-rest""#) })
    #expect(events.contains { $0.contains(#""attempt":2"#) && $0.contains(#""right":true"#) })
  }

  @Test func aMaskIsPaintedAndGraded() throws {
    let session = try start(["windows", "--ascii"])
    try session.wait(for: "How many windows")
    session.press(.pageDown)
    try session.wait(for: "OBSERVE")
    session.press(.pageDown)
    try session.wait(for: "painted 0")
    // The query is (1,15): go to the window's first column and its first row, then paint its six rows.
    session.press(.up, .left, .left, .left)
    for row in 0..<6 {
      for column in 0..<6 {
        session.press(.space)
        if column < 5 { session.press(.right) }
      }
      if row < 5 { session.press(.down, .left, .left, .left, .left, .left) }
    }
    try session.wait(for: "painted 36")
    session.press(.enter)
    try session.wait(for: "+ Right")
    session.press(.ctrl("c"))
    #expect(try session.waitForEnd() == .exited(0))
  }

  @Test func theScreenFollowsTheTerminalsSize() throws {
    let session = try start(["windows"])
    try session.wait(for: "How many windows")
    session.resize(Size(columns: 60, rows: 20))
    try session.wait(until: { $0.size.columns == 60 && $0.line(19).contains("keys") })
    session.resize(Size(columns: 30, rows: 8))
    try session.wait(for: "needs 40x12, has 30x8")
    session.press(.char("4"))
    session.resize(Size(columns: 80, rows: 24))
    // Keys did nothing while the window was too small.
    try session.wait(until: { $0.text.contains("How many windows") && $0.line(23).contains("keys") }
    )
    #expect(!session.emulator.text.contains("4 windows"))
    session.press(.char("q"))
    #expect(try session.waitForEnd() == .exited(0))
    #expect(session.isTerminalSane)
  }

  @Test func suspendingGivesTheTerminalBackAndResumingRepaints() throws {
    let session = try PtySession(
      "/bin/bash", ["--norc", "--noprofile", "-i"], environment: ["PS1": "shell> "])
    try session.wait(for: "shell>")
    session.send("\(BuiltProgram.path("vitdet")) learn windows --state \(state.path)\r")
    try session.wait(for: "How many windows")
    session.press(.ctrl("z"))
    try session.wait(for: "Stopped")
    // The shell has its own input modes; the screen and the cursor must be back.
    #expect(!session.emulator.isAlternate && session.emulator.modes.contains(25))
    session.send("fg\r")
    try session.wait(until: { $0.isAlternate && $0.text.contains("How many windows") })
    session.press(.char("q"))
    try session.wait(until: { !$0.isAlternate && $0.text.hasSuffix("shell>") })
  }

  @Test func aTerminationSignalSavesAndResumesThere() throws {
    let first = try start(["windows"])
    try first.wait(for: "How many windows")
    first.press(.pageDown)
    try first.wait(for: "OBSERVE")
    first.signal(SIGTERM)
    #expect(try first.waitForEnd() == .exited(143))
    #expect(first.isTerminalSane)
    try expectResumedAtTheMap()
  }

  @Test func killingLosesNothing() throws {
    let first = try start(["windows"])
    try first.wait(for: "How many windows")
    first.press(.pageDown)
    try first.wait(for: "OBSERVE")
    // The event is on the disk before long; nothing else tells.
    try first.wait(until: { _ in self.state.events.contains("windows.map") }, "the saved step")
    first.signal(SIGKILL)
    #expect(try first.waitForEnd() == .killed(signal: SIGKILL))
    try expectResumedAtTheMap()
  }

  private func expectResumedAtTheMap() throws {
    let second = try start()
    try second.wait(for: "step 2 of")
    second.press(.enter)
    try second.wait(for: "OBSERVE")
    second.press(.char("q"))
    #expect(try second.waitForEnd() == .exited(0))
  }

  @Test func aTerminalThatGoesAwayEndsTheCourseWithinASecond() throws {
    let session = try start(["windows"])
    try session.wait(for: "How many windows")
    let start = ContinuousClock.now
    session.closeMaster()
    #expect(try session.waitForEnd(seconds: 5) == .exited(129))
    #expect(start.duration(to: .now) < .seconds(1))
  }

  @Test func bothLanguagesStandAtTheSamePlace() throws {
    let session = try start(["windows"])
    try session.wait(for: "How many windows")
    session.press(.char("L"))
    try session.wait(for: "一共有多少个窗口")
    session.press(.char("L"))
    try session.wait(for: "How many windows")
    session.press(.char("q"))
    #expect(try session.waitForEnd() == .exited(0))
  }

  @Test func anUnknownTerminalIsToldInOneLine() throws {
    let session = try start(environment: ["TERM": "nonsense"])
    #expect(try session.waitForEnd() == .exited(1))
    let lines = session.emulator.text.split(separator: "\n")
    #expect(lines.first?.hasPrefix("error: TERM=nonsense") == true)
  }

  @Test func progressThatCannotBeSavedIsToldOnceAndTheCourseGoesOn() throws {
    let session = try PtySession(
      BuiltProgram.path("vitdet"), ["learn", "windows", "--state", "/proc/nowhere"])
    try session.wait(for: "Cannot save")
    session.press(.char("9"), .enter)
    try session.wait(for: "✓ Right")
    // The bottom line comes last, so the frame is whole.
    try session.wait(for: "next step")
    #expect(!session.emulator.text.contains("Cannot save"))
    session.press(.ctrl("c"))
    #expect(try session.waitForEnd() == .exited(1))
    #expect(session.isTerminalSane)
    #expect(session.emulator.text.contains("could not be saved"))
  }
}
