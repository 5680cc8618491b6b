/// What the events of a progress file come to.
public struct Progress: Sendable, Hashable {
  /// How a learner stands with one question.
  public struct ItemRecord: Sendable, Hashable {
    /// The result of the very first commit.
    public var firstTry: Bool
    /// The number of commits.
    public var attempts: Int
    /// True once a commit was right.
    public var isSolved: Bool
    /// The wrong rule of the last commit, if it followed one.
    public var misconception: String?
    /// The most hints that were open at a commit.
    public var hints: Int
    /// When the last commit was.
    public var time: String
  }

  /// How a learner stands with one chapter.
  public struct ChapterRecord: Sendable, Hashable {
    /// The step to resume at.
    public var step: String?
    /// Every step that was on the screen.
    public var visited: Set<String> = []
    /// The questions that were answered, by identifier.
    public var items: [String: ItemRecord] = [:]
    /// The observations that came about.
    public var observations: Set<String> = []
  }

  /// What a room answered to one question of a talk, before and after it talked about it.
  public struct RoomRecord: Sendable, Hashable {
    /// The run of the program in which it was asked.
    public var session: String
    /// The chapter.
    public var chapter: String
    /// The question.
    public var item: String
    /// When the last round was closed.
    public var time: String
    /// The hands by round, 1 and 2.
    public var rounds: [Int: [ProgressEvent.Hands]]
  }

  /// The chapters that were begun, by identifier.
  public var chapters: [String: ChapterRecord] = [:]
  /// The chapter of the last step.
  public var lastChapter: String?
  /// The language that was used last.
  public var language: Language?
  /// What rooms answered, in the order in which they were first asked; a reset of one's own answers keeps it.
  public var rooms: [RoomRecord] = []

  /// A learner who has done nothing yet.
  public init() {}

  /// Folds events, in their order.
  public init(_ events: some Sequence<ProgressEvent>) {
    for event in events { apply(event) }
  }

  /// Takes one event into account; an unknown kind changes nothing.
  public mutating func apply(_ event: ProgressEvent) {
    guard event.v == 1, let kind = ProgressEvent.Kind(rawValue: event.kind) else { return }
    if kind == .vote {
      takeVote(event)
      return
    }
    if let language = event.language.flatMap(Language.init) { self.language = language }
    switch kind {
    case .start, .language, .hint, .vote: break
    case .step:
      guard let chapter = event.chapter, let step = event.step else { return }
      chapters[chapter, default: ChapterRecord()].step = step
      chapters[chapter, default: ChapterRecord()].visited.insert(step)
      lastChapter = chapter
    case .answer:
      guard let chapter = event.chapter, let item = event.item, let right = event.right else {
        return
      }
      var record =
        chapters[chapter]?.items[item]
        ?? ItemRecord(firstTry: right, attempts: 0, isSolved: false, hints: 0, time: "")
      record.attempts += 1
      record.isSolved = record.isSolved || right
      record.misconception = event.misconception
      record.hints = max(record.hints, event.hints ?? 0)
      record.time = event.time
      chapters[chapter, default: ChapterRecord()].items[item] = record
    case .observe:
      guard let chapter = event.chapter, let item = event.item else { return }
      chapters[chapter, default: ChapterRecord()].observations.insert(item)
    case .reset:
      if let chapter = event.chapter {
        chapters[chapter] = nil
        if lastChapter == chapter { lastChapter = nil }
      } else {
        chapters = [:]
        lastChapter = nil
      }
    }
  }

  private mutating func takeVote(_ event: ProgressEvent) {
    guard let chapter = event.chapter, let item = event.item, let round = event.round,
      let hands = event.hands
    else { return }
    let place =
      rooms.firstIndex { $0.session == event.session && $0.item == item } ?? rooms.endIndex
    if place == rooms.endIndex {
      rooms.append(
        RoomRecord(
          session: event.session, chapter: chapter, item: item, time: event.time, rounds: [:]))
    }
    rooms[place].rounds[round] = hands
    rooms[place].time = event.time
  }
}
