import TUI
import Testing

@testable import Lessons
@testable import ViTDetMini

/// Figures that time the machine, as whoever follows a talk sees them.
@Suite(.timeLimit(.minutes(2))) struct SharedTimesTests {
  private static let size = Size(columns: 100, rows: 30)

  /// A course of its own laboratory, so that nothing is timed yet.
  private func app() throws -> App {
    let stage = try SharedStage.get()
    let laboratory = Laboratory(directory: stage.directory)
    var app = App(
      course: stage.course, directory: stage.directory, laboratory: laboratory, writer: nil,
      progress: Progress(), language: .en, glyphs: .ascii, depth: .mono)
    app.size = Self.size
    app.isAudience = true
    return app
  }

  private func text(_ app: App) -> String {
    var canvas = Canvas(size: Self.size, glyphs: .ascii, depth: .mono)
    app.view(on: &canvas)
    return canvas.text
  }

  private func isFigure(_ work: Work) -> Bool {
    if case .figure = work { true } else { false }
  }

  @Test func aFollowerWaitsForThePresentersTimesAndShowsThem() throws {
    var presenter = try app()
    presenter.open("cost")
    presenter.go(to: "cost.growth")
    var waiting = presenter.takeWork()
    let early = try #require(presenter.shared)
    #expect(early.isMeasuring && early.measured == nil)

    var follower = try app()
    var isThere = follower.follow(early)
    var work = follower.takeWork()
    #expect(isThere && !work.contains(where: isFigure))

    // The presenter's figure comes in stages; only the last one is passed on.
    while !waiting.isEmpty {
      for message in waiting.flatMap({ $0.results() }) { presenter.apply(message) }
      waiting = presenter.takeWork()
    }
    let late = try #require(presenter.shared)
    #expect(!late.isMeasuring && late.measured?.isEmpty == false)
    let line = ClassroomMessage.picture(late)
    let seen = try #require(ClassroomMessage(line: line.dropLast())?.view)
    isThere = follower.follow(seen)
    let timed = follower.laboratory.blockRuns
    #expect(isThere && timed == presenter.laboratory.blockRuns)
    work = follower.takeWork()
    #expect(work.contains(where: isFigure))
    while !work.isEmpty {
      for message in work.flatMap({ $0.results() }) { follower.apply(message) }
      work = follower.takeWork()
    }
    #expect(follower.laboratory.blockRuns == timed)
    #expect(text(follower) == text(presenter))
  }

  @Test func whatNoRunCanHaveCountedIsLeftOut() throws {
    let laboratory = try app().laboratory
    let sound = BlockRun(side: 128, tokens: 64, cost: Cost(), seconds: 0.1, keptBytes: 0)
    var wrong = [sound, sound, sound]
    wrong[0] = BlockRun(side: 128, tokens: -1, cost: Cost(), seconds: 0.1, keptBytes: 0)
    wrong[1] = BlockRun(side: 128, tokens: 64, cost: Cost(pairs: .max), seconds: 0.1, keptBytes: 0)
    wrong[2] = BlockRun(side: 128, tokens: 64, cost: Cost(), seconds: .nan, keptBytes: 0)
    for run in wrong { laboratory.adopt(["run of a block": run]) }
    laboratory.adopt(["something else": sound])
    #expect(laboratory.blockRuns.isEmpty)
    laboratory.adopt(["run of a block": sound])
    #expect(laboratory.blockRuns.count == 1)
  }
}
