import Foundation
import TUI
import Testing

/// A vote in real terminals: the presenter's keys, the follower's screen, the file, and what is reported of it.
@Suite(.serialized, .timeLimit(.minutes(2))) struct AskTheRoomCommandTests: RoomSuite {
  private let folder: TemporaryFolder
  var environment: [String: String] {
    ["XDG_RUNTIME_DIR": folder.path, "XDG_STATE_HOME": folder.path + "/state"]
  }

  init() throws { folder = try TemporaryFolder() }

  @Test func aVoteReachesTheFollowerTheFileAndTheReport() throws {
    let presenter = try start(["present", "windows", "--ascii"])
    try presenter.wait(for: "part 1/")
    let follower = try start(["follow", "--ascii"])
    try follower.wait(for: "3 Window partition")
    presenter.press(.char("A"))
    try follower.wait(for: "FIRST VOTE")
    presenter.send("a11c7")
    try presenter.wait(for: "= 18")
    presenter.press(.enter)
    try follower.wait(for: "TALK")
    #expect(!follower.emulator.text.contains("drops-the-rest"))
    presenter.press(.enter)
    try follower.wait(for: "SECOND VOTE")
    presenter.send("a2c16")
    presenter.press(.enter)
    try follower.wait(for: "(-9)")
    #expect(!follower.emulator.text.contains("drops-the-rest"))
    presenter.press(.enter)
    try follower.wait(for: "drops-the-rest")
    presenter.press(.char("q"))
    #expect(try presenter.waitForEnd() == .exited(0))
    let file = try String(
      contentsOfFile: folder.path + "/state/vitdet/progress.jsonl", encoding: .utf8)
    #expect(file.split(separator: "\n").count == 2 && !file.contains("\"answer\",\"kind\""))
    #expect(file.contains(#""kind":"vote""#) && file.contains(#""round":2"#))
    let report = try CommandRun(["progress"], environment: environment)
    #expect(report.status == 0)
    #expect(
      report.output.contains("asked of a room  windows.count  7/18 hands right, then 16/18"))
    // The instructor has answered nothing.
    #expect(report.output.contains("windows  steps 0/12  questions 0/"))
  }
}
