import Testing

@testable import Lessons

@Suite struct HandoutMarkdownTests {
  /// The hand-out of the chapter about windows, which has drawings.
  private func files(
    _ language: Language, answers: Bool
  ) throws -> [(name: String, text: String)] {
    let stage = try SharedStage.get()
    let chapter = try stage.chapter("windows", language)
    return try HandoutMarkdown(Handout(chapter, stage: stage, hasAnswers: answers)).files()
  }

  @Test(arguments: Language.allCases, [false, true])
  func everyDrawingIsLinkedOnceWithWords(language: Language, answers: Bool) throws {
    let files = try files(language, answers: answers)
    let text = files[0].text
    #expect(files[0].name.hasSuffix(".\(language.rawValue).md"))
    let drawings = files.dropFirst()
    #expect(!drawings.isEmpty)
    for drawing in drawings {
      #expect(text.components(between: "](\(drawing.name))") == 1)
      #expect(!text.contains("![](\(drawing.name))"))
      let page = try ParsedPage.parse(drawing.text)
      #expect(page.elements.first?.name == "svg")
      #expect(page.all("title").count == 1)
    }
    #expect(!text.contains("\n\n\n"))
  }

  @Test func answersAreInItOnlyWhenAskedFor() throws {
    let (without, with) = (
      try files(.en, answers: false)[0].text, try files(.en, answers: true)[0].text
    )
    #expect(!without.contains("#### Answer") && with.contains("#### Answer"))
    #expect(without.contains("#### Hint 1"))
    #expect(with.count > without.count)
  }

  @Test func strangersWordsStayWords() {
    #expect(MarkdownText.escaped("<b>*x*</b> [a](b)") == "\\<b\\>\\*x\\*\\</b\\> \\[a\\](b)")
    #expect(MarkdownText.escaped("# a-b") == "\\# a-b")
    #expect(MarkdownText.escaped("1. a.") == "1\\. a.")
    #expect(MarkdownText.code("a\n```\nb") == "````\na\n```\nb\n````\n")
    #expect(
      MarkdownText.table(["a|b"], [["1"], ["2\n3"]]) == "| a\\|b |\n| --- |\n| 1 |\n| 2 3 |\n")
    let list = ProseBlock.list(
      ordered: true, items: [[.paragraph([.text("one", .strong)]), .code("x")]])
    #expect(MarkdownText.blocks([list], below: 1) == "1. **one**\n\n   ```\n   x\n   ```\n")
  }
}

extension String {
  fileprivate func components(between part: String) -> Int {
    ranges(of: part).count
  }
}
