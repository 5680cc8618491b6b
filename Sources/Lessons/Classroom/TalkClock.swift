/// The time of a talk: what has passed, and what was planned.
struct TalkClock: Sendable, Hashable {
  /// Seconds since the beginning.
  private(set) var elapsed = 0
  /// Seconds on the present step.
  private(set) var onStep = 0
  /// The planned seconds of each step, in order.
  let planned: [Int]

  /// Gives each step its author's time, and shares what is left of the chapter's minutes out among the others by what there
  /// is to read, look at and answer.
  init(_ chapter: Chapter) {
    let weights = chapter.steps.map { $0.seconds == nil ? Self.weight(of: $0) : 0 }
    let total = max(weights.reduce(0, +), 1)
    let given = chapter.steps.compactMap(\.seconds).reduce(0, +)
    let left = max(chapter.minutes * 60 - given, 0)
    planned = zip(chapter.steps, weights).map { step, weight in
      step.seconds ?? left * weight / total
    }
  }

  /// A second has passed.
  mutating func tick() {
    elapsed += 1
    onStep += 1
  }

  /// Another step is shown.
  mutating func enterStep() { onStep = 0 }

  /// When the talk should be at the end of a step.
  func plannedEnd(of step: Int) -> Int { planned.prefix(step + 1).reduce(0, +) }

  /// About the seconds a step takes; only the proportions count.
  private static func weight(of step: Step) -> Int {
    step.blocks.reduce(10) { sum, block in
      switch block {
      case .prose(let text): sum + letters(text) / 12
      case .figure(let figure): sum + 25 + letters(figure.caption) / 12
      case .item(let item): sum + 45 + letters(item.prompt) / 12
      case .observe: sum + 40
      case .source: sum + 20
      }
    }
  }

  private static func letters(_ prose: Prose) -> Int {
    prose.lines.reduce(0) { $0 + $1.plainText.count }
  }

  /// Minutes and seconds.
  static func text(_ seconds: Int) -> String {
    let rest = seconds % 60
    return "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest)"
  }
}
