extension CourseCheck {
  /// What keeps a question from teaching: answers that cannot be told apart, no hints, no rule to refute.
  func problems(
    with item: Item, in step: Step, of chapter: Chapter,
    misconceptions: [String: Misconception]?
  ) -> [LessonError] {
    var problems: [LessonError] = []
    func report(_ line: Int, _ message: String, _ suggestion: String) {
      problems.append(chapter.error(line, 1, message, suggestion))
    }
    if item.hints.isEmpty {
      report(item.line, "'\(item.id)' has no hints", "write a {hint} with :for: \(item.id)")
    } else if !isWorked(item.hints[item.hints.count - 1], chapter.language) {
      report(
        item.line, "the last hint of '\(item.id)' is no worked sibling",
        "begin it with \(Self.workedMark(chapter.language))")
    }
    let right = item.options.first(where: \.isRight)
    if item.explanation.isEmpty, right?.feedback.isEmpty ?? true {
      report(
        item.line, "nothing says why the right answer of '\(item.id)' is right",
        "write an {explain} with :for: \(item.id)")
    }
    for option in item.options {
      guard let name = option.misconception, let catalogue = misconceptions else { continue }
      if catalogue[name] == nil {
        report(
          option.line, "there is no misconception '\(name)'",
          closest(to: name, in: catalogue.keys).map { "did you mean @\($0)?" }
            ?? "add it to misconceptions.\(chapter.language.rawValue).md")
      }
    }
    if let facts = environment(of: chapter, item.figure) {
      problems += answers(of: item, in: step, of: chapter, facts: facts)
    }
    return problems
  }

  private static func workedMark(_ language: Language) -> String {
    language == .en ? "worked:" : "例："
  }

  private func isWorked(_ hint: Prose, _ language: Language) -> Bool {
    guard case .text(let text, _)? = hint.lines.first?.first else { return false }
    return text.hasPrefix(Self.workedMark(language))
  }

  private func answers(
    of item: Item, in step: Step, of chapter: Chapter, facts: any Environment
  ) -> [LessonError] {
    // An expression without a value is reported where it stands.
    guard let graded = try? GradedItem(item, in: facts) else {
      return wrongKinds(of: item, of: chapter, facts: facts)
    }
    var problems: [LessonError] = []
    let texts = item.options.map { shown($0.answer, in: facts, chapter.language) }
    for (index, option) in item.options.enumerated() {
      let twin = (0..<index).first { other in
        texts[other] == texts[index] && item.kind != .paint
          || graded.values[index] != nil && graded.values[other] == graded.values[index]
      }
      if let twin {
        problems.append(
          chapter.error(
            option.line, 3, "this answer is the same as the one in line \(item.options[twin].line)",
            "give the wrong rule another number"))
      }
      if item.kind == .number, !option.isRight, case .number(let right)? = graded.expected,
        case .number(let wrong)? = graded.values[index], abs(right - wrong) <= item.tolerance
      {
        problems.append(
          chapter.error(
            option.line, 3, "this wrong answer lies within the tolerance of the right one",
            "narrow :tolerance:, or change the rule's number"))
      }
      if case .tokens(let cells)? = graded.values[index], cells.isEmpty {
        problems.append(
          chapter.error(option.line, 3, "this answer is no cells at all", "choose another token"))
      }
    }
    if let right = graded.rightOption, item.kind != .paint {
      problems += givenAway(texts[right], item, step, chapter, facts: facts)
    }
    return problems
  }

  private func wrongKinds(
    of item: Item, of chapter: Chapter, facts: any Environment
  ) -> [LessonError] {
    let wanted = item.kind == .number ? "a number" : "a set of cells"
    guard item.kind != .choice else { return [] }
    return item.options.compactMap { option in
      guard let expression = option.answer.expressions.first,
        let value = try? expression.evaluate(in: facts), value.kindName != wanted
      else { return nil }
      return chapter.error(
        expression.line, expression.column,
        "an answer of kind \(item.kind.rawValue) is \(wanted), not \(value.kindName)")
    }
  }

  /// The right answer's number in the text above the question.
  ///
  /// Numbers of one digit are let through: they are dimensions and coordinates more often than answers.
  private func givenAway(
    _ right: String, _ item: Item, _ step: Step, _ chapter: Chapter, facts: any Environment
  ) -> [LessonError] {
    guard let answer = Answer.number(in: right, unit: item.unit), abs(answer) >= 10 else {
      return []
    }
    var lines: [[Inline]] = []
    for block in step.blocks {
      switch block {
      case .prose(let prose): lines += prose.lines
      case .figure(let figure): lines += figure.caption.lines
      case .observe(let observation): lines += observation.prompt.lines
      case .source(let source): lines += source.caption.lines
      case .item: break
      }
      if case .item = block { break }
    }
    lines += item.prompt.lines
    for line in lines {
      let words = shown(line, in: facts, chapter.language)
      let numbers = words.split { !($0.isNumber || $0 == "," || $0 == ".") }
      let shows = numbers.contains { word in
        let bare = word.last == "," || word.last == "." ? word.dropLast() : word
        return Answer.number(in: String(bare)) == answer
      }
      if shows {
        return [
          chapter.error(
            item.line, 1, "the answer \(right) stands in the text before the question",
            "say it after the commit, in {explain}")
        ]
      }
    }
    return []
  }

  private func shown(
    _ inlines: [Inline], in facts: any Environment, _ language: Language
  ) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text, _): text
      case .expression(let expression, _):
        (try? expression.evaluate(in: facts).text(language)) ?? expression.source
      case .lineBreak: "\n"
      }
    }.joined()
  }
}
