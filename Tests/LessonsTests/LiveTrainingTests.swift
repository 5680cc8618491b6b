import TUI
import Testing

@testable import Lessons
@testable import ViTDetMini

/// A training behind a figure: when it is asked for, what is shown of it, and what leaving and returning do.
@Suite(.timeLimit(.minutes(5))) struct LiveTrainingTests {
  private func opened(_ language: Language = .en) throws -> Rehearsal {
    var course = try RaceChapter.rehearsal(language)
    let isThere = course.go(to: "race")
    try #require(isThere)
    course.press(.tab)
    return course
  }

  private func key(_ course: Rehearsal) throws -> TrainingKey {
    guard case .lesson(let lesson) = course.app.screen else { throw StageError("no lesson") }
    return try #require(lesson.request.flatMap(TrainingKey.init))
  }

  @Test func nothingIsTrainedBeforeTheLearnerAsks() throws {
    var course = try opened()
    #expect(course.app.standingWork.isEmpty)
    #expect(course.canvas.text.contains("Nothing has been trained yet"))
    #expect(course.canvas.text.contains("Enter train"))
    course.press(.enter)
    #expect(course.app.standingWork.count == 1)
    #expect(course.canvas.text.contains("The training begins"))
    #expect(course.canvas.text.contains("Enter pause"))
    course.press(.enter)
    #expect(course.app.standingWork.isEmpty)
  }

  @Test func theNewestStateIsShownAndAnOlderOneAddsNothing() throws {
    let states = try RaceChapter.states(4)
    var course = try opened()
    course.press(.enter)
    let key = try key(course)
    course.send(.trained(key, states[3]))
    #expect(course.canvas.text.contains("Training: step 3/600"))
    let shown = course.canvas.text
    #expect(shown.contains("from random: "))
    // What a cancelled job says late is older than what its successor said.
    course.send(.trained(key, states[1]))
    #expect(course.canvas.text == shown)
    course.press(.enter)
    #expect(course.canvas.text.contains("Paused at step 3/600"))
  }

  /// Where nothing may move by itself, a figure is drawn anew at each tenth, and the words say no step.
  @Test func aStillScreenShowsTenths() throws {
    let states = try RaceChapter.states(4)
    var course = try opened()
    course.app.isStill = true
    #expect(course.app.shownVersion(states[1]) == course.app.shownVersion(states[3]))
    course.press(.enter)
    course.send(.trained(try key(course), states[1]))
    let shown = course.canvas.text
    course.send(.trained(try key(course), states[3]))
    #expect(course.canvas.text == shown && shown.contains("Training: 0 %"))
  }

  @Test func leavingTheFigureEndsTheWorkAndReturningGoesOn() throws {
    let states = try RaceChapter.states(3)
    var course = try opened()
    course.press(.tab, .down, .left, .backTab, .enter)
    let key = try key(course)
    #expect(key.knobs["rate"] == "0.0002")
    course.send(.trained(key, states[2]))
    let work = Set(course.app.standingWork.keys)
    // The next step shows the same training.
    course.press(.pageDown)
    #expect(Set(course.app.standingWork.keys) == work)
    course.press(.pageDown)
    #expect(course.app.standingWork.isEmpty)
    course.press(.escape, .escape)
    #expect(course.app.standingWork.isEmpty)
    course.press(.enter, .pageUp)
    #expect(Set(course.app.standingWork.keys) == work)
    #expect(course.canvas.text.contains("Training: step 2/600"))
  }

  @Test func anotherSettingIsAnotherTraining() throws {
    let states = try RaceChapter.states(2)
    var course = try opened()
    course.press(.enter)
    course.send(.trained(try key(course), states[1]))
    course.press(.tab, .down, .left)
    #expect(course.app.standingWork.isEmpty)
    #expect(course.canvas.text.contains("Nothing has been trained yet"))
    course.press(.right)
    #expect(course.app.standingWork.count == 1)
    // What is shown of it is no other training.
    course.press(.down, .right)
    #expect(course.app.standingWork.count == 1)
    #expect(course.canvas.text.contains("box AP50"))
  }

  @Test func theOtherLanguageShowsTheSameTraining() throws {
    let states = try RaceChapter.states(2)
    var course = try opened()
    course.press(.enter)
    course.send(.trained(try key(course), states[1]))
    let work = Set(course.app.standingWork.keys)
    course.press(.char("L"))
    #expect(Set(course.app.standingWork.keys) == work)
    #expect(course.canvas.text.contains("第 1/600 步"))
  }

  @Test func whatIsDoneIsNotAskedForAgainUntilTheLearnerDoes() throws {
    let last = try #require(RaceChapter.states(100, steps: 3).last)
    #expect(last.isFinished && last.stepsDone == 3)
    var course = try opened()
    course.press(.enter)
    course.send(.trained(try key(course), last))
    #expect(course.app.standingWork.isEmpty)
    #expect(course.canvas.text.contains("Trained: step 3/3"))
    course.press(.enter)
    #expect(course.app.standingWork.count == 1)
    #expect(course.canvas.text.contains("The training begins"))
  }

  @Test func aTrainingThatCannotBeginSaysWhy() throws {
    var course = try opened()
    course.press(.enter)
    course.send(.notTrained(try key(course), "no weights"))
    #expect(course.app.standingWork.isEmpty)
    #expect(course.canvas.text.contains("no weights"))
  }

  @Test func theEffectReportsStatesAndEnds() async throws {
    var course = try opened()
    course.press(.enter)
    let effect = try #require(course.app.standingWork.values.first)
    var program = Watcher(effect: effect)
    var terminal = ScriptedTerminal(
      [.wait(for: "step 1"), .type("q")], size: Size(columns: 20, rows: 2), patience: .seconds(200))
    run(&program, on: &terminal)
    #expect(terminal.missing == nil)
  }

  /// Runs an effect and shows how far the training is.
  private struct Watcher: Program {
    typealias Message = App.Message
    let effect: Effect<Message>
    var steps = 0
    var isFinished = false

    func message(for event: TerminalEvent) -> Message? { .event(event) }

    mutating func update(_ message: Message) -> [Effect<Message>] {
      switch message {
      case .trained(_, let progress): steps = progress.stepsDone
      case .event(.key): isFinished = true
      default: break
      }
      return []
    }

    var standingWork: [String: Effect<Message>] { ["training": effect] }

    func view(on canvas: inout Canvas) { canvas.write("step \(steps)", row: 0, column: 0) }
  }
}
