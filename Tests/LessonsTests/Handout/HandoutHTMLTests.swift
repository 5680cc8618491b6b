import Testing

@testable import Lessons

@Suite struct HandoutHTMLTests {
  /// The page of the chapter that has a question of each kind.
  private func page(
    _ language: Language = .en, answers: Bool = false, _ text: String? = nil
  ) throws -> String {
    let written = text ?? (language == .en ? KindsChapter.text : KindsChapter.translated)
    let chapter = try KindsChapter.chapter(written, language: language)
    let handout = try Handout(chapter, stage: try KindsChapter.stage(), hasAnswers: answers)
    return try HandoutHTML(handout).page()
  }

  @Test(arguments: Language.allCases, [false, true])
  func isWellFormedAndNeedsNothingElse(language: Language, answers: Bool) throws {
    let text = try page(language, answers: answers)
    let page = try ParsedPage.parse(text)
    #expect(page.all("html").first?.attributes["lang"] == (language == .en ? "en" : "zh-Hans"))
    #expect(page.all("script").isEmpty && page.all("link").isEmpty)
    for element in page.elements {
      for (name, value) in element.attributes where name != "xmlns" {
        #expect(!value.contains("://") && !name.hasPrefix("on"), "\(element.name) \(name)")
      }
      for name in ["href", "src"] {
        guard let target = element.attributes[name] else { continue }
        #expect(target.hasPrefix("#") || target.hasPrefix("data:image/png;base64,"))
      }
    }
    let policy = try #require(page.all("meta").first { $0.attributes["http-equiv"] != nil })
    #expect(policy.attributes["content"]?.contains("default-src 'none'") == true)
  }

  @Test(arguments: Language.allCases) func headingsComeInOrder(language: Language) throws {
    let page = try ParsedPage.parse(try page(language, answers: true))
    let levels = page.elements.compactMap { element in
      element.name.count == 2 && element.name.hasPrefix("h") ? Int(element.name.dropFirst()) : nil
    }
    #expect(levels.count { $0 == 1 } == 1 && levels.first == 1)
    for (level, next) in zip(levels, levels.dropFirst()) { #expect(next <= level + 1) }
    for landmark in ["header", "nav", "main", "footer"] { #expect(page.all(landmark).count == 1) }
  }

  @Test func identifiersAreUniqueAndLinksLeadSomewhere() throws {
    let page = try ParsedPage.parse(try page(answers: true))
    let ids = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    let targets = page.elements.flatMap { element in
      [
        element.attributes["href"].map { String($0.dropFirst()) },
        element.attributes["aria-labelledby"],
      ].compactMap { $0 }
    }
    #expect(!targets.isEmpty)
    for target in targets where !target.hasPrefix("ata:") {
      #expect(ids.contains(target), "\(target)")
    }
  }

  @Test func everyDrawingHasWordsAndATextForm() throws {
    let chapter = try KindsChapter.chapter()
    var handout = try Handout(chapter, stage: try KindsChapter.stage(), hasAnswers: true)
    let grid = GridContent(rows: 2, columns: 2, cells: .heat([0, 1, 2, 3], range: 0...3))
    let chart = ChartContent(
      xLabel: "x", yLabel: "y", isLogarithmic: false,
      series: [.init(name: "line", points: [.init(x: 0, y: 1), .init(x: 2, y: 3)])])
    handout.sections[0].parts += [Figure.Body.grid(grid), .chart(chart)].map { body in
      .figure(
        Handout.ShownFigure(
          figure: Figure(title: "A figure", sentence: "It shows something.", body: body),
          settings: nil, caption: []))
    }
    let page = try ParsedPage.parse(try HandoutHTML(handout).page())
    let drawings = page.all("svg")
    #expect(drawings.count == 2)
    for drawing in drawings {
      #expect(drawing.attributes["role"] == "img")
      #expect((drawing.attributes["aria-label"] ?? "").count > 10)
    }
    let summaries = page.all("summary").count { $0.text == HandoutWords.asText.en }
    #expect(summaries == drawings.count)
  }

  /// Nothing that only a commit shows is in a page without answers.
  @Test(arguments: Language.allCases) func answersAreThereOnlyWhenAskedFor(language: Language)
    throws
  {
    let chapter = try KindsChapter.chapter(
      language == .en ? KindsChapter.text : KindsChapter.translated, language: language)
    let stage = try KindsChapter.stage()
    let without = try page(language)
    let with = try page(language, answers: true)
    #expect(!without.contains("class=\"open answer\"") && with.contains("class=\"open answer\""))
    #expect(with.components(of: "class=\"open answer\"") == chapter.items.count)
    let rules = chapter.items.flatMap(\.options).compactMap(\.misconception)
    #expect(!rules.isEmpty)
    for name in rules {
      let misconception = try #require(stage.course.misconceptions[language]?[name])
      var refutation = Markup()
      refutation.prose(misconception.refutation, below: 4)
      #expect(!without.contains(refutation.text))
      if misconception.refutation.allSatisfy({ !"\($0)".contains("expression(") }) {
        #expect(with.contains(refutation.text), "\(name)")
      }
    }
  }

  @Test func whatAStrangerWritesIsNeverMarkup() throws {
    let attack = "<script>alert(1)</script> & \"x\" onload=\"1\" ]]> </style>"
    let hostile = KindsChapter.text.replacing(
      "objectives: [", with: "objectives: [\"<img src=x onerror=alert(1)>\", ")
    let chapter = try KindsChapter.chapter(hostile)
    var handout = try Handout(chapter, stage: try KindsChapter.stage(), hasAnswers: true)
    handout.title = attack
    handout.sections[0].title = attack
    handout.sections[0].parts.insert(
      .prose([
        .paragraph([.text(attack, .code)]), .code(attack), .heading(level: 1, [.text(attack, [])]),
      ]),
      at: 0)
    handout.sections[0].parts.append(
      .figure(
        Handout.ShownFigure(
          figure: Figure(
            title: attack, sentence: attack,
            body: .table(Table(columns: [attack], rows: [[attack]])),
            legend: [LegendEntry(attack, attack)], caution: attack),
          settings: attack, caption: [.paragraph([.text(attack, [])])])))
    let page = try ParsedPage.parse(try HandoutHTML(handout).page())
    #expect(page.all("script").isEmpty && page.all("img").isEmpty)
    #expect(page.all("h1").first?.text == attack)
    #expect(page.all("td").contains { $0.text == attack })
    #expect(page.elements.allSatisfy { $0.attributes["onload"] == nil })
  }

  @Test func aNumberInCodeIsPartOfTheCode() throws {
    #expect(try page().contains("<code>x = pad(x, to: 16)</code>"))
    let chapter = try KindsChapter.chapter()
    let handout = try Handout(chapter, stage: try KindsChapter.stage(), hasAnswers: false)
    let text = try HandoutMarkdown(handout).files()[0].text
    #expect(text.contains("`x = pad(x, to: 16)`") && !text.contains("``"))
  }

  @Test func controlCharactersDoNotReachThePage() {
    #expect(
      Markup.escaped("a\u{1B}[2J\u{0}b\u{FFFE}\u{9B}\n")
        == "a\u{FFFD}[2J\u{FFFD}b\u{FFFD}\u{FFFD}\n")
  }
}

extension String {
  /// How often a part stands in the text.
  fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
