/// What holds, and the reason for it: an answer that is right for a wrong reason is told apart.
///
/// In the file two lists with the question for the reason between them, one of each tagged `@ok`.
///
/// Source: the two-tier items of Treagust 1988, International Journal of Science Education 10(2).
struct WhyKind: TwoPartRules {
  var asks: (first: Localized, second: Localized) {
    (
      Localized("choose an answer first", "请先选一个答案"),
      Localized("choose the reason first", "请先选一个原因")
    )
  }

  // MARK: Written

  func answers(
    in nodes: [MarkdownNode], of directive: Directive, id: String, _ parser: inout ProseParser
  ) -> WrittenAnswers? {
    guard nodes.count > 3, case .list(ordered: false) = nodes[nodes.count - 3].kind,
      nodes[nodes.count - 2].kind == .paragraph,
      case .list(ordered: false) = nodes[nodes.count - 1].kind
    else {
      parser.report(
        directive.line, 1, "a why is a prompt, a list of answers, a question and a list of reasons",
        "write a line such as Why? between the two lists")
      return nil
    }
    let question = nodes[nodes.count - 2]
    guard
      let claims = parser.taggedAnswers(
        in: Array(nodes.dropLast(2)), of: directive, id: id, rules: self),
      let reasons = parser.taggedAnswers(
        in: Array(nodes.suffix(2)), of: directive, id: id, rules: self)
    else { return nil }
    return WrittenAnswers(
      prompt: claims.prompt,
      options: claims.options
        + reasons.options.map { option in
          var option = option
          option.group = 1
          return option
        },
      lines: [parser.inlines(question.children, at: question)])
  }

  // MARK: Entered

  private func options(_ group: Int, _ item: Item) -> [Int] {
    item.options.indices.filter { item.options[$0].group == group }
  }

  func firsts(_ item: Item) -> [Int] { options(0, item) }

  func seconds(after first: Int, _ item: Item) -> [Int] { options(1, item) }

  func answer(_ first: Int, _ second: Int) -> Answer { .choices([first, second]) }

  func parts(of answer: Answer, _ item: Item) -> (first: Int, second: Int)? {
    guard case .choices(let chosen) = answer, chosen.count == 2,
      let claim = chosen.min(), let reason = chosen.max(),
      firsts(item).contains(claim), options(1, item).contains(reason)
    else { return nil }
    return (claim, reason)
  }

  func rightAnswer(to item: GradedItem) -> Answer? {
    .choices(Set(item.item.options.indices.filter { item.item.options[$0].isRight }))
  }

  func rows(_ session: ItemSession) -> [EntryRow] {
    let (item, entry) = (session.item, session.entry)
    var rows = firsts(item).enumerated().map { place, index in
      let isChosen = entry.chosen == index
      let isSelected = entry.chosen == nil && entry.selected == place
      return row(
        item.options[index], label: OptionLetter.text(place), isChosen: isChosen,
        isSelected: isSelected, isCommitted: session.isCommitted)
    }
    guard entry.chosen != nil || session.isCommitted else { return rows }
    rows += item.lines.map(EntryRow.words)
    rows += options(1, item).enumerated().map { place, index in
      let isSelected = entry.chosen != nil && entry.selected == place
      return row(
        item.options[index], label: "\(place + 1)", isChosen: session.isCommitted && isSelected,
        isSelected: isSelected, isCommitted: session.isCommitted)
    }
    return rows
  }

  private func row(
    _ option: AnswerOption, label: String, isChosen: Bool, isSelected: Bool, isCommitted: Bool
  ) -> EntryRow {
    var mark: EntryRow.Mark = isSelected ? .pointer : isChosen ? .held : .none
    if isCommitted { mark = option.isRight ? .right : isChosen ? .wrong : .none }
    return .option(mark, label: label, option.answer, isSelected: isSelected && !isCommitted)
  }

  // MARK: Graded

  func grade(_ answer: Answer, to item: GradedItem) -> Grade? {
    guard let (first, second) = parts(of: answer, item.item) else { return nil }
    let (claim, reason) = (item.item.options[first], item.item.options[second])
    // The reason says more about the rule in the head than the answer that it led to.
    return Grade(
      isRight: claim.isRight && reason.isRight,
      misconception: reason.misconception ?? claim.misconception, answer: answer)
  }

  func confirmed(_ grade: Grade, _ item: Item) -> Prose {
    item.options.filter(\.isRight).flatMap(\.feedback)
  }

  func told(_ grade: Grade, _ item: Item, _ words: FeedbackWords) -> [Feedback.Section] {
    let right = item.options.filter(\.isRight)
    let model = words.section(
      .model, [words.list(right.map(\.answer))] + right.flatMap(\.feedback))
    guard let (first, second) = grade.answer.flatMap({ parts(of: $0, item) }) else {
      return [model]
    }
    let chosen = [item.options[first], item.options[second]]
    var sections = [words.section(.yours, [words.list(chosen.map(\.answer))])]
    if let sentence = parting(grade, chosen, words.language) {
      sections.append(words.section(.parting, sentence))
    }
    let titles = [Localized("The answer", "答案"), Localized("The reason", "原因")]
    for (option, title) in zip(chosen, titles) where !option.isRight {
      if !option.feedback.isEmpty {
        sections.append(Feedback.Section(title: title, prose: option.feedback))
      }
      sections += words.rule(option.misconception)
    }
    return sections + [model]
  }

  /// Which of the two parts does not hold, as a sentence.
  private func parting(_ grade: Grade, _ chosen: [AnswerOption], _ language: Language) -> String? {
    switch (chosen[0].isRight, chosen[1].isRight) {
    case (true, true): nil
    case (true, false):
      Localized("The answer is right, the reason is not.", "答案对，原因不对。")[language]
    case (false, true):
      Localized("The reason is right, but it leads to another answer.", "原因对，但它得出的是另一个答案。")[
        language]
    case (false, false):
      Localized("Neither the answer nor the reason holds.", "答案和原因都不成立。")[language]
    }
  }

  func givenAway(in lines: [String], _ item: GradedItem, options: [String]) -> String? {
    item.rightOption.flatMap { GivenAway.number(options[$0], unit: nil, in: lines) }
  }

  /// The room votes on the answer; the reason is what it then talks about.
  func ballot(_ item: GradedItem, _ language: Language) -> Ballot? {
    Ballot(firsts(item.item).map { item.item.options[$0] })
  }

  // MARK: Plain text

  func listed(_ item: Item) -> [ListedLine] {
    let claims = firsts(item).enumerated().map { place, index in
      ListedLine(mark: OptionLetter.text(place) + ")", words: item.options[index].answer)
    }
    let reasons = options(1, item).enumerated().map { place, index in
      ListedLine(mark: "\(place + 1))", words: item.options[index].answer)
    }
    return claims + item.lines.map { ListedLine(mark: "", words: $0) } + reasons
  }

  func form(_ item: Item) -> Localized {
    Localized(
      "Answer with a letter and the number of the reason, such as a 2.",
      "请写出答案的字母和原因的编号，例如 a 2。")
  }

  func answer(stored text: String) -> Answer? {
    Answer.indices(in: text).flatMap { $0.count == 2 ? .choices(Set($0)) : nil }
  }
}
