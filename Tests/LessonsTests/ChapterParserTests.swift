import Testing

@testable import Lessons

@Suite struct ChapterParserTests {
  @Test func readsTheFrontMatter() throws {
    let chapter = try SampleChapter.chapter()
    #expect(chapter.id == "windows" && chapter.title == "Window partition")
    #expect(chapter.needs == ["patches"] && chapter.minutes == 15 && chapter.model == "tiny")
    #expect(chapter.objectives == ["say which keys a query sees"])
    #expect(chapter.outOfScope == ["shifted windows"])
    #expect(chapter.language == .en && chapter.file == "lessons/en/03-windows.md")
  }

  @Test func readsTheStepsInOrder() throws {
    let steps = try SampleChapter.chapter().steps
    #expect(steps.map(\.id) == ["windows.cut", "windows.count", "windows.code", "windows.number"])
    #expect(steps.map(\.title) == ["Cut the grid", "Count the keys", "The code", "A number"])
    #expect(steps.map(\.line) == [14, 45, 78, 98])
    #expect(steps[0].notes == [[.paragraph([.text("Ask the room.", [])])]])
    #expect(steps[0].blocks.count == 3)
  }

  @Test func keepsEmphasisAndExpressionsInProse() throws {
    let chapter = try SampleChapter.chapter()
    guard case .prose(let prose) = chapter.steps[0].blocks[0] else {
      Issue.record("no prose first")
      return
    }
    let window = try Expression(parsing: "window")
    #expect(
      prose[0]
        == .paragraph([
          .text("The grid has ", []), .expression(try Expression(parsing: "grid.h"), []),
          .text("×", []), .expression(try Expression(parsing: "grid.w"), []), .text(" ", []),
          .text("tokens", .emphasis), .text(" and the window is ", []),
          .expression(window, .strong), .text("×", .strong), .expression(window, .strong),
          .text(", ", []), .text("window_size", .code), .text(" in detectron2.", []),
        ]))
    let product = try Expression(parsing: "2 * 3 * 4")
    #expect(
      prose[1]
        == .list(
          ordered: false,
          items: [
            [.paragraph([.text("one ", []), .expression(product, [])])],
            [.paragraph([.text("two", [])])],
          ]))
  }

  @Test func knowsWhereAnExpressionStands() throws {
    let chapter = try SampleChapter.chapter()
    guard case .prose(let prose) = chapter.steps[0].blocks[0], case .paragraph(let line) = prose[0],
      case .expression(let expression, _) = line[3]
    else {
      Issue.record("no expression")
      return
    }
    // `The grid has {= grid.h}×{= grid.w}`: the second expression's name begins in column 28.
    #expect(expression.line == 18 && expression.column == 28)
  }

  @Test func readsKnobsAndFocus() throws {
    let chapter = try SampleChapter.chapter()
    guard case .figure(let figure) = chapter.steps[0].blocks[1] else {
      Issue.record("no figure")
      return
    }
    #expect(figure.name == "window-map" && figure.id == "windows.map")
    #expect(
      figure.knobs == [
        Knob(name: "window", settings: ["2", "4", "6", "8"], start: 2),
        Knob(name: "block", settings: ["0", "1", "2", "3"], start: 0),
      ])
    #expect(figure.focus == (try Expression(parsing: "token(1, 7)")))
    #expect(figure.caption == [.paragraph([.text("Each letter is one window.", [])])])
  }

  @Test func readsAnObservation() throws {
    let chapter = try SampleChapter.chapter()
    guard case .observe(let observation) = chapter.steps[0].blocks[2] else {
      Issue.record("no observation")
      return
    }
    #expect(observation.until == (try Expression(parsing: "window == 8")))
    #expect(observation.prompt.count == 1 && observation.explanation.count == 1)
  }

  @Test func readsAChoiceWithItsFeedbackHintsAndExplanation() throws {
    let item = try SampleChapter.item("windows.pad-keys")
    #expect(item.isPrediction && item.kind == .choice && item.options.count == 3)
    #expect(item.options.map(\.misconception) == ["pad-is-masked", nil, "global-everywhere"])
    #expect(item.options.map(\.isRight) == [false, true, false])
    #expect(item.options[0].feedback.count == 2)
    #expect(item.options[1].feedback.isEmpty)
    #expect(
      item.options[2].answer == [
        .text("all ", []), .expression(try Expression(parsing: "tokens"), []),
        .text(" of them", []),
      ])
    #expect(item.hints.count == 2 && item.explanation.count == 1)
    #expect(item.reveal?.name == "attention-mask" && item.figure == nil)
  }

  @Test func readsNumberAndPaint() throws {
    let number = try SampleChapter.item("windows.slots")
    #expect(number.unit == "slots" && number.tolerance == 0.5 && !number.isPrediction)
    let paint = try SampleChapter.item("windows.paint")
    #expect(paint.figure?.knobs == [Knob(name: "window", settings: ["6"], start: 0)])
    #expect(
      paint.options[0].answer == [.expression(try Expression(parsing: "windowOf(token(2, 7))"), [])]
    )
  }

  @Test func joinsChineseLinesWithoutABlank() throws {
    let text = SampleChapter.text.replacing(
      "A query attends to its window.", with: "每个查询只看见\n自己的窗口，\nwindow 之外的 token\n看不见。")
    let chapter = try SampleChapter.chapter(text, language: .zh)
    #expect(
      chapter.steps[1].blocks[0]
        == .prose([.paragraph([.text("每个查询只看见自己的窗口，window 之外的 token 看不见。", [])])]))
  }

  /// What is replaced in the sample, by what, and the line, the column and a part of the error.
  static let faults: [(String, String, Int, Int, String)] = [
    ("{figure}", "{figur}", 24, 4, "no directive {figur}"),
    (
      ":focus: token(1, 7)", ":fokus: token(1, 7)", 27, 1, "no option :fokus:; did you mean :focus:"
    ),
    (":focus: token(1, 7)", ":focus: token(1, 7", 27, 19, "stands where ')' should"),
    ("id: windows\n", "id: windows\nid: windows\n", 4, 1, "twice"),
    ("model: tiny", "modle: tiny", 7, 1, "no key 'modle'; did you mean 'model'?"),
    ("minutes: 15", "minutes: soon", 6, 10, "no whole number"),
    ("needs: [patches]", "needs: [patches", 6, 8, "bad YAML"),
    ("needs: [patches]", "needs: patches", 5, 1, "is a list"),
    ("format: 1", "format: 2", 2, 9, "reads format 1"),
    (":id: windows.map", ":id: windows.cut", 25, 6, "stands in line 15 already"),
    (":id: windows.map", ":id: patches.map", 25, 6, "no identifier of this chapter"),
    (":id: windows.map\n", "", 24, 1, "has no :id:"),
    ("{= grid.h}", "{= grid.h +}", 18, 25, "stands where a value should"),
    ("{= grid.h}", "{= grid.h", 18, 14, "not closed"),
    ("# Window partition\n", "# Windows\n", 12, 3, "not the front matter's title"),
    ("# Window partition\n", "# Window partition\n\nEarly.\n", 14, 1, "before the first step"),
    ("- {= keysSeen(token(1, 15))}  @ok\n", "", 51, 1, "0 answers of 'windows.pad-keys'"),
    ("@global-everywhere", "@ok", 51, 1, "2 answers"),
    ("@global-everywhere", "global", 63, 3, "no tag"),
    (":kind: choice", ":kind: guess", 53, 8, "no kind 'guess'"),
    (":tolerance: 0.5", ":tolerance: some", 106, 13, "no tolerance"),
    (":figure: window-map\n", "", 86, 1, "no figure"),
    ("- {= window}  @k", "- side {= window}  @k", 110, 3, "is one expression"),
    (":for: windows.pad-keys\n1.", ":for: windows.other\n1.", 68, 7, "no question"),
    ("1. Count slots, not tokens.\n2.", "- Count slots, not tokens.\n-", 67, 1, "numbered list"),
    ("---\n\nNow nothing", "Now nothing", 31, 1, "no explanation"),
    ("window = 2, 4, 6*, 8", "window = 2, 4*, 6*, 8", 26, 9, "not clear"),
    ("window = 2, 4, 6*, 8", "window 2", 26, 9, "no knob"),
    ("A query attends", "<b>A</b> query attends", 49, 1, "HTML"),
    ("A query attends", "***\n\nA query attends", 49, 1, "rule means nothing"),
    ("A query attends to its window.", "A query\n---", 49, 1, "made by the line below"),
    ("A query attends to", "A **query。**attends to", 49, 1, "** stands in the text"),
    ("A query attends", "[a]: http://example.org\n\nA query", 49, 1, "not shown"),
    ("```{note}", "    ```{note}", 41, 5, "four blanks"),
    ("The code that ran.\n```\n", "The code that ran.\n", 85, 1, "not closed"),
    (
      "A query attends to its window.", "```{figure} f\n:id: windows.f\n```", 45, 1, "more than one"
    ),
  ]

  @Test(arguments: faults.indices)
  func namesTheFaultAndItsPlace(index: Int) throws {
    let (old, new, line, column, part) = Self.faults[index]
    let text = SampleChapter.text.replacing(old, with: new, maxReplacements: 1)
    try #require(text != SampleChapter.text)
    let errors = SampleChapter.errors(text)
    let found = errors.contains {
      $0.line == line && $0.column == column && $0.summary.contains(part)
    }
    #expect(found, "\(errors.map(\.summary))")
  }

  @Test func reportsEveryFaultOfAFile() throws {
    let text = SampleChapter.text.replacing("{= window}", with: "{= window +}")
      .replacing("{note}", with: "{aside}")
    #expect(SampleChapter.errors(text).count == 4)
  }

  @Test func showsTheLineWithTheFault() throws {
    let text = SampleChapter.text.replacing("{note}", with: "{aside}")
    let error = try #require(SampleChapter.errors(text).first)
    #expect(error.excerpt == "```{aside}")
    #expect(error.description.hasPrefix("03-windows.md:41:4: there is no directive {aside}; "))
  }
}
