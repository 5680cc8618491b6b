/// What a room can raise its hands for at a question, in an order that does not tell which answer is right.
struct Ballot: Sendable, Hashable {
  /// One answer.
  struct Choice: Sendable, Hashable {
    /// The answer as it is shown.
    var words: [Inline]
    /// The answer as a progress file keeps it.
    var kept: String
    /// True if it is right.
    var isRight: Bool
    /// The wrong rule that leads to it.
    var misconception: String?
  }

  /// The answers, at most as many as there are digits to choose them by.
  var choices: [Choice]
  /// Whether one person may raise several hands.
  var allowsSeveral = false

  /// The most answers.
  static let most = 9

  /// Offers the options of a question as they stand.
  init?(_ options: [AnswerOption], allowsSeveral: Bool = false) {
    guard options.count <= Self.most else { return nil }
    self.allowsSeveral = allowsSeveral
    choices = options.enumerated().map { index, option in
      Choice(
        words: option.answer, kept: String(index), isRight: option.isRight,
        misconception: option.isRight && !allowsSeveral ? nil : option.misconception)
    }
  }

  /// Offers the values that were foreseen, from the smallest on, and the chance to have found another one.
  init?(values item: GradedItem, _ language: Language) {
    let unit = item.item.unit.map { " \($0)" } ?? ""
    let known = zip(item.item.options, item.values).compactMap { option, value in
      value.map { (option: option, value: $0) }
    }
    guard known.count < Self.most else { return nil }
    choices = known.sorted { Self.precedes($0.value, $1.value) }.map { option, value in
      Choice(
        words: [.text(value.text(language) + unit, [])], kept: value.text(.en),
        isRight: option.isRight, misconception: option.misconception)
    }
    let other = Localized("another answer", "别的答案")[language]
    choices.append(Choice(words: [.text(other, [])], kept: "other", isRight: false))
  }

  private static func precedes(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.number(let a), .number(let b)): a < b
    case (.shape(let a), .shape(let b)): a.lexicographicallyPrecedes(b)
    default: a.text(.en) < b.text(.en)
    }
  }
}

extension ItemSession {
  /// What a room can raise its hands for; nil if a show of hands makes no sense here.
  func ballot(_ language: Language) -> Ballot? { item.kind.rules.ballot(graded, language) }
}
