import Glibc

/// One thing that a learner did: one line of the progress file.
///
/// The line is a JSON object. Every field but the first four is left out when it does not apply; a reader ignores fields
/// and kinds that it does not know, and a line of a higher `v` altogether.
public struct ProgressEvent: Sendable, Hashable, Codable {
  /// What happened.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// The program began; `language`.
    case start
    /// A step came on the screen; `chapter`, `step`.
    case step
    /// An answer was committed; `chapter`, `item`, `answer`, `right`, `attempt`, and where they apply
    /// `misconception`, `confidence`, `hints`.
    case answer
    /// A hint was opened; `chapter`, `item`, `hints` (how many are open now).
    case hint
    /// An observation came about; `chapter`, `item`.
    case observe
    /// The language was changed; `language`.
    case language
    /// The learner began a chapter anew, or the whole course if there is no `chapter`.
    case reset
    /// A room raised its hands in a talk; `chapter`, `item`, `round`, `hands`, `language`. It is nobody's own answer, so it
    /// has no `answer` and no `right`, and counts for nobody's progress. Of several for one `session`, `item` and `round`
    /// the last one holds: a count was corrected.
    case vote
  }

  /// The format of the line.
  public var v = 1
  /// When, as ISO 8601 in UTC: `2026-11-23T22:57:01Z`.
  public var time: String
  /// Which run of the program; a random word, so that two sessions at once can be told apart.
  public var session: String
  /// What happened, as its ``Kind``'s name; another word comes from a later version.
  public var kind: String
  /// The chapter's identifier.
  public var chapter: String?
  /// The step's identifier.
  public var step: String?
  /// The identifier of the question or of the observation.
  public var item: String?
  /// What was answered: an option's index, several with blanks between, the number or the shape as typed, cells as
  /// ``CellsText``, or `dont-know`.
  public var answer: String?
  /// True if the answer was right.
  public var right: Bool?
  /// The wrong rule that leads to the answer.
  public var misconception: String?
  /// `guess`, `fairly` or `certain`.
  public var confidence: String?
  /// How many hints were open.
  public var hints: Int?
  /// The how-many-eth commit of this visit, counted from 1.
  public var attempt: Int?
  /// `en` or `zh`.
  public var language: String?
  /// Which show of hands: 1 before the discussion, 2 after it.
  public var round: Int?
  /// The hands for each answer that was offered, in the order on the screen; also those that nobody raised a hand for.
  public var hands: [Hands]?

  /// How many raised their hands for one answer.
  public struct Hands: Sendable, Hashable, Codable {
    /// The answer, as ``ProgressEvent/answer`` has it; for a `why` the first of its two options, `other` for any answer that
    /// was not offered.
    public var answer: String
    /// How many raised a hand; in a `multi` everybody may raise several, so counts do not add up to people.
    public var count: Int
    /// True if the answer is right.
    public var right: Bool
    /// The wrong rule that leads to the answer.
    public var misconception: String?
  }

  /// Creates an event with nothing but its kind, place and time.
  public init(
    _ kind: Kind, session: String, time: String = ProgressEvent.timestamp(), chapter: String? = nil,
    step: String? = nil, item: String? = nil, language: Language? = nil
  ) {
    self.time = time
    self.session = session
    self.kind = kind.rawValue
    self.chapter = chapter
    self.step = step
    self.item = item
    self.language = language?.rawValue
  }

  /// The event of a committed answer.
  public init(
    _ attempt: ItemSession.Attempt, number: Int, item: String, chapter: String, session: String,
    language: Language, time: String = ProgressEvent.timestamp()
  ) {
    self.init(
      .answer, session: session, time: time, chapter: chapter, item: item, language: language)
    answer = attempt.answer.text
    right = attempt.grade.isRight
    misconception = attempt.grade.misconception
    confidence = attempt.confidence?.rawValue
    hints = attempt.hints
    self.attempt = number
  }

  /// The event of a show of hands.
  public init(
    round: Int, hands: [Hands], item: String, chapter: String, session: String, language: Language,
    time: String = ProgressEvent.timestamp()
  ) {
    self.init(
      .vote, session: session, time: time, chapter: chapter, item: item, language: language)
    self.round = round
    self.hands = hands
  }

  /// The time now, in UTC, to the second.
  public static func timestamp() -> String {
    var now = Glibc.time(nil)
    var parts = tm()
    gmtime_r(&now, &parts)
    var buffer = [CChar](repeating: 0, count: 32)
    let count = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// A new name for a run of the program.
  public static func newSession() -> String {
    String(UInt32.random(in: .min ... .max), radix: 36)
  }
}
