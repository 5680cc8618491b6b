/// One learner at one item: selecting, committing, seeing the grade, trying again.
///
/// Selecting and committing are two acts. Before the commit nothing about the answer can be read from here; hints
/// cost nothing and «I don't know» is always possible.
public struct ItemSession: Sendable {
  /// Where the learner is.
  public enum Phase: Sendable, Hashable {
    case answering
    case committed(Grade)
  }

  /// One commit.
  public struct Attempt: Sendable, Hashable {
    /// What was answered.
    public var answer: Answer
    /// What the model said.
    public var grade: Grade
    /// How sure the learner was, if they said so.
    public var confidence: Confidence?
    /// The number of hints that were open.
    public var hints: Int
  }

  /// A typed number has at most this many characters.
  static let maximumTyped = 24

  private let graded: GradedItem
  /// Where the learner is.
  public private(set) var phase: Phase = .answering
  /// The chosen option, for `choice`.
  public private(set) var selected: Int?
  /// What was typed, for `number`.
  public private(set) var typed = ""
  /// The painted cells, for `paint`.
  public private(set) var painted: Set<Token> = []
  /// How sure the learner is; nil until they say so.
  public var confidence: Confidence?
  /// The number of open hints.
  public private(set) var openHints = 0
  /// The commits so far, the first one first.
  public private(set) var attempts: [Attempt] = []

  /// Begins an item, its options evaluated in the step's environment.
  public init(_ item: Item, in environment: some Environment) throws(ExpressionError) {
    graded = try GradedItem(item, in: environment)
  }

  /// The item.
  public var item: Item { graded.item }

  /// The grade, once there is one.
  public var grade: Grade? { if case .committed(let grade) = phase { grade } else { nil } }

  /// True once the learner has committed.
  public var isCommitted: Bool { grade != nil }

  /// The hints that are open, in order.
  public var hints: ArraySlice<Prose> { item.hints.prefix(openHints) }

  /// The right option and its value, which nobody may see before the commit.
  public var solution: (option: AnswerOption, value: Value?)? {
    guard isCommitted, let index = graded.rightOption else { return nil }
    return (item.options[index], graded.values[index])
  }

  // MARK: Selecting

  /// Chooses an option, counted from 0.
  public mutating func select(_ index: Int) {
    guard !isCommitted, item.kind == .choice, item.options.indices.contains(index) else { return }
    selected = index
  }

  /// Moves the choice by some options, stopping at the ends; the first move chooses an end.
  public mutating func moveSelection(by distance: Int) {
    let last = item.options.count - 1
    select(selected.map { min(max($0 + distance, 0), last) } ?? (distance < 0 ? last : 0))
  }

  /// Types one character of a number; others are dropped.
  public mutating func type(_ character: Character) {
    guard !isCommitted, item.kind == .number, typed.count < Self.maximumTyped else { return }
    let isPart = character.isNumber || "+-.,e ，．－_×%".contains(character)
    if isPart { typed.append(character) }
  }

  /// Takes the last typed character back.
  public mutating func deleteBackward() {
    if !isCommitted, !typed.isEmpty { typed.removeLast() }
  }

  /// Clears what was typed or painted.
  public mutating func clear() {
    guard !isCommitted else { return }
    typed = ""
    painted = []
  }

  /// Paints a cell, or takes its paint away.
  public mutating func toggle(_ cell: Token) { paint([cell], !painted.contains(cell)) }

  /// Paints cells or takes their paint away.
  public mutating func paint(_ cells: some Sequence<Token>, _ isPainted: Bool = true) {
    guard !isCommitted, item.kind == .paint else { return }
    if isPainted { painted.formUnion(cells) } else { painted.subtract(cells) }
  }

  /// Opens the next hint; false when all are open.
  @discardableResult
  public mutating func openHint() -> Bool {
    guard openHints < item.hints.count else { return false }
    openHints += 1
    return true
  }

  /// Closes the last opened hint.
  public mutating func closeHint() { openHints = max(openHints - 1, 0) }

  /// Takes over what was chosen and committed at the same item in the other language.
  mutating func adopt(_ other: ItemSession) {
    phase = other.phase
    selected = other.selected
    typed = other.typed
    painted = other.painted
    confidence = other.confidence
    openHints = min(other.openHints, item.hints.count)
    attempts = other.attempts
  }

  // MARK: Committing

  /// The answer as it stands, or nil if it is not complete.
  public var draft: Answer? {
    switch item.kind {
    case .choice: selected.map(Answer.choice)
    case .number: Answer.number(in: typed, unit: item.unit) == nil ? nil : .number(typed)
    case .paint: painted.isEmpty ? nil : .cells(painted)
    }
  }

  /// Why Enter cannot commit now; nil when it can.
  public var whyNotReady: Localized? {
    if isCommitted { return Localized("already answered", "已经回答") }
    guard draft == nil else { return nil }
    switch item.kind {
    case .choice: return Localized("choose an answer first", "请先选一个答案")
    case .number where typed.isEmpty: return Localized("type a number first", "请先输入一个数")
    case .number: return Localized("this is not a number", "这不是一个数")
    case .paint: return Localized("paint a cell first", "请先涂一个格子")
    }
  }

  /// Commits the answer as it stands; nil, and nothing changes, if it is not complete.
  @discardableResult
  public mutating func commit() -> Grade? {
    guard !isCommitted, let draft else { return nil }
    return commit(draft)
  }

  /// Commits «I don't know».
  @discardableResult
  public mutating func commitDontKnow() -> Grade? { isCommitted ? nil : commit(.dontKnow) }

  private mutating func commit(_ answer: Answer) -> Grade {
    let grade = graded.grade(answer)
    attempts.append(
      Attempt(answer: answer, grade: grade, confidence: confidence, hints: openHints))
    phase = .committed(grade)
    return grade
  }

  /// Begins again after a commit; what was painted stays, hints stay open, the choice is open again.
  public mutating func retry() {
    guard isCommitted else { return }
    phase = .answering
    selected = nil
    typed = ""
    confidence = nil
  }

  /// Sets the draft to an answer that came as a whole, as in plain mode.
  public mutating func fill(_ answer: Answer) {
    guard !isCommitted else { return }
    switch (item.kind, answer) {
    case (.choice, .choice(let index)): select(index)
    case (.number, .number(let text)): typed = String(text.prefix(Self.maximumTyped))
    case (.paint, .cells(let cells)): painted = cells
    default: break
    }
  }
}

extension ItemSession {
  /// Sets the draft to the right answer, for whoever rehearses a lesson.
  mutating func fillRightly() {
    guard let index = graded.rightOption else { return }
    switch (item.kind, graded.values[index]) {
    case (.number, .number(let number)?): fill(.number(String(number)))
    case (.paint, .tokens(let cells)?): fill(.cells(cells))
    default: fill(.choice(index))
    }
  }

  /// The model's cells, for `paint`, once the learner has committed.
  var expectedCells: Set<Token>? {
    guard case .tokens(let cells)? = solution?.value else { return nil }
    return cells
  }
}
