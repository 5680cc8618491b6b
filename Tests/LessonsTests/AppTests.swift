import Testing
import TUI

@testable import Lessons

/// What keys do to the course, seen on its screens.
@Suite struct AppTests {
  private static let size = Size(columns: 100, rows: 30)

  private func opened(_ chapter: String = "windows", step: String? = nil) throws -> Rehearsal {
    let stage = try Stage()
    var course = stage.rehearsal(language: .en, size: Self.size, glyphs: .ascii)
    let isThere = course.go(to: chapter, step: step)
    try #require(isThere)
    return course
  }

  @Test func nothingOfTheAnswerShowsBeforeTheCommit() throws {
    var course = try opened()
    course.press(.char("9"))
    #expect(course.canvas.text.contains("Nothing is checked yet."))
    #expect(!course.canvas.text.contains("Right"))
    course.press(.enter)
    #expect(course.canvas.text.contains("+ Right"))
  }

  /// The question's numbers come from another thread; who answers before they are there has answered all the same.
  @Test func whatIsTypedBeforeTheQuestionIsReadyIsKeptForIt() throws {
    var course = try opened()
    course.app.open("windows")
    for key in [Key.char("4"), .backspace, .char("9"), .enter] {
      course.app.apply(.event(.key(key)))
    }
    #expect(!course.canvas.text.contains("Right"))
    course.send(.event(.resumed))
    #expect(course.canvas.text.contains("+ Right"))
    #expect(course.app.progress.chapters["windows"]?.items["windows.count"]?.attempts == 1)
  }

  @Test func whatIsTypedBeforeTheFigureIsReadyPaintsIt() throws {
    var course = try opened()
    course.press(.pageDown)
    course.app.apply(.event(.key(.pageDown)))
    for key in [Key.char(" "), .right, .char(" ")] { course.app.apply(.event(.key(key))) }
    #expect(!course.canvas.text.contains("painted 2"))
    course.send(.event(.resumed))
    #expect(course.canvas.text.contains("painted 2"))
  }

  @Test func whatWasTypedForAQuestionIsGoneWithIt() throws {
    var course = try opened()
    course.app.open("windows")
    for key in [Key.char("9"), .enter, .pageDown, .pageUp] { course.app.apply(.event(.key(key))) }
    course.send(.event(.resumed))
    #expect(course.canvas.text.contains("Nothing is checked yet."))
    // A key held down keeps within bounds.
    course.app.open("windows")
    for _ in 0..<5_000 { course.app.apply(.event(.key(.char("1")))) }
    guard case .lesson(let lesson) = course.app.screen else { return }
    #expect(lesson.early.count == 1_024)
  }

  @Test func anEmptyAnswerIsNotCommitted() throws {
    var course = try opened()
    course.press(.enter)
    #expect(course.canvas.text.contains("type a number first"))
    #expect(course.app.progress.chapters["windows"]?.items.isEmpty != false)
  }

  @Test func notKnowingIsAnAnswerToo() throws {
    var course = try opened()
    course.press(.char("s"))
    #expect(course.canvas.text.contains("9 windows"))
    #expect(course.app.progress.chapters["windows"]?.items["windows.count"]?.firstTry == false)
  }

  @Test func theFirstTryIsWhatIsKept() throws {
    var course = try opened()
    course.press(.char("4"), .enter, .enter, .char("9"), .enter)
    let record = try #require(course.app.progress.chapters["windows"]?.items["windows.count"])
    #expect(!record.firstTry && record.isSolved && record.attempts == 2)
  }

  @Test func hintsOpenAndCloseOneByOne() throws {
    var course = try opened()
    let before = course.canvas.text
    course.press(.char("h"))
    #expect(course.canvas.text.contains("Hint:"))
    course.press(.char("H"))
    #expect(course.canvas.text == before)
  }

  @Test func swappingTheLanguageKeepsPlaceAndAnswer() throws {
    var course = try opened()
    course.press(.char("4"), .enter, .char("L"))
    #expect(course.canvas.text.contains("你的答案"))
    #expect(course.canvas.text.contains("4 个窗口"))
    course.press(.char("L"))
    #expect(course.canvas.text.contains("Your answer"))
  }

  @Test func turningTheKnobFulfilsTheObservation() throws {
    var course = try opened(step: "windows.map")
    #expect(course.canvas.text.contains("not yet"))
    course.press(.backTab, .right)
    #expect(course.canvas.text.contains("window < 8"))
    #expect(course.canvas.text.contains("Seen."))
    #expect(course.app.progress.chapters["windows"]?.observations == ["windows.no-padding"])
  }

  @Test func aKeyThatIsOffSaysSo() throws {
    var course = try opened()
    course.press(.char("p"))
    #expect(course.canvas.text.contains("no sandbox yet"))
    course.press(.char("f"))
    #expect(course.canvas.text.contains("does nothing here"))
  }

  @Test func evidenceAndSourceWaitForTheCommit() throws {
    var course = try opened()
    course.press(.char("e"))
    #expect(course.canvas.text.contains("Commit an answer first."))
    let shown = try #require(
      course.app.course.chapter("windows", .en)?.steps.first { step in
        step.blocks.contains { if case .source = $0 { true } else { false } }
      })
    course = try opened(step: shown.id)
    course.press(.char("s"), .char("c"))
    #expect(course.canvas.text.contains("func windowPartition"))
  }

  @Test func resettingAsksAndNamesWhatIsLost() throws {
    var course = try opened()
    course.press(.char("9"), .enter, .char("x"))
    #expect(course.canvas.text.contains("Forget all answers of this chapter?"))
    course.press(.escape)
    #expect(course.app.progress.chapters["windows"]?.items.isEmpty == false)
    course.press(.char("x"), .enter)
    #expect(course.app.progress.chapters["windows"]?.items.isEmpty == true)
  }

  @Test func escapeGoesUpOneLevelAtATime() throws {
    var course = try opened()
    course.press(.escape)
    #expect(course.canvas.text.contains("How many windows"))
    course.press(.escape)
    #expect(course.canvas.text.contains("ViTDet, step by step"))
    course.press(.enter)
    #expect(course.canvas.text.contains("How many windows"))
  }

  @Test func aBrokenChapterSaysWhyAndTheOthersWork() throws {
    let stage = try Stage()
    var course = stage.course
    let error = LessonError(
      file: "lessons/en/01-patches.md", line: 7, column: 3,
      message: "there is no directive 'figur'",
      suggestion: "did you mean 'figure'?")
    course.entries[0].languages[.en] = .unavailable([error])
    var rehearsal = Rehearsal(
      course: course, directory: stage.directory, laboratory: stage.laboratory, language: .en,
      size: Self.size, glyphs: .ascii)
    #expect(rehearsal.canvas.text.contains("unavailable"))
    rehearsal.press(.enter)
    #expect(rehearsal.canvas.text.contains("lessons/en/01-patches.md:7:3"))
    rehearsal.press(.escape, .down, .enter)
    #expect(rehearsal.canvas.text.contains("How many times as many pairs"))
  }

  @Test func everyContextHasItsWayOutAndItsHelp() {
    for context in KeyContext.allCases {
      #expect(Keymap.intent(for: .char("q"), in: context) == .quit)
      #expect(Keymap.intent(for: .char("?"), in: context) == .help)
      #expect(Keymap.intent(for: .ctrl("c"), in: context) == .quit)
      #expect(!Keymap.bar(context, .zh).isEmpty)
    }
  }

  @Test func layoutNeverOverlapsPanes() {
    for columns in stride(from: 38, through: 198, by: 4) {
      for rows in stride(from: 8, through: 56, by: 4) {
        for knobs in 0...2 {
          let area = Rect(column: 1, row: 2, columns: columns, rows: rows)
          for shows in [true, false] {
            let layout = LessonLayout(
              area: area, figure: Size(columns: 33, rows: 18),
              knobs: Size(columns: knobs == 0 ? 0 : 20, rows: knobs), showsFigure: shows)
            let panes = [layout.text, layout.figure, layout.knobs].filter { !$0.isEmpty }
            #expect(!panes.isEmpty)
            for (index, pane) in panes.enumerated() {
              #expect(pane.intersection(area) == pane)
              for other in panes[(index + 1)...] { #expect(pane.intersection(other).isEmpty) }
            }
          }
        }
      }
    }
  }
}
