/// One question while a learner works on it: choosing and committing are two acts, and nothing is shown
/// before the second.
public struct ItemSession: Sendable, Hashable {
  /// The question.
  public let item: Item
  /// The option under the cursor; for `choice`.
  public private(set) var selectedOption: Int?
  /// The digits typed so far; for `number`.
  public private(set) var typed = ""
  /// The cells painted so far; for `paint`.
  public private(set) var painted: Set<Token> = []
  /// How sure the learner says to be; nil if they did not say.
  public private(set) var confidence: Confidence?
  /// The rungs of the hint ladder that are shown.
  public private(set) var hintsShown = 0
  /// The most rungs that were shown in this attempt.
  public private(set) var hintsUsed = 0
  /// The answer that was handed in and is being worked out.
  public private(set) var submitted: Answer?
  /// The model's word on it.
  public private(set) var grade: Grade?
  /// How many answers were handed in, this one included.
  public private(set) var attempt = 1

  /// The most digits that a number field takes.
  static let longestNumber = 24

  /// Starts a question.
  public init(item: Item) { self.item = item }

  /// True once the model has answered.
  public var isCommitted: Bool { grade != nil }

  /// The answer as it stands; nil while there is none to commit.
  public var draft: Answer? {
    switch item.kind {
    case .choice: selectedOption.map(Answer.option)
    case .number: typed.isEmpty ? nil : .number(typed)
    case .paint: painted.isEmpty ? nil : .cells(painted)
    }
  }

  private var isOpen: Bool { submitted == nil && grade == nil }

  /// Puts the cursor on an option.
  public mutating func select(_ index: Int) {
    if isOpen, item.kind == .choice, item.options.indices.contains(index) { selectedOption = index }
  }

  /// Moves the cursor over the options; the first move lands on the first or the last.
  public mutating func select(offset: Int) {
    guard item.kind == .choice, !item.options.isEmpty else { return }
    let last = item.options.count - 1
    select(selectedOption.map { min(max($0 + offset, 0), last) } ?? (offset > 0 ? 0 : last))
  }

  /// Types into the number field.
  public mutating func type(_ text: String) {
    guard isOpen, item.kind == .number else { return }
    for character in text where !character.isNewline && typed.count < Self.longestNumber {
      typed.append(character)
    }
  }

  /// Takes the last digit back.
  public mutating func deleteBackward() {
    if isOpen, !typed.isEmpty { typed.removeLast() }
  }

  /// Paints a cell, or takes the paint off.
  public mutating func toggle(_ cell: Token) {
    guard isOpen, item.kind == .paint else { return }
    painted.formSymmetricDifference([cell])
  }

  /// Paints a row's cells, or takes the paint off if all have it.
  public mutating func fillRow(_ row: Int, columns: Range<Int>) {
    guard isOpen, item.kind == .paint else { return }
    let cells = Set(columns.map { Token(row: row, column: $0) })
    if cells.isSubset(of: painted) { painted.subtract(cells) } else { painted.formUnion(cells) }
  }

  /// Moves through guess, fairly and certain; before the first is «not said».
  public mutating func changeConfidence(by offset: Int) {
    guard isOpen else { return }
    let levels = Confidence.allCases
    let place = confidence.flatMap { levels.firstIndex(of: $0) } ?? -1
    let next = min(max(place + offset, -1), levels.count - 1)
    confidence = next < 0 ? nil : levels[next]
  }

  /// Shows the next rung.
  public mutating func showHint() {
    hintsShown = min(hintsShown + 1, item.hints.count)
    hintsUsed = max(hintsUsed, hintsShown)
  }

  /// Hides the last rung.
  public mutating func hideHint() { hintsShown = max(hintsShown - 1, 0) }

  /// Hands an answer in; it cannot be changed any more.
  public mutating func submit(_ answer: Answer) {
    if isOpen { submitted = answer }
  }

  /// Takes the model's word.
  public mutating func finish(_ grade: Grade) {
    if submitted != nil { self.grade = grade }
  }

  /// Takes a handed-in answer back because it could not be graded.
  public mutating func takeBack() { submitted = nil }

  /// Opens the question again after an answer.
  public mutating func retry() {
    guard isCommitted else { return }
    let attempts = attempt
    self = ItemSession(item: item)
    attempt = attempts + 1
  }
}
