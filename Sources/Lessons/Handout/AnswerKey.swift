/// The right answer of a question, and each foreseen wrong one with what speaks against it.
struct AnswerKey: Sendable {
  /// A foreseen wrong answer.
  struct Wrong: Sendable {
    /// The answer.
    var answer: [Inline]
    /// The name of the rule behind it, if one is known.
    var misconception: String?
    /// What is said to who gave it: the author's words, the rule behind it, why the model does otherwise.
    var against: [Feedback.Section]
  }

  /// What the model says, and why.
  var right: [Feedback.Section]
  /// The wrong answers in the file's order.
  var wrong: [Wrong]
  /// The figure that a commit reveals.
  var reveal: Handout.ShownFigure?

  /// Puts the key to an item together, from the same words that a learner hears.
  init(_ item: GradedItem, words: FeedbackWords) {
    right =
      Feedback(
        item.item, item.grade(.dontKnow), misconceptions: words.misconceptions,
        language: words.language
      ).sections
    wrong = zip(item.item.options, item.values).compactMap { option, value in
      Self.wrong(option, value, item.item, words)
    }
    wrong += item.item.wrongOrders.map { order in
      let steps = order.steps.map { String($0 + 1) }.joined(separator: " → ")
      return Self.wrong(
        [.text(steps, .strong)], order.feedback, order.misconception, words)
    }
  }

  /// An option that nobody should choose, or a right one that nobody should leave out.
  private static func wrong(
    _ option: AnswerOption, _ value: Value?, _ item: Item, _ words: FeedbackWords
  ) -> Wrong? {
    guard !option.isRight || option.misconception != nil else { return nil }
    var answer = item.kind.rules.named(option, value, item, words.language)
    if option.isRight {
      let title = Localized("left out: ", "漏选：")[words.language]
      answer = [.text(title, [])] + answer
    }
    return wrong(answer, option.feedback, option.misconception, words)
  }

  private static func wrong(
    _ answer: [Inline], _ feedback: Prose, _ misconception: String?, _ words: FeedbackWords
  ) -> Wrong {
    let said = feedback.isEmpty ? [] : [Feedback.Section(title: Localized("", ""), prose: feedback)]
    return Wrong(
      answer: answer, misconception: misconception, against: said + words.rule(misconception))
  }
}
