/// The time of a talk: what has passed, and what was planned.
struct TalkClock: Sendable, Hashable {
  /// Seconds since the beginning.
  private(set) var elapsed = 0
  /// Seconds on the present step.
  private(set) var onStep = 0
  /// The planned seconds of each step, in order.
  let planned: [Int]

  /// Gives each step its author's time; steps of a draft that have none share what is left of the chapter's minutes.
  init(_ chapter: Chapter) {
    let given = chapter.steps.compactMap(\.seconds)
    let left = max(chapter.minutes * 60 - given.reduce(0, +), 0)
    let share = left / max(chapter.steps.count - given.count, 1)
    planned = chapter.steps.map { $0.seconds ?? share }
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

  /// Minutes and seconds.
  static func text(_ seconds: Int) -> String {
    let rest = seconds % 60
    return "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest)"
  }
}
