import Foundation
import TUI
import Testing

@Suite(.timeLimit(.minutes(2))) struct PlayCommandTests {
  private let demo = repositoryFile("lessons/demos/windows.play")

  /// Writes a script and plays it.
  private func play(_ text: String, _ arguments: [String] = []) throws -> CommandRun {
    let folder = try TemporaryFolder()
    let path = folder.path + "/demo.play"
    try Data(text.utf8).write(to: URL(filePath: path))
    return try CommandRun(["play", path] + arguments)
  }

  /// The demonstration of the README goes through, and its recording has the steps it passes.
  @Test func theDemonstrationPlaysIntoARecording() throws {
    let folder = try TemporaryFolder()
    let cast = folder.path + "/demo.cast"
    let run = try CommandRun(["play", demo, "--record", cast])
    #expect(run.status == 0 && run.output.isEmpty && run.errors.isEmpty, "\(run.errors)")
    let lines = try String(contentsOfFile: cast, encoding: .utf8).split(separator: "\n")
    #expect(lines[0].hasPrefix(#"{"version": 3, "term": {"cols": 80, "rows": 24"#))
    #expect(lines[0].contains(#""title": "windows.play""#))
    let events = try lines.dropFirst().map {
      try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [Any])
    }
    let places = events.filter { $0[1] as? String == "m" }.compactMap { $0[2] as? String }
    #expect(places.first == "windows.start" && places.contains("windows.sees"))
    #expect(events.allSatisfy { ["o", "m"].contains($0[1] as? String) })
    // A recording is as long as the script's pauses, though it was made at once.
    #expect(events.compactMap { $0[0] as? Double }.reduce(0, +) > 20)
  }

  @Test func anExpectationThatFailsTellsLineTextAndScreen() throws {
    let run = try play("open windows\n\nexpect PREDICT\nreject PREDICT\n")
    #expect(run.status == 1)
    #expect(
      run.errors.hasPrefix("error: ")
        && run.errors.contains("demo.play:4: the screen shows “PREDICT”"))
    #expect(run.errors.split(separator: "\n").count == 1)
    #expect(run.output.contains("3 Window partition") && run.output.contains("PREDICT"))
  }

  @Test func badScriptsAreOneLine() throws {
    for (text, reason) in [
      ("jump", "demo.play:1: there is no command “jump”"),
      ("open nowhere", "there is no chapter 'nowhere'"),
      ("open windows windows.nowhere", "has no step 'windows.nowhere'"),
    ] {
      let run = try play(text)
      #expect(run.status == 1 && run.output.isEmpty && run.errors.contains(reason), "\(run.errors)")
      #expect(run.errors.split(separator: "\n").count == 1)
    }
    #expect(try CommandRun(["play", "/nope"]).errors.hasPrefix("error: /nope: cannot be opened"))
    let full = try play("open windows\nkey Down\n", ["--record", "/dev/full"])
    #expect(
      full.status == 1
        && full.errors
          == "error: /dev/full: the recording ends early: No space left on device\n"
    )
    #expect(try CommandRun(["play"]).status == 2)
  }

  @Test func aTerminalShowsTheCaptionAndCtrlCEnds() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/demo.play"
    try Data("open windows\ncaption Look at the map\nwait 600\n".utf8).write(
      to: URL(filePath: path))
    let session = try PtySession(
      BuiltProgram.path("vitdet"), ["play", path], size: Size(columns: 80, rows: 24))
    try session.wait(for: "Look at the map")
    session.press(.ctrl("c"))
    #expect(try session.waitForEnd() == .exited(0))
    #expect(session.isTerminalSane)
  }

  /// What a learner types is not in the recording, only what the screen showed.
  @Test func aLessonIsRecordedWithoutKeys() throws {
    let folder = try TemporaryFolder()
    let cast = folder.path + "/lesson.cast"
    let session = try PtySession(
      BuiltProgram.path("vitdet"),
      ["learn", "windows", "--state", folder.path, "--record", cast, "--cast", "v2"],
      size: Size(columns: 80, rows: 24))
    try session.wait(for: "PREDICT")
    session.press(.pageDown)
    try session.wait(for: "step 2/")
    session.press(.ctrl("c"))
    #expect(try session.waitForEnd() == .exited(0))
    let lines = try String(contentsOfFile: cast, encoding: .utf8).split(separator: "\n")
    #expect(lines[0].hasPrefix(#"{"version": 2, "width": 80, "height": 24"#))
    #expect(lines.contains { $0.contains(#""m", "windows.start"]"#) })
    #expect(!lines.contains { $0.contains(#", "i", "#) })
  }
}
