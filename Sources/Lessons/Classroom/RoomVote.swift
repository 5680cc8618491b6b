/// A question that is asked of a room: a show of hands, a talk among neighbours, another show of hands, and what the model
/// says.
///
/// Nobody sees the first count before the second one, unless the presenter shows it: people follow the majority rather
/// than the reason.
///
/// Source: Vickrey et al. 2015, CBE Life Sciences Education 14(1), on peer instruction.
struct RoomVote: Codable, Sendable, Hashable {
  /// How far it is.
  enum Phase: String, Codable, Sendable, Hashable, CaseIterable {
    /// Hands are raised.
    case first
    /// The hands are counted, the room talks.
    case talk
    /// Hands are raised again.
    case second
    /// Both counts are shown.
    case counted
    /// It is said which answer is right, and what led to the others.
    case told
  }

  /// The question.
  let item: String
  /// How far it is.
  private(set) var phase = Phase.first
  /// The answer that hands are asked for now; nil while none is.
  private(set) var marked: Int?
  /// The hands for each answer, at the first and at the second show.
  private(set) var hands: [[Int]]
  /// Whether the room sees the first count while it talks.
  var showsFirst = false
  /// Whether the next digit begins a number.
  private var isFresh = true

  /// A count has at most this many hands.
  static let mostHands = 999

  /// Begins with no hands for a number of answers.
  init(item: String, choices: Int) {
    self.item = item
    hands = Array(repeating: Array(repeating: 0, count: choices), count: 2)
  }

  /// The show of hands that is open, 0 or 1; nil while none is.
  var open: Int? { phase == .first ? 0 : phase == .second ? 1 : nil }

  /// The counts that the room may see.
  var shown: Range<Int> {
    switch phase {
    case .first, .second: 0..<0
    case .talk: 0..<(showsFirst ? 1 : 0)
    case .counted, .told: 0..<(hasSecond ? 2 : 1)
    }
  }

  /// Whether the room was asked twice.
  var hasSecond: Bool { hands[1].contains { $0 > 0 } }

  // MARK: What the presenter does

  /// Asks for the hands of an answer; one that is not there changes nothing.
  mutating func mark(_ choice: Int?) {
    guard open != nil, choice.map(hands[0].indices.contains) != false else { return }
    marked = choice
    isFresh = true
  }

  /// Asks for the hands of another answer, stopping at the ends.
  mutating func moveMark(by distance: Int) {
    let last = hands[0].count - 1
    mark(marked.map { min(max($0 + distance, 0), last) } ?? (distance < 0 ? last : 0))
  }

  /// Adds a digit to the count of the marked answer.
  mutating func type(_ digit: Int) {
    guard let open, let marked, (0...9).contains(digit) else { return }
    let before = isFresh ? 0 : hands[open][marked]
    isFresh = false
    if before * 10 + digit <= Self.mostHands { hands[open][marked] = before * 10 + digit }
  }

  /// Takes a digit of the count back.
  mutating func deleteDigit() {
    guard let open, let marked else { return }
    isFresh = false
    hands[open][marked] /= 10
  }

  /// Takes all counts of the open show at once; false if there is none, or the numbers are not as many as the answers.
  mutating func count(_ numbers: [Int]) -> Bool {
    guard let open, numbers.count == hands[open].count,
      numbers.allSatisfy((0...Self.mostHands).contains)
    else { return false }
    hands[open] = numbers
    return true
  }

  /// Goes on to the next phase; false if all is told.
  mutating func goOn() -> Bool { go(by: 1) }

  /// Goes back to the phase before, to correct a count; false at the first show.
  mutating func goBack() -> Bool { go(by: phase == .told && !hasSecond ? -3 : -1) }

  /// Tells which answer is right without another show.
  mutating func tell() {
    marked = nil
    phase = .told
  }

  private mutating func go(by distance: Int) -> Bool {
    let all = Phase.allCases
    let place = (all.firstIndex(of: phase) ?? 0) + distance
    guard all.indices.contains(place) else { return false }
    phase = all[place]
    marked = nil
    return true
  }

  /// What the room may know: no count that is not shown.
  var forAudience: RoomVote {
    var vote = self
    for round in hands.indices where !shown.contains(round) {
      vote.hands[round] = Array(repeating: 0, count: hands[round].count)
    }
    return vote
  }
}

extension ProgressEvent.Hands {
  /// The hands for the answers of a ballot.
  static func list(_ counts: [Int], for ballot: Ballot) -> [Self] {
    zip(ballot.choices, counts).map { choice, count in
      Self(
        answer: choice.kept, count: count, right: choice.isRight,
        misconception: choice.misconception)
    }
  }
}
