import TUI

/// One bar of a question's histogram: what first tries came to, and how many did.
struct QuestionBar: Sendable {
  /// What a bar counts.
  enum Kind: Sendable, Hashable {
    case right
    case misconception(String)
    /// Wrong by no rule that is known.
    case other
    case dontKnow
  }

  let kind: Kind
  let count: Int

  /// What it is called.
  var label: Localized {
    switch kind {
    case .right: Localized("right", "答对")
    case .misconception(let name): Localized(name, name)
    case .other: Localized("another answer", "别的答案")
    case .dontKnow: Localized("don't know", "不知道")
    }
  }

  /// The bar itself; whatever was counted at all shows something.
  ///
  /// - Parameters:
  ///   - most: The count of the longest bar.
  ///   - columns: The length of that bar.
  ///   - glyphs: The drawing characters.
  /// - Returns: As many marks as the bar is long.
  func text(most: Int, columns: Int, _ glyphs: Glyphs) -> String {
    let length = count == 0 ? 0 : max(1, count * columns / max(most, 1))
    return String(repeating: glyphs.painted, count: length)
  }
}

extension ClassTables.Question {
  /// The histogram of first tries; its counts sum up to the learners.
  var bars: [QuestionBar] {
    [QuestionBar(kind: .right, count: right)]
      + wrong.map { name, count in
        let isOther = name == ItemStatistics.otherAnswer
        return QuestionBar(kind: isOther ? .other : .misconception(name), count: count)
      } + (dontKnow > 0 ? [QuestionBar(kind: .dontKnow, count: dontKnow)] : [])
  }
}
