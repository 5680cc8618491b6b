import TUI
import Testing

@testable import Lessons
@testable import ViTDetMini

@Suite struct ClassScreenTests {
  private static let sizes = [(60, 20), (80, 24), (100, 30), (200, 60)].map {
    Size(columns: $0.0, rows: $0.1)
  }

  private func screen(
    learners: Int = 23, _ language: Language = .en, _ size: Size = Self.sizes[1],
    stage: Stage? = nil, change: (SampleClass) throws -> Void = { _ in }
  ) throws -> ClassScreen {
    let sample = try SampleClass(learners: learners)
    try change(sample)
    var screen = ClassScreen(
      try ClassTables(folder: sample.folder), stage: try stage ?? KindsChapter.stage(),
      language: language)
    send(.event(.resize(size)), to: &screen)
    return screen
  }

  /// Delivers a message and the work that follows from it, in place.
  private func send(_ message: ClassScreen.Message, to screen: inout ClassScreen) {
    for work in screen.apply(message) {
      for result in work.results() { send(.stage(result), to: &screen) }
    }
  }

  private func press(_ keys: Key..., on screen: inout ClassScreen) {
    for key in keys { send(.event(.key(key)), to: &screen) }
  }

  private func canvas(_ screen: ClassScreen, _ glyphs: Glyphs = .ascii) -> Canvas {
    var canvas = Canvas(size: screen.size, glyphs: glyphs, depth: .mono)
    screen.view(on: &canvas)
    return canvas
  }

  private func text(_ screen: ClassScreen) -> String { canvas(screen).text }

  @Test(arguments: Language.allCases, [Glyphs.unicode, .ascii])
  func screens(language: Language, glyphs: Glyphs) throws {
    var shown: [(String, Canvas)] = []
    for size in Self.sizes {
      var screen = try screen(language, size)
      let name = "\(size.columns)x\(size.rows)"
      press(.down, on: &screen)
      shown.append(("\(name), the questions", canvas(screen, glyphs)))
      press(.enter, on: &screen)
      shown.append(("\(name), a question", canvas(screen, glyphs)))
      press(.escape, .tab, .char("s"), .end, on: &screen)
      shown.append(("\(name), the learners by name", canvas(screen, glyphs)))
    }
    expectScreens(shown, named: "class-\(language)-\(glyphs.isASCII ? "ascii" : "unicode")")
  }

  @Test func whatIsHardestComesFirst() throws {
    var screen = try screen()
    #expect(screen.questions.map(\.item).first == "kinds.weights")
    #expect(screen.question?.item == "kinds.weights")
    // The cursor stays on its question when the order changes.
    press(.char("s"), on: &screen)
    #expect(screen.questions.map(\.item).last == "kinds.weights")
    #expect(screen.question?.item == "kinds.weights")
    press(.home, on: &screen)
    #expect(screen.question?.item == "kinds.holds")
  }

  @Test func aQuestionIsShownAsItIsAskedWithTheWordsAgainstEachRule() throws {
    var screen = try screen(.en, Self.sizes[3])
    press(.char("s"), .home, .down, .enter, on: &screen)
    let shown = text(screen)
    for part in [
      "Which shape do the windows have?", "9x6x6x64", "The rule that leads there",
      "Windowed attention compares windows with each other.", "drops-the-rest", "another answer",
      "don't know",
    ] {
      #expect(shown.contains(part), "\(part)")
    }
    press(.right, on: &screen)
    #expect(screen.isOpen && text(screen).contains("Bring them into order."))
    press(.char("L"), on: &screen)
    #expect(text(screen).contains("得出它的规则"))
    press(.escape, on: &screen)
    #expect(!screen.isOpen && screen.question?.item == "kinds.steps")
  }

  /// Everybody is in one bar of each question.
  @Test func theBarsSumUpToTheLearners() throws {
    for question in try screen().questions {
      #expect(question.bars.reduce(0) { $0 + $1.count } == 23)
      #expect(question.bars.contains { $0.kind == .other })
      #expect(question.bars.contains { $0.kind == .dontKnow })
    }
  }

  @Test func discriminationIsShownFromTwentyLearnersOn() throws {
    #expect(text(try screen(learners: 19)).contains("from 20 learners on"))
    #expect(!text(try screen(learners: 19)).contains("discr."))
    #expect(text(try screen(learners: 20)).contains("discr."))
  }

  @Test func scrollingEndsWithTheText() throws {
    var screen = try screen(.en, Self.sizes[0])
    press(.enter, on: &screen)
    for _ in 0..<200 { press(.down, on: &screen) }
    #expect(screen.scroll == screen.lastScroll && screen.scroll > 0)
    press(.up, on: &screen)
    #expect(screen.scroll == screen.lastScroll - 1)
  }

  @Test func aLearnerIsShownWithAllThatIsCounted() throws {
    var screen = try screen(.zh, Self.sizes[0])
    press(.tab, .char("s"), .home, .enter, on: &screen)
    #expect(text(screen).contains("learner 01") && text(screen).contains("确定，其中答对"))
    press(.right, .char("s"), on: &screen)
    #expect(text(screen).contains("learner 02") && text(screen).contains("请先返回列表。"))
    press(.escape, .tab, on: &screen)
    #expect(!screen.isOpen && screen.tab == .questions)
  }

  /// A class may have answered what this course no longer asks.
  @Test func questionsOfAnotherCourseAreShown() throws {
    let other = Stage(
      Course(entries: [], misconceptions: [:], problems: []), on: try SharedStage.get())
    var screen = try screen(stage: other)
    #expect(text(screen).contains("not in this course"))
    press(.enter, on: &screen)
    #expect(text(screen).contains("This course does not know the rule."))
  }

  @Test func anEmptyClassIsShown() throws {
    var screen = try screen { sample in
      for table in ["items.csv", "learners.csv"] {
        try sample.rewrite(table) { String($0.prefix { $0 != "\n" }) + "\n" }
      }
    }
    press(.down, .up, .enter, .right, .escape, on: &screen)
    #expect(text(screen).contains("Nobody answered"))
    press(.tab, .end, on: &screen)
    #expect(text(screen).contains("There are no learners yet."))
  }

  @Test(arguments: [(1, 1), (39, 12), (40, 11), (40, 12), (41, 13), (61, 12), (99, 14), (400, 200)])
  func everySizeIsDrawn(columns: Int, rows: Int) throws {
    var screen = try screen(.zh, Size(columns: columns, rows: rows))
    press(.enter, .down, .escape, .tab, .end, .char("?"), on: &screen)
    #expect(canvas(screen).fullSize == Size(columns: columns, rows: rows))
  }

  @Test func namesOfStrangersActOnNoTerminal() throws {
    let screen = try screen { sample in
      try sample.rewrite("items.csv") {
        $0.replacing("kinds.holds", with: "\u{1B}[2Jki\u{202E}nds\u{9B}31m")
      }
    }
    #expect(screen.questions.contains { $0.item == "?[2Jki?nds?31m" })
    let report = ClassReport(screen.tables).lines(.en, isASCII: false).joined()
    #expect(!report.unicodeScalars.contains { isInvisible($0) })
  }

  @Test(arguments: [
    ("kinds.holds,23", "kinds.holds,many", "row 2 has no count in “learners”"),
    ("kinds.holds,23", "kinds.holds,-1", "row 2 has no count in “learners”"),
    ("kinds.holds,23", "kinds.holds,3", "row 2 has more right answers than learners"),
    ("kinds.holds,23", "kinds.holds,9999999999999999999", "row 2 has no count in “learners”"),
    ("kinds.holds,23", "kinds.holds", "row 2 is not whole"),
    ("k-is-the-side=", "k-is-the-side", "row 2 has no counts in “misconceptions”"),
  ])
  func aDamagedTableIsTold(_ old: String, _ new: String, _ fault: String) throws {
    let error = #expect(throws: DataError.self) {
      try screen { try $0.rewrite("items.csv") { $0.replacing(old, with: new) } }
    }
    #expect(
      error?.description.contains("items.csv: \(fault)") == true, "\(error?.description ?? "")")
  }

  /// Wherever a table is cut off, it is never taken for a whole one.
  @Test func aTornTableIsTold() throws {
    let sample = try SampleClass(learners: 2)
    var whole = ""
    try sample.rewrite("learners.csv") {
      whole = $0
      return $0
    }
    let rows = whole.split(separator: "\n")
    let ends = [rows[0].count + 1, rows[0].count + 1 + rows[1].count + 1]
    for length in 0..<whole.count where !ends.contains(length) {
      try sample.rewrite("learners.csv") { _ in String(whole.prefix(length)) }
      #expect(throws: DataError.self) { try ClassTables(folder: sample.folder) }
    }
  }
}
