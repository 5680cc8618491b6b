/// Compares a chapter with its translation: the same identifiers, in the same order, around the same expressions.
struct TranslationCheck {
  let original: Chapter
  let translation: Chapter

  func problems() -> [LessonError] {
    var problems: [LessonError] = []
    func report(_ line: Int, _ message: String) {
      problems.append(translation.error(line, 1, message, "see \(original.file)"))
    }
    if original.needs != translation.needs { report(5, "'needs' differs from the other language") }
    if original.minutes != translation.minutes { report(6, "'minutes' differs") }
    if original.model != translation.model { report(7, "'model' differs") }
    if original.objectives.count != translation.objectives.count {
      report(8, "the number of objectives differs")
    }
    let ids = translation.steps.map(\.id)
    let wanted = original.steps.map(\.id)
    guard ids == wanted else {
      let first = zip(ids, wanted).first { $0 != $1 }
      let line = zip(translation.steps, wanted).first { $0.id != $1 }?.0.line
      let expected = first?.1 ?? wanted.dropFirst(ids.count).first ?? "the end"
      report(
        line ?? translation.steps.last?.line ?? 1,
        "the step '\(expected)' should stand here, as in the other language")
      return problems
    }
    for (step, other) in zip(original.steps, translation.steps) {
      problems += compare(step, other)
    }
    return problems
  }

  private func compare(_ step: Step, _ other: Step) -> [LessonError] {
    let kinds = step.blocks.map(Self.kind)
    guard kinds == other.blocks.map(Self.kind) else {
      return [
        translation.error(
          other.line, 1, "the step's parts differ from the other language",
          "there it has \(kinds.joined(separator: ", "))")
      ]
    }
    var problems = difference(step.proseExpressions, other.proseExpressions, other.line)
    if step.notes.count != other.notes.count {
      problems.append(translation.error(other.line, 1, "the number of notes differs"))
    }
    if step.seconds != other.seconds {
      problems.append(
        translation.error(
          other.line, 1, "the step's seconds differ from the other language",
          step.seconds.map { "write :seconds: \($0)" } ?? "remove the line"))
    }
    for (block, twin) in zip(step.blocks, other.blocks) {
      switch (block, twin) {
      case (.figure(let a), .figure(let b)): problems += compare(a, b)
      case (.item(let a), .item(let b)): problems += compare(a, b)
      case (.observe(let a), .observe(let b)) where a.until != b.until:
        problems.append(
          translation.error(b.until.line, b.until.column, "the condition differs", a.until.source))
      default: break
      }
    }
    return problems
  }

  private static func kind(_ block: Block) -> String {
    switch block {
    case .prose: "prose"
    case .figure(let figure): "figure \(figure.name) '\(figure.id)'"
    case .item(let item): "\(item.isPrediction ? "predict" : "quiz") '\(item.id)'"
    case .observe(let observation): "observe '\(observation.id)'"
    case .source(let source): "source \(source.symbol)"
    }
  }

  private func compare(_ a: FigureSpec?, _ b: FigureSpec?) -> [LessonError] {
    guard a?.name == b?.name, a?.knobs == b?.knobs, a?.focus == b?.focus else {
      return [
        translation.error(
          b?.line ?? a?.line ?? 1, 1, "the figure, its knobs or its focus differ",
          "take them over from the other language")
      ]
    }
    return []
  }

  private func compare(_ a: Item, _ b: Item) -> [LessonError] {
    var problems = compare(a.figure, b.figure) + compare(a.reveal, b.reveal)
    if a.kind != b.kind || a.tolerance != b.tolerance {
      problems.append(translation.error(b.line, 1, "the kind or the tolerance differs"))
    }
    let tags = a.options.map(Self.tags)
    if tags != b.options.map(Self.tags) {
      problems.append(
        translation.error(
          b.line, 1, "the answers' tags or their order differ",
          "there they are \(tags.joined(separator: " "))"))
    } else {
      for (mine, theirs) in zip(a.options, b.options)
      where mine.answer.expressions != theirs.answer.expressions {
        problems.append(translation.error(theirs.line, 3, "the answer's expressions differ"))
      }
      for (mine, theirs) in zip(a.options, b.options)
      where a.kind == .shape && Self.sizes(mine) != Self.sizes(theirs) {
        problems.append(translation.error(theirs.line, 3, "the answer's sizes differ"))
      }
    }
    let orders = a.wrongOrders.map { [$0.steps.description, $0.misconception] }
    if orders != b.wrongOrders.map({ [$0.steps.description, $0.misconception] }) {
      problems.append(translation.error(b.line, 1, "the wrong orders or their tags differ"))
    }
    if a.lines.map(\.expressions) != b.lines.map(\.expressions) {
      problems.append(translation.error(b.line, 1, "the lines or their expressions differ"))
    }
    if a.hints.count != b.hints.count {
      problems.append(translation.error(b.line, 1, "the number of hints differs"))
    }
    if a.explanation.isEmpty != b.explanation.isEmpty {
      problems.append(translation.error(b.line, 1, "only one language has an explanation"))
    }
    return problems + difference(a.spokenExpressions, b.spokenExpressions, b.line)
  }

  private static func tags(_ option: AnswerOption) -> String {
    (option.group > 0 ? "\(option.group + 1) " : "") + (option.isRight ? "@ok" : "")
      + (option.misconception.map { "@\($0)" } ?? "")
  }

  /// An answer of sizes without its blanks.
  private static func sizes(_ option: AnswerOption) -> String {
    option.answer.plainText.filter { $0 != " " }
  }

  /// Expressions that only one of the two has; their order and number may differ, as word order does.
  private func difference(
    _ a: [Expression], _ b: [Expression], _ line: Int
  ) -> [LessonError] {
    let missing = Set(a.map(\.source)).subtracting(b.map(\.source)).sorted()
    let added = b.filter { expression in !a.contains(expression) }
    return missing.map {
      translation.error(line, 1, "{= \($0)} is missing here", "the other language has it")
    }
      + added.map {
        translation.error(
          $0.line, $0.column, "{= \($0.source)} is not in the other language", "use the same ones")
      }
  }
}
