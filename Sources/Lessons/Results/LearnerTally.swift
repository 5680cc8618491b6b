/// What a learner's events come to: rows for the tables, and first tries for the statistics of the class.
struct LearnerTally: Sendable {
  /// A question of the course.
  struct Question: Sendable, Hashable, Comparable {
    var chapter: String
    var item: String

    static func < (one: Question, other: Question) -> Bool {
      (one.chapter, one.item) < (other.chapter, other.item)
    }
  }

  /// How a learner did at one question.
  struct Result: Sendable {
    /// The first answer ever, which a later reset does not make new.
    var first: ProgressEvent
    var attempts = 0
    var isSolved = false
    var dontKnows = 0
    var usedHints = false
  }

  let id: LearnerID
  private(set) var results: [Question: Result] = [:]
  private var sessions: Set<String> = []
  private var chapters: Set<String> = []
  private var steps: Set<String> = []
  private let times: (first: String, last: String)
  private let language: String
  /// The answers, each with its how-many-eth try at its question.
  private var answers: [(event: ProgressEvent, number: Int)] = []

  /// Goes through a learner's events in their order.
  init(_ learner: LearnerEvents) {
    id = learner.id
    times = (learner.events.first?.time ?? "", learner.events.last?.time ?? "")
    language = learner.events.last { $0.language != nil }?.language ?? ""
    for event in learner.events {
      sessions.insert(event.session)
      if let chapter = event.chapter { chapters.insert(chapter) }
      if event.kind == ProgressEvent.Kind.step.rawValue, let step = event.step {
        steps.insert("\(event.chapter ?? "")/\(step)")
      }
      guard event.kind == ProgressEvent.Kind.answer.rawValue, let chapter = event.chapter,
        let item = event.item, event.right != nil
      else { continue }
      take(event, Question(chapter: chapter, item: item))
    }
  }

  private mutating func take(_ event: ProgressEvent, _ question: Question) {
    var result = results[question] ?? Result(first: event)
    result.attempts += 1
    result.isSolved = result.isSolved || event.right == true
    result.dontKnows += event.isDontKnow ? 1 : 0
    result.usedHints = result.usedHints || event.hints ?? 0 > 0
    results[question] = result
    answers.append((event, result.attempts))
  }

  /// How many questions were right at the first try.
  var rightAtFirst: Int { results.values.count { $0.first.right == true } }

  // MARK: Rows

  static let attemptColumns = [
    "learner", "time", "session", "chapter", "item", "try", "answer", "right", "misconception",
    "confidence", "hints", "language",
  ]

  /// A row for each answer.
  func attemptRows(name: String) -> [[String]] {
    answers.map { event, number in
      [
        name, event.time, event.session, event.chapter ?? "", event.item ?? "", String(number),
        event.answer ?? "", event.right == true ? "1" : "0", event.misconception ?? "",
        event.confidence ?? "", event.hints.map(String.init) ?? "", event.language ?? "",
      ]
    }
  }

  static let learnerColumns = [
    "learner", "first_seen", "last_seen", "language", "sessions", "chapters", "steps", "items",
    "first_try_right", "first_try_share", "solved", "attempts", "dont_know", "items_with_hints",
    "certain", "certain_right",
  ]

  /// The learner's row; what was certain counts at the first try.
  func learnerRow(name: String) -> [String] {
    let all = results.values
    let certain = all.filter { $0.first.confidence == Confidence.certain.rawValue }
    let counts = [
      sessions.count, chapters.count, steps.count, all.count, rightAtFirst,
    ]
    let rest = [
      all.count { $0.isSolved }, answers.count, all.reduce(0) { $0 + $1.dontKnows },
      all.count { $0.usedHints }, certain.count, certain.count { $0.first.right == true },
    ]
    return [name, times.first, times.last, language] + counts.map(String.init)
      + [Share.text(rightAtFirst, of: all.count)] + rest.map(String.init)
  }
}

extension ProgressEvent {
  /// Whether the learner left the answer open.
  var isDontKnow: Bool { answer == Answer.dontKnow.text }
}

/// Shares as tables write them.
enum Share {
  /// A share with three decimals; empty where there is nothing to share.
  static func text(_ part: Int, of whole: Int) -> String {
    whole > 0 ? NumberText.fixed(Double(part) / Double(whole), 3) : ""
  }
}
