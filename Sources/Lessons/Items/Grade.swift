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
  /// The number or the cells that were answered.
  public var given: Value?

  /// Creates a grade.
  public init(
    isRight: Bool, option: Int? = nil, misconception: String? = nil,
    difference: CellDifference? = nil, expected: Value? = nil, given: Value? = nil
  ) {
    self.isRight = isRight
    self.option = option
    self.misconception = misconception
    self.difference = difference
    self.expected = expected
    self.given = given
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
  /// The value of each option that is a single expression; nil for an option in words.
  public let values: [Value?]

  /// Evaluates an item's options.
  ///
  /// - Throws: when an expression has no value, or one of the wrong kind.
  public init(_ item: Item, in environment: some Environment) throws(ExpressionError) {
    self.item = item
    var values: [Value?] = []
    for option in item.options {
      guard case .expression(let expression, _)? = option.answer.first, option.answer.count == 1
      else {
        values.append(nil)
        continue
      }
      let value = try expression.evaluate(in: environment)
      switch (item.kind, value) {
      case (.choice, _), (.number, .number), (.paint, .tokens): values.append(value)
      case (.paint, .token(let token)): values.append(.tokens([token]))
      default:
        throw ExpressionError(
          column: 1, "an answer of kind \(item.kind.rawValue) cannot be \(value.kindName)")
      }
    }
    self.values = values
  }

  /// The index of the right option.
  public var rightOption: Int? { item.options.firstIndex(where: \.isRight) }

  /// The value of the right option, if it is one.
  public var expected: Value? { rightOption.flatMap { values[$0] } }

  /// Grades an answer; one that does not fit the item's kind is wrong.
  public func grade(_ answer: Answer) -> Grade {
    switch (item.kind, answer) {
    case (.choice, .choice(let index)) where item.options.indices.contains(index):
      grade(matching: index, given: values[index])
    case (.number, .number(let typed)): gradeNumber(Answer.number(in: typed, unit: item.unit))
    case (.paint, .cells(let cells)): grade(cells)
    default: Grade(isRight: false, expected: expected)
    }
  }

  private func grade(matching index: Int?, given: Value?) -> Grade {
    let option = index.map { item.options[$0] }
    return Grade(
      isRight: option?.isRight ?? false, option: index, misconception: option?.misconception,
      expected: expected, given: given)
  }

  private func gradeNumber(_ number: Double?) -> Grade {
    guard let number else { return Grade(isRight: false, expected: expected) }
    let given = Value.number(number)
    // The right answer first: within its tolerance nothing else counts.
    let order = item.options.indices.sorted { a, b in
      item.options[a].isRight && !item.options[b].isRight
    }
    let match = order.first { index in
      guard case .number(let value)? = values[index] else { return false }
      if item.options[index].isRight, abs(value - number) <= item.tolerance { return true }
      return Value.number(value).isNearly(given) || values[index]?.text(.en) == given.text(.en)
    }
    return grade(matching: match, given: given)
  }

  private func grade(_ cells: Set<Token>) -> Grade {
    guard case .tokens(let right)? = expected else { return Grade(isRight: false) }
    var grade = grade(matching: nearestRule(to: cells, right: right), given: .tokens(cells))
    grade.difference = CellDifference(painted: cells, right: right)
    return grade
  }

  /// The option that the cells follow: exactly, or for a wrong rule with a few slips of the hand.
  ///
  /// Slips never make an answer right. They are forgiven for a wrong rule, so that its refutation is heard, when
  /// they are at most a quarter of its cells and of the way to the right answer.
  private func nearestRule(to cells: Set<Token>, right: Set<Token>) -> Int? {
    let toRight = cells.symmetricDifference(right).count
    if toRight == 0 { return rightOption }
    var best: (index: Int, slips: Int)?
    for (index, value) in values.enumerated() where !item.options[index].isRight {
      guard case .tokens(let rule)? = value else { continue }
      let slips = cells.symmetricDifference(rule).count
      if slips * 4 <= min(toRight, rule.count), slips < best?.slips ?? .max {
        best = (index, slips)
      }
    }
    return best?.index
  }
}
