import Testing

@testable import Lessons

@Suite struct CourseCheckTests {
  private static let check = CourseCheck(facts: { model, knobs in
    guard model == "tiny" else { return nil }
    var facts = SmallEnvironment()
    facts.values.merge(knobs) { $1 }
    return facts
  })

  /// What is wrong with a course of the sample chapter and one other.
  private func problems(
    en: String = SampleChapter.checked, zh: String = SampleChapter.translated,
    misconceptions: String = SampleChapter.misconceptions,
    rendering: CourseCheck.Rendering? = nil
  ) throws -> [LessonError] {
    let directory = try TemporaryDirectory()
    try directory.write("format: 1\nchapters: [windows, patches]\n", to: "course.yaml")
    for (language, text) in [("en", en), ("zh", zh)] {
      try directory.write(text, to: "\(language)/03-windows.md")
      let other = """
        ---
        format: 1
        id: patches
        title: Patches
        needs: []
        minutes: 1
        model: tiny
        objectives: [o]
        ---

        # Patches

        ```{step} Start
        :id: patches.start
        :seconds: 60
        ```

        Words.

        ```{note}
        Say so.
        ```
        """
      try directory.write(other, to: "\(language)/01-patches.md")
      try directory.write(misconceptions, to: "misconceptions.\(language).md")
    }
    let course = try Course.load(from: directory.path, as: "lessons")
    let check = CourseCheck(facts: Self.check.facts, rendering: rendering)
    return check.problems(in: course)
  }

  @Test func aSoundCourseHasNoFaults() throws {
    #expect(try problems().map(\.summary) == [])
  }

  /// What is replaced in both languages, by what, and a part of the one English error.
  static let faults: [(String, String, String)] = [
    ("{= grid.h}", "{= grid.x}", "19:17: nothing is named 'grid.x'; did you mean 'grid.h'?"),
    (":focus: token(1, 7)", ":focus: window", "28:9: a token is needed here, not a number"),
    (":until: window == 8", ":until: window == 6", "34:9: this is so from the beginning"),
    (":until: window == 8", ":until: window == 7", "34:9: no setting of the step's knobs"),
    (":until: window == 8", ":until: windo == 8", "34:9: nothing is named 'windo'"),
    ("{= realKeys(token(1, 15))}", "{= 36}", "64:3: this answer is the same as the one in line 60"),
    ("all {= tokens} of them", "36", "65:3: this answer is the same"),
    ("{= window}  @k", "{= window * window + 0.25}  @k", "122:3: this wrong answer lies within"),
    ("@global-everywhere", "@global-everywere", "did you mean @global-everywhere?"),
    ("2. worked: token", "2. token", "no worked sibling"),
    ("{explain}\n:for: windows.slots\nA side squared.", "{note}\nA side.", "nothing says why"),
    ("A query attends to its window.", "It sees 36 keys.", "the answer 36 stands in the text"),
    ("A query attends to its window.", "It sees {= window * 6}.", "the answer 36 stands"),
    ("{figure} window-map", "{figure} window-mop", "there is no figure 'window-mop'; did you mean"),
    (":knobs: window = 2", ":knobs: windows = 2", "has no knob 'windows'; it has window"),
    ("4, 6*, 8", "4, 6*, huge", "the knob 'window' cannot be 'huge'"),
    ("needs: [patches]", "needs: [heads]", "there is no chapter 'heads' to need"),
    ("needs: [patches]", "needs: [windows]", "'windows' needs itself"),
    ("model: tiny", "model: small", "there is no preset 'small'"),
    ("{= windowOf(token(2, 7))}", "{= window}", "is a set of cells, not a number"),
    ("{= cells(0, 0, 5, 5)}", "{= minus(all, all)}", "no cells at all"),
    (
      "A query attends to its window.",
      (1...15).map { "Line \($0) has some words to say." }.joined(separator: "\n\n"),
      "15 lines of prose"
    ),
  ]

  @Test(arguments: faults.indices)
  func findsTheFault(index: Int) throws {
    let (old, new, part) = Self.faults[index]
    let zh = SampleChapter.translated.replacing(
      "每个查询只看见自己的窗口。", with: "A query attends to its window.")
    let replaced = SampleChapter.checked.replacing(old, with: new)
    try #require(replaced != SampleChapter.checked)
    let found = try problems(
      en: replaced,
      zh: zh.replacing(old, with: new).replacing("2. worked: token", with: "2. token"))
    #expect(
      found.contains { $0.file.contains("en/03") && $0.summary.contains(part) },
      "\(found.map(\.summary))")
    #expect(found.allSatisfy { $0.file.contains("03-windows") })
  }

  /// What is replaced in the Chinese file only, by what, and a part of the error.
  static let differences: [(String, String, String)] = [
    ("{= 2 * 3 * 4}", "{= 24}", "{= 2 * 3 * 4} is missing here"),
    ("{= 2 * 3 * 4}", "{= 24}", "{= 24} is not in the other language"),
    (":id: windows.turn", ":id: windows.tern", "the step's parts differ"),
    (":id: windows.count", ":id: windows.number-of", "'windows.count' should stand here"),
    ("@global-everywhere", "@k-is-the-side", "tags or their order differ"),
    ("{= keysSeen(token(1, 15))}  @ok", "{= 36}  @ok", "the answer's expressions differ"),
    (":tolerance: 0.5", ":tolerance: 1", "the tolerance differs"),
    ("window = 2, 4, 6*, 8", "window = 2, 4*, 6, 8", "its knobs or its focus differ"),
    ("minutes: 15", "minutes: 16", "'minutes' differs"),
    (":until: window == 8", ":until: window == 4", "the condition differs"),
    ("1. Count slots, not tokens.\n2.", "1.", "the number of hints differs"),
    ("{= window * window} slots", "many slots", "{= window * window} is missing"),
  ]

  @Test(arguments: differences.indices)
  func findsWhatATranslationChanged(index: Int) throws {
    let (old, new, part) = Self.differences[index]
    let zh = SampleChapter.translated.replacing(old, with: new, maxReplacements: 1)
    try #require(zh != SampleChapter.translated)
    let found = try problems(zh: zh)
    #expect(
      found.contains { $0.file.contains("zh/03") && $0.summary.contains(part) },
      "\(found.map(\.summary))")
  }

  @Test func translatorsMayReorderAndRepeatExpressions() throws {
    let zh = SampleChapter.translated.replacing(
      "The grid has {= grid.h}×{= grid.w}", with: "{= grid.w} 列 {= grid.h} 行，{= grid.h}")
    #expect(try problems(zh: zh).isEmpty)
  }

  @Test func aCatalogueWithoutATranslationIsFound() throws {
    let directory = try TemporaryDirectory()
    try directory.write("format: 1\nchapters: []\n", to: "course.yaml")
    for language in ["en", "zh"] { try directory.write("", to: "\(language)/.keep") }
    try directory.write(SampleChapter.misconceptions, to: "misconceptions.en.md")
    try directory.write("", to: "misconceptions.zh.md")
    let course = try Course.load(from: directory.path, as: "lessons")
    let found = Self.check.problems(in: course)
    #expect(found.count == 3)
    #expect(found.allSatisfy { $0.summary.contains("is missing from misconceptions.zh.md") })
  }

  @Test func aRuleWithAnExpressionWithoutAValueIsFound() throws {
    let found = try problems(
      misconceptions: SampleChapter.misconceptions.replacing(
        "{= window}", with: "{= windoww}", maxReplacements: 1))
    #expect(found.map(\.file) == ["lessons/misconceptions.en.md", "lessons/misconceptions.zh.md"])
    #expect(found.allSatisfy { $0.line == 3 && $0.column == 12 })
  }

  @Test func whatARenderingClipsIsReported() throws {
    let found = try problems { chapter, step in
      chapter.language == .en && step.id == "windows.code" ? ["clipped at 60x20"] : []
    }
    #expect(found.map(\.summary) == ["lessons/en/03-windows.md:84:1: clipped at 60x20"])
  }

  @Test func figuresWithFalseLegendsAreFound() {
    func faults(_ cells: GridContent.Cells, focus: Token? = nil) -> [String] {
      CourseCheck.faults(
        of: Figure(
          title: "t", sentence: "s",
          body: .grid(GridContent(rows: 1, columns: 2, cells: cells, focus: focus))))
    }
    #expect(faults(.heat([0, 1], range: 0...1)).isEmpty)
    #expect(faults(.heat([0, 2], range: 0...1)).count == 1)
    #expect(faults(.heat([0], range: 0...1)).count == 1)
    #expect(faults(.classes([0, 1], letters: ["a"])).count == 1)
    #expect(faults(.heat([0, 1], range: 0...1), focus: Token(row: 1, column: 0)).count == 1)
  }
}
