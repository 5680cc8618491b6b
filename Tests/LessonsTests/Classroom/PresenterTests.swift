import TUI
import Testing

@testable import Lessons

/// A talk without a terminal: what its keys, its clock and a remote do.
@Suite struct PresenterTests: TalkTests {
  @Test func aStepIsShownPartByPartUnderOneNumber() throws {
    var presenter = try presenter()
    let first = text(presenter)
    #expect(first.contains("step 1/") && first.contains("part 1/"))
    #expect(!first.contains("PREDICT"))
    press(.space, on: &presenter)
    #expect(text(presenter).contains("PREDICT") && text(presenter).contains("step 1/"))
    press(.char("S"), on: &presenter)
    #expect(presenter.lesson?.revealed == nil)
    press(.space, on: &presenter)
    #expect(presenter.lesson?.index == 1 && text(presenter).contains("step 2/"))
    press(.left, on: &presenter)
    // Back is the step before, whole.
    while presenter.lesson?.index == 1 { press(.left, on: &presenter) }
    #expect(presenter.lesson?.index == 0 && presenter.lesson?.revealed == nil)
  }

  @Test func notesNextTitleAndTimesAreThePresentersAlone() throws {
    var presenter = try presenter()
    let chapter = try #require(presenter.lesson?.chapter)
    #expect(text(presenter).contains("Next: \(chapter.steps[1].title)"))
    #expect(text(presenter).contains("0:00 / "))
    send(.tick, to: &presenter)
    #expect(text(presenter).contains("0:01 / "))
    var slide = Canvas(size: presenter.stage.size, glyphs: .ascii, depth: .mono)
    presenter.stage.view(on: &slide)
    #expect(!slide.text.contains("Next:") && !slide.text.contains("0:01"))
    #expect(presenter.clock.planned.reduce(0, +) <= chapter.minutes * 60)
    #expect(presenter.clock.planned.allSatisfy { $0 > 0 })
  }

  /// What a key did not do is the presenter's business.
  @Test func theAudienceIsToldNothingOfKeys() throws {
    var presenter = try presenter()
    press(.char("S"), .tab, .char("f"), on: &presenter)
    #expect(text(presenter).contains("does nothing here"))
    var slide = Canvas(size: presenter.stage.size, glyphs: .ascii, depth: .mono)
    presenter.stage.view(on: &slide)
    #expect(!slide.text.contains("does nothing here"))
  }

  @Test func aBlankScreenIsBlankUntilTheTalkGoesOn() throws {
    var presenter = try presenter()
    press(.char("B"), on: &presenter)
    #expect(!text(presenter).contains("Window partition"))
    let place = presenter.lesson?.revealed
    press(.space, on: &presenter)
    #expect(text(presenter).contains("Window partition") && presenter.lesson?.revealed == place)
  }

  @Test func theSlideTakesKeysWhenItHasThem() throws {
    var presenter = try presenter(step: "windows.sees")
    press(.char("S"), .tab, .space, .right, .space, on: &presenter)
    #expect(presenter.lesson?.session?.painted.count == 2)
    press(.enter, on: &presenter)
    #expect(presenter.lesson?.session?.isCommitted == true)
    press(.escape, .char("j"), .char("J"), on: &presenter)
    #expect(presenter.jump == presenter.lesson?.index)
    press(.up, .enter, on: &presenter)
    #expect(presenter.lesson?.index == 1 && presenter.jump == nil)
  }

  @Test func theBigFigureHasTheScreenForItself() throws {
    var presenter = try presenter(Size(columns: 200, rows: 60), step: "windows.sees")
    press(.char("S"), .char("Z"), on: &presenter)
    #expect(!text(presenter).contains("PREDICT") && text(presenter).contains("aaaaaa"))
    press(.char("Z"), on: &presenter)
    #expect(text(presenter).contains("PREDICT"))
  }

  @Test func autoplayGoesOnByTheClockAndWaitsAtQuestions() throws {
    var presenter = try presenter(isAutoplay: true)
    for _ in 0..<600 { send(.tick, to: &presenter) }
    // The first step asks; its question is shown, and nothing goes past it.
    #expect(presenter.lesson?.index == 0 && presenter.lesson?.revealed == nil)
    press(.pageDown, on: &presenter)
    #expect(presenter.lesson?.index == 1)
  }

  @Test func aRemoteDoesWhatKeysDo() throws {
    var presenter = try presenter()
    send(.command(.goto("windows.sees")), to: &presenter)
    #expect(presenter.lesson?.step.id == "windows.sees")
    send(.command(.goto("2")), to: &presenter)
    #expect(presenter.lesson?.index == 1)
    send(.command(.goto("nowhere")), to: &presenter)
    #expect(text(presenter).contains("There is no step nowhere"))
    send(.command(.language), to: &presenter)
    #expect(presenter.stage.language == .zh)
    send(.command(.quit), to: &presenter)
    #expect(presenter.isFinished)
  }

  @Test(arguments: [(39, 11), (40, 12), (60, 20), (80, 24), (100, 30), (130, 24), (200, 60)])
  func everySizeIsDrawn(columns: Int, rows: Int) throws {
    var presenter = try presenter(Size(columns: columns, rows: rows), step: "windows.sees")
    press(.char("S"), .char("J"), on: &presenter)
    #expect(!text(presenter).isEmpty)
    press(.escape, .char("?"), on: &presenter)
    #expect(!text(presenter).isEmpty)
  }
}
