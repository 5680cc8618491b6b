/// The time of a talk: what has passed, and what was planned.
struct TalkClock: Sendable, Hashable {
  /// Seconds since the beginning.
  private(set) var elapsed = 0
  /// Seconds on the present step.
  private(set) var onStep = 0
  /// The planned seconds of each step, in order.
  let planned: [Int]

  /// Shares a chapter's planned minutes out among its steps, by what there is to read, look at and answer.
  init(_ chapter: Chapter) {
    let weights = chapter.steps.map(Self.weight)
    let total = max(weights.reduce(0, +), 1)
    planned = weights.map { chapter.minutes * 60 * $0 / total }
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
