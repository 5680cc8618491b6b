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
    let right = item.options.filter(\.isRight)
    if item.explanation.isEmpty, right.allSatisfy(\.feedback.isEmpty) {
      report(
        item.line, "nothing says why the right answer of '\(item.id)' is right",
        "write an {explain} with :for: \(item.id)")
    }
    for (name, line) in item.namedRules {
      guard let catalogue = misconceptions else { continue }
      if catalogue[name] == nil {
        report(
          line, "there is no misconception '\(name)'",
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
    let lines = item.lines.map { shown($0, in: facts, chapter.language) }
    for (index, option) in item.options.enumerated() {
      let value = graded.values[index]
      let twin = (0..<index).first { other in
        guard item.options[other].group == option.group else { return false }
        if let value {
          return graded.values[other] == value || areAlike(texts, other, index, value)
        }
        return texts[other] == texts[index]
      }
      if let twin {
        problems.append(
          chapter.error(
            option.line, 3, "this answer is the same as the one in line \(item.options[twin].line)",
            "give the wrong rule another number"))
      }
      if item.kind == .fix, lines.indices.contains(option.group),
        lines[option.group] == texts[index]
      {
        problems.append(
          chapter.error(
            option.line, 3, "this repair leaves line \(option.group + 1) as it is",
            "write what should stand there instead"))
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
    for (index, order) in item.wrongOrders.enumerated() {
      if let twin = item.wrongOrders[..<index].first(where: { $0.steps == order.steps }) {
        problems.append(
          chapter.error(
            order.line, 3, "this order is the same as the one in line \(twin.line)", "keep one"))
      }
    }
    let before = textBefore(item, step).map { shown($0, in: facts, chapter.language) }
    if let right = item.kind.rules.givenAway(in: before, graded, options: texts) {
      problems.append(
        chapter.error(
          item.line, 1, "the answer \(right) stands in the text before the question",
          "say it after the commit, in {explain}"))
    }
    return problems
  }

  /// Numbers that differ only beyond the shown digits cannot be told apart; sets of cells are shown as counts.
  private func areAlike(_ texts: [String], _ a: Int, _ b: Int, _ value: Value) -> Bool {
    if case .tokens = value { return false }
    return texts[a] == texts[b]
  }

  /// What keeps the answers from having values of the right kind, each at its expression.
  private func wrongKinds(
    of item: Item, of chapter: Chapter, facts: any Environment
  ) -> [LessonError] {
    item.options.flatMap(\.answer.expressions).compactMap { expression in
      guard let value = try? expression.evaluate(in: facts),
        let fault = item.kind.rules.fault(of: value)
      else { return nil }
      return chapter.error(expression.line, expression.column, fault)
    }
  }

  /// Every paragraph that a learner reads before the answers, the question itself included.
  private func textBefore(_ item: Item, _ step: Step) -> [[Inline]] {
    var lines: [[Inline]] = []
    for block in step.blocks {
      switch block {
      case .prose(let prose): lines += prose.lines
      case .figure(let figure): lines += figure.caption.lines
      case .observe(let observation): lines += observation.prompt.lines
      case .source(let source): lines += source.caption.lines
      case .item: return lines + item.prompt.lines
      }
    }
    return lines + item.prompt.lines
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
