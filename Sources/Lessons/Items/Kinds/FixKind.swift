/// The wrong line of a piece, and what should stand there instead.
///
/// In the file a numbered list is the piece, and a bullet list names the foreseen repairs: `- 2 → words  @ok`. Each line
/// that can be chosen has equally many, so that their number tells nothing; a line without any is there to be read.
struct FixKind: TwoPartRules {
  private static let form = TwoListForm(
    shape: "a fix is a prompt, a numbered list of lines and a list of repairs",
    example: "write the lines as 1. 2. 3., then repairs such as - 2 → words  @ok", name: "a piece",
    rows: "lines", counts: 2...7)

  var asks: (first: Localized, second: Localized) {
    (
      Localized("choose the wrong line first", "请先选出错的那一行"),
      Localized("choose what should stand there first", "请先选这一行应该怎么写")
    )
  }

  // MARK: Written

  func answers(
    in nodes: [MarkdownNode], of directive: Directive, id: String, _ parser: inout ProseParser
  ) -> WrittenAnswers? {
    guard let parts = Self.form.parts(of: nodes, directive, &parser) else { return nil }
    let (piece, repairs) = (parts.numbered, parts.bulleted)
    let lines = piece.children.compactMap { node -> [Inline]? in
      guard node.children.count == 1, let words = node.children.first, words.kind == .paragraph
      else {
        parser.report(node.line, 4, "a line of a piece is one line of words", "write 1. words")
        return nil
      }
      return parser.inlines(words.children, at: words)
    }
    guard lines.count == piece.children.count,
      var written = parser.taggedAnswers(
        in: [piece, repairs], of: directive, id: id, rules: self)
    else { return nil }
    written.prompt = parts.prompt
    written.lines = lines
    written.options = written.options.compactMap {
      Self.repair($0, of: lines.count, &parser)
    }
    let groups = Dictionary(grouping: written.options, by: \.group).mapValues(\.count)
    if written.options.count == repairs.children.count,
      groups.count < 2 || Set(groups.values).count > 1
    {
      parser.report(
        repairs.line, 1, "the number of repairs gives the wrong line away",
        "give two lines or more equally many repairs")
    }
    return written
  }

  /// An option whose words begin with the number of its line.
  private static func repair(
    _ option: AnswerOption, of count: Int, _ parser: inout ProseParser
  ) -> AnswerOption? {
    var option = option
    guard case .text(let text, let emphasis)? = option.answer.first,
      let arrow = text.firstIndex(of: "→"),
      let number = Int(text[..<arrow].trimmed), (1...count).contains(number)
    else {
      parser.report(
        option.line, 3, "a repair begins with the number of its line, 1 to \(count)",
        "write - 2 → words  @ok")
      return nil
    }
    let rest = text[text.index(after: arrow)...].drop { $0 == " " }
    option.group = number - 1
    option.answer.removeFirst()
    if !rest.isEmpty { option.answer.insert(.text(String(rest), emphasis), at: 0) }
    if option.answer.isEmpty {
      parser.report(option.line, 3, "this repair has no words", "write - \(number) → words")
      return nil
    }
    return option
  }

  // MARK: Entered

  func firsts(_ item: Item) -> [Int] { Set(item.options.map(\.group)).sorted() }

  func seconds(after first: Int, _ item: Item) -> [Int] {
    item.options.indices.filter { item.options[$0].group == first }
  }

  func answer(_ first: Int, _ second: Int) -> Answer { .choice(second) }

  func parts(of answer: Answer, _ item: Item) -> (first: Int, second: Int)? {
    guard case .choice(let index) = answer, item.options.indices.contains(index) else { return nil }
    return (item.options[index].group, index)
  }

  func rightAnswer(to item: GradedItem) -> Answer? { item.rightOption.map(Answer.choice) }

  func rows(_ session: ItemSession) -> [EntryRow] {
    let (item, entry) = (session.item, session.entry)
    let places = firsts(item)
    return item.lines.enumerated().flatMap { number, words -> [EntryRow] in
      let label = places.contains(number) ? "\(number + 1)" : " "
      let isSelected =
        !session.isCommitted && entry.chosen == nil
        && entry.selected.map { places[$0] } == number
      let isOpen = !session.isCommitted && entry.chosen == number
      let mark: EntryRow.Mark = isSelected ? .pointer : isOpen ? .held : .none
      return [.option(mark, label: label, words, isSelected: isSelected)]
        + repairs(of: number, session)
    }
  }

  /// The repairs of a line that are in sight: all of the chosen one, and after the commit those that matter.
  private func repairs(of number: Int, _ session: ItemSession) -> [EntryRow] {
    let (item, entry) = (session.item, session.entry)
    return seconds(after: number, item).enumerated().compactMap { place, index in
      let option = item.options[index]
      let isSelected = entry.chosen == number && entry.selected == place
      var mark: EntryRow.Mark = isSelected ? .pointer : .none
      if session.isCommitted {
        guard option.isRight || isSelected else { return nil }
        mark = option.isRight ? .right : .wrong
      } else if entry.chosen != number {
        return nil
      }
      return .option(
        mark, label: "  " + OptionLetter.text(place), option.answer,
        isSelected: isSelected && !session.isCommitted)
    }
  }

  // MARK: Graded

  func grade(_ answer: Answer, to item: GradedItem) -> Grade? {
    guard let (_, index) = parts(of: answer, item.item) else { return nil }
    return item.grade(matching: index, given: nil, answer)
  }

  func told(_ grade: Grade, _ item: Item, _ words: FeedbackWords) -> [Feedback.Section] {
    guard let right = item.options.first(where: \.isRight) else { return [] }
    let model = words.section(
      .model, [.paragraph(replacement(right, words.language))] + right.feedback)
    guard let option = grade.option.map({ item.options[$0] }) else { return [model] }
    var sections = [
      words.section(.yours, [.paragraph(replacement(option, words.language))] + option.feedback)
    ]
    sections += words.rule(grade.misconception)
    if let sentence = parting(option, right, words.language) {
      sections.append(words.section(.parting, sentence))
    }
    return sections + [model]
  }

  func named(
    _ option: AnswerOption, _ value: Value?, _ item: Item, _ language: Language
  ) -> [Inline] {
    replacement(option, language)
  }

  /// `Line 2: words`.
  private func replacement(_ option: AnswerOption, _ language: Language) -> [Inline] {
    let number = option.group + 1
    return [.text(Localized("Line \(number): ", "第 \(number) 行：")[language], [])] + option.answer
  }

  private func parting(
    _ option: AnswerOption, _ right: AnswerOption, _ language: Language
  ) -> String? {
    let (yours, wrong) = (option.group + 1, right.group + 1)
    return yours == wrong
      ? Localized(
        "Line \(wrong) is the wrong one, but this does not repair it.",
        "出错的确实是第 \(wrong) 行，但这样改不对。")[language]
      : Localized(
        "Line \(yours) does what it should. The wrong one is line \(wrong).",
        "第 \(yours) 行没有错。出错的是第 \(wrong) 行。")[language]
  }

  func givenAway(in lines: [String], _ item: GradedItem, options: [String]) -> String? {
    guard let right = item.rightOption.map({ options[$0] }) else { return nil }
    return lines.contains { $0.contains(right) } ? right : nil
  }

  /// Each repair with its line: a hand for the line alone would not tell the rule behind it.
  func ballot(_ item: GradedItem, _ language: Language) -> Ballot? {
    Ballot(
      item.item.options.map { option in
        var option = option
        option.answer = replacement(option, language)
        return option
      })
  }

  // MARK: Plain text

  func listed(_ item: Item) -> [ListedLine] {
    let places = firsts(item)
    return item.lines.enumerated().flatMap { number, words in
      let mark = places.contains(number) ? "\(number + 1))" : "  "
      return [ListedLine(mark: mark, words: words)]
        + seconds(after: number, item).enumerated().map { place, index in
          ListedLine(
            mark: "   " + OptionLetter.text(place) + ")", words: item.options[index].answer)
        }
    }
  }

  func form(_ item: Item) -> Localized {
    Localized(
      "Answer with the number of the wrong line and the letter of what should stand there, such as 2 a.",
      "请写出错的那一行的编号，以及它应改成的写法的字母，例如 2 a。")
  }

  func answer(stored text: String) -> Answer? {
    Int(text).flatMap { $0 >= 0 ? .choice($0) : nil }
  }
}
