/// A set of cells, painted on the figure beside the question.
struct PaintKind: KindRules {
  var isOnFigure: Bool { true }

  func fault(in answer: [Inline]) -> (message: String, suggestion: String)? {
    if case .expression? = answer.first, answer.count == 1 { return nil }
    return ("an answer of kind paint is one expression", "write - {= …}")
  }

  func fault(of value: Value) -> String? {
    switch value {
    case .tokens, .token: nil
    default: "an answer of kind paint is a set of cells, not \(value.kindName)"
    }
  }

  func value(
    of option: AnswerOption, in environment: some Environment
  ) throws(ExpressionError) -> Value? {
    guard case .expression(let expression, _)? = option.answer.first else { return nil }
    let value = try expression.evaluate(in: environment)
    if let fault = fault(of: value) { throw ExpressionError(column: 1, fault) }
    if case .token(let token) = value { return .tokens([token]) }
    return value
  }

  // MARK: Entered

  func keys(_ entry: Entry) -> KeyContext { .paint }

  func take(_ act: EntryAct, _ entry: inout Entry, _ item: Item) {
    guard case .paint(let cells, let isPainted) = act else { return }
    if isPainted { entry.painted.formUnion(cells) } else { entry.painted.subtract(cells) }
  }

  func draft(_ entry: Entry, _ item: Item) -> Answer? {
    entry.painted.isEmpty ? nil : .cells(entry.painted)
  }

  func whyNotReady(_ entry: Entry, _ item: Item) -> Localized {
    Localized("paint a cell first", "请先涂一个格子")
  }

  func fill(_ entry: inout Entry, with answer: Answer, _ item: Item) {
    if case .cells(let cells) = answer { entry.painted = cells }
  }

  func rightAnswer(to item: GradedItem) -> Answer? {
    guard case .tokens(let cells)? = item.expected else { return nil }
    return .cells(cells)
  }

  func rows(_ session: ItemSession) -> [EntryRow] { [] }

  // MARK: Graded

  func grade(_ answer: Answer, to item: GradedItem) -> Grade? {
    guard case .cells(let cells) = answer, case .tokens(let right)? = item.expected else {
      return nil
    }
    let match = nearestRule(to: cells, right: right, item)
    var grade = item.grade(matching: match, given: .tokens(cells), answer)
    grade.difference = CellDifference(painted: cells, right: right)
    return grade
  }

  /// The option that the cells follow: exactly, or for a wrong rule with a few slips of the hand.
  ///
  /// Slips never make an answer right. They are forgiven for a wrong rule, so that its refutation is heard, when
  /// they are at most a quarter of its cells and of the way to the right answer.
  private func nearestRule(
    to cells: Set<Token>, right: Set<Token>, _ item: GradedItem
  ) -> Int? {
    let toRight = cells.symmetricDifference(right).count
    if toRight == 0 { return item.rightOption }
    var best: (index: Int, slips: Int)?
    for (index, value) in item.values.enumerated() where !item.item.options[index].isRight {
      guard case .tokens(let rule)? = value else { continue }
      let slips = cells.symmetricDifference(rule).count
      if slips * 4 <= min(toRight, rule.count), slips < best?.slips ?? .max {
        best = (index, slips)
      }
    }
    return best?.index
  }

  func parting(_ grade: Grade, _ language: Language) -> String? {
    grade.difference?.sentence(language)
  }

  var whyNoBallot: Localized {
    Localized(
      "A painting is no show of hands: let somebody paint on the slide, and ask who would paint otherwise.",
      "涂色题不适合举手：可以请一位同学在画面上涂，再问谁会涂得不一样。")
  }

  // MARK: Plain text

  func form(_ item: Item) -> Localized {
    Localized(
      "Answer with cells, row,column, or rectangles, row,column-row,column, with blanks between.",
      "请用格子（行,列）或矩形（行,列-行,列）作答，用空格隔开。")
  }

  func answer(typed text: String, to item: Item) -> Answer? {
    CellsText.cells(in: text).map(Answer.cells)
  }

  func answer(stored text: String) -> Answer? { CellsText.cells(in: text).map(Answer.cells) }
}
