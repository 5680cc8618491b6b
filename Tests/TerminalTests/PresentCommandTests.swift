import TUI
import Testing

/// A talk in one pseudo-terminal, its follower in another, and a remote beside them.
@Suite(.serialized, .timeLimit(.minutes(2))) struct PresentCommandTests: RoomSuite {
  private let folder: TemporaryFolder
  var environment: [String: String] { ["XDG_RUNTIME_DIR": folder.path] }

  init() throws { folder = try TemporaryFolder() }

  @Test func aFollowerSeesWhatThePresenterAndTheRemoteDo() throws {
    let presenter = try start(["present", "windows", "--ascii"])
    try presenter.wait(for: "part 1/")
    let follower = try start(["follow", "--ascii"])
    try follower.wait(for: "3 Window partition")
    #expect(!follower.emulator.text.contains("Next:"))
    presenter.press(.space)
    try follower.wait(for: "PREDICT")
    let remote = try CommandRun(["ctl", "goto", "windows.sees"], environment: environment)
    #expect(remote.status == 0 && remote.output.isEmpty && remote.errors.isEmpty)
    try presenter.wait(for: "step 3/")
    try follower.wait(for: "step 3/")
    #expect(try CommandRun(["ctl", "blank"], environment: environment).status == 0)
    try presenter.wait(for: "blank")
    try follower.wait(until: { !$0.text.contains("Window partition") })
    let other = try CommandRun(["present", "patches"], environment: environment)
    #expect(other.status == 1 && other.errors.hasPrefix("error: a presentation is running already"))
    presenter.press(.char("q"))
    #expect(try presenter.waitForEnd() == .exited(0))
    try follower.wait(for: "the presentation is over")
    follower.press(.ctrl("c"))
    #expect(try follower.waitForEnd() == .exited(0))
    #expect(presenter.isTerminalSane && follower.isTerminalSane)
  }

  @Test func aRemoteWithoutATalkIsToldSo() throws {
    let run = try CommandRun(["ctl", "next"], environment: environment)
    #expect(run.status == 1 && run.errors.hasPrefix("error: nobody presents on this machine"))
    #expect(try CommandRun(["ctl", "explode"], environment: environment).status == 2)
    #expect(try CommandRun(["present", "nowhere"], environment: environment).status == 1)
  }

  /// A presenter that was killed leaves its socket behind; the next one takes the place.
  @Test func aTalkBeginsAfterAKilledOne() throws {
    let first = try start(["present", "windows", "--ascii"])
    try first.wait(for: "part 1/")
    first.signal(9)
    _ = try first.waitForEnd()
    let second = try start(["present", "windows", "--ascii"])
    try second.wait(for: "part 1/")
    second.press(.ctrl("c"))
    #expect(try second.waitForEnd() == .exited(0))
  }
}
