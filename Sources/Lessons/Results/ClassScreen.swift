public import TUI

/// The tables of a class on the screen: the questions by difficulty, the learners, and what went wrong at a question.
public struct ClassScreen: Program {
  /// What can happen.
  public enum Message: Sendable {
    case event(TerminalEvent)
    case stage(App.Message)
  }

  /// What is listed.
  enum Tab: Sendable, Hashable, CaseIterable {
    case questions, learners

    var label: Localized {
      switch self {
      case .questions: Localized("Questions", "题目")
      case .learners: Localized("Learners", "学员")
      }
    }
  }

  let tables: ClassTables
  let stage: Stage
  /// The language on the screen.
  private(set) var language: Language
  /// What is listed.
  private(set) var tab = Tab.questions
  /// The row under the cursor in each list.
  private(set) var rows: [Tab: Int] = [:]
  /// Whether what was hardest, or who had the most trouble, comes first; else the order of the course and of names.
  private(set) var isByDifficulty = true
  /// Whether the row under the cursor is shown with all that is known of it.
  private(set) var isOpen = false
  /// The first line of it that is shown.
  private(set) var scroll = 0
  /// The questions as they are asked, once their numbers are known.
  private(set) var asked: [LessonStepKey: ItemSession] = [:]
  /// Why numbers are not known.
  private(set) var failures: [LessonStepKey: String] = [:]
  /// Whether the keys are listed.
  private(set) var showsKeys = false
  /// What the status line says, until the next key.
  private(set) var notice: String?
  /// The terminal's size.
  private(set) var size = Size(columns: 80, rows: 24)
  /// True when the reader leaves.
  public private(set) var isFinished = false

  /// The questions in the order in which they are listed.
  private(set) var questions: [ClassTables.Question]
  /// The learners in the order in which they are listed.
  private(set) var learners: [ClassTables.Learner]

  init(_ tables: ClassTables, stage: Stage, language: Language) {
    self.tables = tables
    self.stage = stage
    self.language = language
    (questions, learners) = (tables.questions, tables.learners)
    sort()
    rows = [:]
  }

  /// The state decides what an event means, so all of them come in whole.
  public func message(for event: TerminalEvent) -> Message? { .event(event) }

  /// Changes the state; the only place that does.
  public mutating func update(_ message: Message) -> [Effect<Message>] {
    apply(message).map { work in
      { mailbox in for inner in work.results() { mailbox.post(.stage(inner)) } }
    }
  }

  /// The change, and the work that it calls for.
  mutating func apply(_ message: Message) -> [Work] {
    switch message {
    case .event(.key(let key)): press(key)
    case .event(.mouse(let mouse)):
      if mouse.action == .wheelUp { move(by: -1) }
      if mouse.action == .wheelDown { move(by: 1) }
    case .event(.resize(let size)): self.size = size
    case .event(.terminate), .event(.hungUp): isFinished = true
    case .event: break
    case .stage(.filled(let key, _, let session)): asked[key] = session
    case .stage(.notFilled(let key, let reason)): failures[key] = reason
    case .stage: break
    }
    return missingWork
  }

  /// The question under the cursor; nil if there is none.
  var question: ClassTables.Question? {
    let row = rows[.questions] ?? 0
    return questions.indices.contains(row) ? questions[row] : nil
  }

  /// The learner under the cursor; nil if there is none.
  var learner: ClassTables.Learner? {
    let row = rows[.learners] ?? 0
    return learners.indices.contains(row) ? learners[row] : nil
  }

  /// The step that asks a question, if this course still does.
  func step(asking question: ClassTables.Question) -> (chapter: Chapter, step: Step)? {
    guard let chapter = stage.course.chapter(question.chapter, language),
      let step = chapter.steps.first(where: { $0.question?.id == question.item })
    else { return nil }
    return (chapter, step)
  }

  /// What a question's numbers are kept under.
  func key(of step: Step) -> LessonStepKey {
    LessonStepKey(
      step: step.id, language: language,
      settings: step.question?.figure?.startSettings ?? [:], focus: Token(row: 0, column: 0))
  }

  // MARK: what happens

  private mutating func press(_ key: Key) {
    notice = nil
    if showsKeys {
      showsKeys = false
    } else if let act = keys.message(for: key) {
      perform(act)
    } else {
      notice = keys.offReason(for: key)
    }
  }

  private mutating func perform(_ act: Act) {
    switch act {
    case .move(let lines): move(by: lines)
    case .turn(let rows): turn(by: rows)
    case .open: (isOpen, scroll) = (true, 0)
    case .close: isOpen = false
    case .tab: tab = tab == .questions ? .learners : .questions
    case .order:
      isByDifficulty.toggle()
      sort()
    case .language: language = language.other
    case .keys: showsKeys = true
    case .quit: isFinished = true
    }
  }

  private mutating func move(by lines: Int) {
    if isOpen { scroll = min(max(scroll + lines, 0), lastScroll) } else { turn(by: lines) }
  }

  /// Goes to another row, in the list or with the details open.
  private mutating func turn(by step: Int) {
    let count = tab == .questions ? questions.count : learners.count
    rows[tab] = min(max((rows[tab] ?? 0) + step, 0), max(count - 1, 0))
    scroll = 0
  }

  /// Orders both lists; the cursors stay on what they were on.
  private mutating func sort() {
    let (question, learner) = (question, learner)
    let places = stage.course.entries.map(\.id)
    func place(_ question: ClassTables.Question) -> (Int, Int, String) {
      let chapter = places.firstIndex(of: question.chapter) ?? places.count
      let step = stage.course.chapter(question.chapter, language)?.steps
        .firstIndex { $0.question?.id == question.item }
      return (chapter, step ?? Int.max, question.item)
    }
    let isByDifficulty = isByDifficulty
    questions = tables.questions.map { (row: $0, place: place($0)) }.sorted { a, b in
      isByDifficulty && a.row.share != b.row.share
        ? a.row.share < b.row.share : a.place < b.place
    }.map(\.row)
    learners = tables.learners.sorted { a, b in
      isByDifficulty && a.share != b.share ? a.share < b.share : a.name < b.name
    }
    if let question { rows[.questions] = questions.firstIndex { $0.item == question.item } }
    if let learner { rows[.learners] = learners.firstIndex { $0.name == learner.name } }
  }

  /// The open question's words with their numbers, unless they are there already.
  private var missingWork: [Work] {
    guard isOpen, tab == .questions, let question, let (chapter, step) = step(asking: question)
    else { return [] }
    let key = key(of: step)
    guard asked[key] == nil, failures[key] == nil else { return [] }
    let facts = stage.laboratory.facts(of: chapter, beside: step.question?.figure)
    return [.fill(key, step, facts, nil, seed: 0)]
  }
}
