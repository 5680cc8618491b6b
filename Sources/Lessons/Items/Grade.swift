/// What the model says about an answer.
public struct Grade: Sendable, Hashable {
  /// True if the answer is the right one.
  public var isRight: Bool
  /// The index of the foreseen option that the answer matches, if it matches one.
  public var option: Int?
  /// The wrong rule that leads to the answer, if it is known.
  public var misconception: String?
  /// For painted cells: where they part from what the model does.
  public var difference: CellDifference?
  /// The right value; nil for an option in words.
  public var expected: Value?
  /// The number, the shape or the cells that were answered.
  public var given: Value?
  /// What was answered.
  public var answer: Answer?

  /// Creates a grade.
  public init(
    isRight: Bool, option: Int? = nil, misconception: String? = nil,
    difference: CellDifference? = nil, expected: Value? = nil, given: Value? = nil,
    answer: Answer? = nil
  ) {
    self.isRight = isRight
    self.option = option
    self.misconception = misconception
    self.difference = difference
    self.expected = expected
    self.given = given
    self.answer = answer
  }
}

/// Where painted cells and the model's cells part.
public struct CellDifference: Sendable, Hashable {
  /// Cells that were painted and do not belong, in reading order.
  public var extra: [Token]
  /// Cells that belong and were not painted, in reading order.
  public var missing: [Token]

  /// Compares painted cells with the right ones.
  public init(painted: Set<Token>, right: Set<Token>) {
    extra = painted.subtracting(right).sorted()
    missing = right.subtracting(painted).sorted()
  }

  /// True if there is none.
  public var isEmpty: Bool { extra.isEmpty && missing.isEmpty }

  /// The first cell in reading order where they part.
  public var first: Token? { (extra.prefix(1) + missing.prefix(1)).min() }

  /// The first place and both counts, as a sentence.
  public func sentence(_ language: Language) -> String? {
    guard let first else { return nil }
    let place = Value.token(first).text(language)
    let isExtra = extra.first == first
    switch language {
    case .en:
      let what = isExtra ? "painted, but not seen" : "seen, but not painted"
      return "They part first at \(place): \(what). "
        + "In all \(extra.count) too many and \(missing.count) missing."
    case .zh:
      let what = isExtra ? "涂了，但看不见" : "看得见，但没有涂"
      return "第一处不同在 \(place)：\(what)。共多涂 \(extra.count) 个，漏涂 \(missing.count) 个。"
    }
  }
}

/// An item with its options evaluated: what is needed to grade an answer.
public struct GradedItem: Sendable, Hashable {
  /// The item.
  public let item: Item
  /// The value of each option that is one; nil for an option in words.
  public let values: [Value?]

  /// Evaluates an item's options.
  ///
  /// - Throws: when an expression has no value, or one of the wrong kind.
  public init(_ item: Item, in environment: some Environment) throws(ExpressionError) {
    self.item = item
    var values: [Value?] = []
    for option in item.options {
      values.append(try item.kind.rules.value(of: option, in: environment))
    }
    self.values = values
  }

  /// The index of the right option, the first one where several are.
  public var rightOption: Int? { item.options.firstIndex(where: \.isRight) }

  /// The value of the right option, if it is one.
  public var expected: Value? { rightOption.flatMap { values[$0] } }

  /// Grades an answer; one that does not fit the item's kind is wrong.
  public func grade(_ answer: Answer) -> Grade {
    item.kind.rules.grade(answer, to: self)
      ?? Grade(isRight: false, expected: expected, answer: answer)
  }

  /// The grade of an answer that is one of the options, or none of them.
  func grade(matching index: Int?, given: Value?, _ answer: Answer) -> Grade {
    let option = index.map { item.options[$0] }
    return Grade(
      isRight: option?.isRight ?? false, option: index, misconception: option?.misconception,
      expected: expected, given: given, answer: answer)
  }
}
