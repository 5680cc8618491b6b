import Foundation
import TUI
import Testing

/// A training behind a figure in a pseudo-terminal: keys are answered while it runs, and every way out is clean.
@Suite(.serialized, .timeLimit(.minutes(5))) struct LiveTrainingTests {
  private let copy: CourseCopy

  init() throws { copy = try CourseCopy() }

  /// The chapter with the training under way.
  private func started() throws -> PtySession {
    let session = try PtySession(copy.program, ["learn", "race", "--ascii", "--state", copy.path])
    try session.wait(for: "Nothing has been trained yet")
    session.press(.tab)
    try session.wait(for: "Enter train")
    session.press(.enter)
    try session.wait(for: "Enter pause")
    try session.wait(for: "The training begins")
    return session
  }

  @Test func keysAreAnsweredWhileItTrains() throws {
    let session = try started()
    session.press(.tab, .down, .down)
    var waits: [Duration] = []
    for setting in ["AP50", "random", "AP50", "loss", "AP50", "random", "AP50", "loss"] {
      let start = ContinuousClock.now
      let isBack = setting == "loss" || waits.count == 2 || waits.count == 6
      session.press(isBack ? .left : .right)
      try session.wait(
        until: { screen in
          screen.text.split(separator: "\n").contains {
            $0.contains("show") && $0.contains(setting)
          }
        }, "the setting \(setting)")
      waits.append(start.duration(to: .now))
    }
    // Half of them at least within a blink, on a machine that others use as well.
    #expect(waits.sorted()[waits.count / 2] < .milliseconds(250), "\(waits)")
    session.press(.ctrl("c"))
    #expect(try session.waitForEnd() == .exited(0))
    #expect(session.isTerminalSane && session.emulator.unknown.isEmpty)
  }

  @Test func leavingEndsItAndReturningGoesOn() throws {
    let session = try started()
    session.press(.escape, .escape)
    try session.wait(for: "Kinds of questions")
    // Nothing computes any more, after the work that was under way.
    try session.wait(until: { _ in Self.isIdle(session.process) }, seconds: 90, "an idle program")
    session.press(.enter)
    try session.wait(for: "The training begins")
    session.press(.char("q"))
    #expect(try session.waitForEnd() == .exited(0))
    #expect(session.isTerminalSane)
  }

  @Test func aTerminationSignalDoesNotWaitForIt() throws {
    let session = try started()
    session.signal(SIGTERM)
    #expect(try session.waitForEnd(seconds: 5) == .exited(143))
    #expect(session.isTerminalSane)
  }

  /// Whether a process uses no processor time for half a second.
  private static func isIdle(_ process: Int32) -> Bool {
    func ticks() -> Int {
      let text = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
      let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
      return fields.count > 12 ? (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0) : -1
    }
    let before = ticks()
    usleep(500_000)
    return before == ticks()
  }
}
