/// What `vitdet progress` tells: where a learner stands in each chapter, without a single percentage.
public struct ProgressReport: Sendable, Hashable, Codable {
  /// One question.
  public struct Item: Sendable, Hashable, Codable {
    /// The identifier.
    public var id: String
    /// True if the first commit was right.
    public var firstTry: Bool
    /// True once a commit was right.
    public var solved: Bool
    /// The number of commits.
    public var attempts: Int
    /// The most hints that were open at a commit.
    public var hints: Int
    /// The wrong rule of the last commit.
    public var misconception: String?
    /// When the last commit was.
    public var time: String
  }

  /// One chapter.
  public struct Chapter: Sendable, Hashable, Codable {
    /// The identifier.
    public var id: String
    /// The step to resume at; absent in a chapter that was not begun.
    public var step: String?
    /// The number of steps that were on the screen.
    public var visited: Int
    /// The number of steps there are.
    public var steps: Int
    /// The number of questions there are.
    public var questions: Int
    /// The questions that were answered, in the chapter's order.
    public var items: [Item]
    /// The observations that came about.
    public var observations: [String]
  }

  /// A question that was asked of a room, which is nobody's own answer.
  public struct Room: Sendable, Hashable, Codable {
    /// The run of the program in which it was asked.
    public var session: String
    /// The chapter.
    public var chapter: String
    /// The question.
    public var item: String
    /// When its last round was closed.
    public var time: String
    /// The hands for each answer, before the talk and, if it was asked again, after it.
    public var rounds: [[ProgressEvent.Hands]]
  }

  /// The file that all of it comes from.
  public var file: String
  /// The language that was used last.
  public var language: String?
  /// The chapter of the last step.
  public var lastChapter: String?
  /// The number of lines that this version does not understand; they stay in the file.
  public var ignoredLines: Int
  /// The chapters in the course's order.
  public var chapters: [Chapter]
  /// What rooms answered, in the order in which they were asked.
  public var rooms: [Room]

  /// Reports on a progress file for a course.
  public init(_ contents: ProgressFile.Contents, file: String, course: Course) {
    let progress = Progress(contents.events)
    self.file = file
    language = progress.language?.rawValue
    lastChapter = progress.lastChapter
    ignoredLines = contents.ignored
    rooms = progress.rooms.map { room in
      Room(
        session: room.session, chapter: room.chapter, item: room.item, time: room.time,
        rounds: room.rounds.sorted { $0.key < $1.key }.map(\.value))
    }
    chapters = course.entries.map { entry in
      let chapter = entry[.en].chapter ?? entry[.zh].chapter
      let record = progress.chapters[entry.id] ?? Progress.ChapterRecord()
      let order = chapter?.steps.compactMap { $0.question?.id } ?? []
      let known = order.filter { record.items[$0] != nil }
      // A question that the chapter no longer has was answered all the same.
      let gone = record.items.keys.filter { !order.contains($0) }.sorted()
      return Chapter(
        id: entry.id, step: record.step, visited: record.visited.count,
        steps: chapter?.steps.count ?? 0, questions: order.count,
        items: (known + gone).compactMap { id in record.items[id].map { Self.item(id, $0) } },
        observations: record.observations.sorted())
    }
  }

  private static func item(_ id: String, _ record: Progress.ItemRecord) -> Item {
    Item(
      id: id, firstTry: record.firstTry, solved: record.isSolved, attempts: record.attempts,
      hints: record.hints, misconception: record.misconception, time: record.time)
  }

  /// A few lines for a person.
  public func lines(_ language: Language) -> [String] {
    chapters.flatMap { chapter -> [String] in
      let solved = chapter.items.count(where: \.solved)
      let first = chapter.items.count(where: \.firstTry)
      let head =
        switch language {
        case .en:
          "\(chapter.id)  steps \(chapter.visited)/\(chapter.steps)"
            + "  questions \(solved)/\(chapter.questions), \(first) at the first try"
        case .zh:
          "\(chapter.id)  步骤 \(chapter.visited)/\(chapter.steps)"
            + "  题目 \(solved)/\(chapter.questions)，首次答对 \(first)"
        }
      return [head]
        + chapter.items.filter { !$0.solved }.map { item in
          let rule = item.misconception.map { "  \($0)" } ?? ""
          return "  \(Localized("open", "未解决")[language])  \(item.id)\(rule)"
        }
    }
      + rooms.map { room in
        let counts = room.rounds.map { hands in
          // Counts in a file can be any numbers.
          let all = hands.reduce(0.0) { $0 + Double($1.count) }
          let right = hands.reduce(0.0) { $0 + ($1.right ? Double($1.count) : 0) }
          return Localized(
            "\(Int(right))/\(Int(all)) hands right", "举手 \(Int(all))，其中答对 \(Int(right))")[language]
        }
        return "\(Localized("asked of a room", "课堂提问")[language])  \(room.item)  "
          + counts.joined(separator: language == .en ? ", then " : "；再次")
      }
  }
}
