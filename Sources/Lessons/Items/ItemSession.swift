/// One learner at one item: entering, committing, seeing the grade, trying again.
///
/// Entering and committing are two acts. Before the commit nothing about the answer can be read from here; hints
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

  let graded: GradedItem
  /// Where the learner is.
  public private(set) var phase: Phase = .answering
  /// What is entered so far.
  private(set) var entry: Entry
  /// How sure the learner is; nil until they say so.
  public var confidence: Confidence?
  /// The number of open hints.
  public private(set) var openHints = 0
  /// The commits so far, the first one first.
  public private(set) var attempts: [Attempt] = []

  /// Begins an item, its options evaluated in the step's environment; what is mixed follows from the seed.
  public init(
    _ item: Item, in environment: some Environment, seed: UInt64 = 0
  ) throws(ExpressionError) {
    graded = try GradedItem(item, in: environment)
    entry = item.kind.rules.start(item, seed: seed)
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

  // MARK: Entering

  /// The chosen option, or the row under the cursor.
  public var selected: Int? { entry.selected }
  /// What was typed.
  public var typed: String { entry.typed }
  /// The painted cells.
  public var painted: Set<Token> { entry.painted }
  /// What the question shows below its prompt.
  var rows: [EntryRow] { item.kind.rules.rows(self) }
  /// What the keys mean.
  var keys: KeyContext { item.kind.rules.keys(entry) }

  /// Does what a key asks for, until the commit.
  mutating func take(_ act: EntryAct) {
    if !isCommitted { item.kind.rules.take(act, &entry, item) }
  }

  /// Paints a cell, or takes its paint away.
  mutating func toggle(_ cell: Token) { take(.paint([cell], !painted.contains(cell))) }

  /// Opens the next hint; false when all are open.
  @discardableResult
  public mutating func openHint() -> Bool {
    guard openHints < item.hints.count else { return false }
    openHints += 1
    return true
  }

  /// Closes the last opened hint.
  public mutating func closeHint() { openHints = max(openHints - 1, 0) }

  /// Takes over what was entered and committed at the same item in the other language.
  mutating func adopt(_ other: ItemSession) {
    confidence = other.confidence
    openHints = min(other.openHints, item.hints.count)
    // An answer that names options means nothing in a translation that has other ones.
    guard other.item.kind == item.kind, other.item.options.count == item.options.count else {
      return
    }
    phase = other.phase
    entry = other.entry
    attempts = other.attempts
  }

  // MARK: Committing

  /// The answer as it stands, or nil if it is not complete.
  public var draft: Answer? { item.kind.rules.draft(entry, item) }

  /// Why Enter cannot commit now; nil when it can.
  public var whyNotReady: Localized? {
    if isCommitted { return Localized("already answered", "已经回答") }
    return draft == nil ? item.kind.rules.whyNotReady(entry, item) : nil
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
    // What is in the hand stays where it is seen.
    entry.pickedUp = nil
    attempts.append(
      Attempt(answer: answer, grade: grade, confidence: confidence, hints: openHints))
    phase = .committed(grade)
    return grade
  }

  /// Begins again after a commit; what was painted, ticked or ordered stays, hints stay open.
  public mutating func retry() {
    guard isCommitted else { return }
    phase = .answering
    item.kind.rules.reopen(&entry)
    confidence = nil
  }

  /// Sets the draft to an answer that came as a whole, as in plain mode.
  public mutating func fill(_ answer: Answer) {
    if !isCommitted { item.kind.rules.fill(&entry, with: answer, item) }
  }
}

extension ItemSession {
  /// Shows what somebody else entered, committed or not, and asked for.
  mutating func imitate(_ other: Entry, isCommitted: Bool, isDontKnow: Bool, hints: Int) {
    while openHints < hints, openHint() {}
    while openHints > max(hints, 0) { closeHint() }
    if !isCommitted, self.isCommitted { retry() }
    guard !self.isCommitted else { return }
    entry = other
    if isCommitted, isDontKnow || commit() == nil { commitDontKnow() }
  }

  /// Sets the draft to the right answer, for whoever rehearses a lesson.
  mutating func fillRightly() {
    if let answer = item.kind.rules.rightAnswer(to: graded) { fill(answer) }
  }

  /// The model's cells, for `paint`, once the learner has committed.
  var expectedCells: Set<Token>? {
    guard case .tokens(let cells)? = solution?.value else { return nil }
    return cells
  }
}
