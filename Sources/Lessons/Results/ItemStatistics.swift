internal import Glibc

/// What a class did at each question.
struct ItemStatistics: Sendable {
  /// The counts of one question; all but `solved`, `attempts` and `dontKnows` are about first tries.
  private struct Tally: Sendable {
    var right = 0
    var solved = 0
    var attempts = 0
    var dontKnows = 0
    var withHints = 0
    var sure: [String: (count: Int, right: Int)] = [:]
    var misconceptions: [String: Int] = [:]
    /// Who answered, as places in `totals`, and whether rightly.
    var firstTries: [(learner: Int, isRight: Bool)] = []
  }

  private var tallies: [LearnerTally.Question: Tally] = [:]
  /// For each learner the questions answered, and those right at the first try.
  private var totals: [(answered: Int, right: Int)] = []

  /// Fewer learners than these say nothing about how well a question tells them apart.
  static let fewestForDiscrimination = 20

  /// Takes a learner into account.
  mutating func add(_ learner: LearnerTally) {
    for (question, result) in learner.results {
      var tally = tallies[question] ?? Tally()
      let isRight = result.first.right == true
      tally.right += isRight ? 1 : 0
      tally.solved += result.isSolved ? 1 : 0
      tally.attempts += result.attempts
      tally.dontKnows += result.dontKnows
      tally.withHints += result.usedHints ? 1 : 0
      if let sure = result.first.confidence {
        tally.sure[sure, default: (0, 0)].count += 1
        tally.sure[sure, default: (0, 0)].right += isRight ? 1 : 0
      }
      if !isRight, !result.first.isDontKnow {
        tally.misconceptions[result.first.misconception ?? Self.otherAnswer, default: 0] += 1
      }
      tally.firstTries.append((totals.count, isRight))
      tallies[question] = tally
    }
    totals.append((learner.results.count, learner.rightAtFirst))
  }

  /// The name of wrong answers that follow no known rule; no misconception can be called so.
  static let otherAnswer = "(other)"

  /// How well a question tells those who do well at the other questions from those who do not: the correlation of its
  /// first try, 0 or 1, with the share of first tries that are right at the other questions.
  ///
  /// Taking the question itself out of the share keeps it from correlating with itself.
  ///
  /// Source: Henrysson 1963, Correction of item-total correlations in item analysis, Psychometrika 28(2).
  private func discrimination(_ tally: Tally) -> Double? {
    let pairs = tally.firstTries.compactMap { learner, isRight -> (x: Double, y: Double)? in
      let total = totals[learner]
      guard total.answered > 1 else { return nil }
      let others = Double(total.right - (isRight ? 1 : 0)) / Double(total.answered - 1)
      return (isRight ? 1 : 0, others)
    }
    guard pairs.count >= Self.fewestForDiscrimination else { return nil }
    let count = Double(pairs.count)
    let (meanX, meanY) = pairs.reduce((0, 0)) { ($0.0 + $1.x / count, $0.1 + $1.y / count) }
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for pair in pairs {
      xx += (pair.x - meanX) * (pair.x - meanX)
      yy += (pair.y - meanY) * (pair.y - meanY)
      xy += (pair.x - meanX) * (pair.y - meanY)
    }
    // Where everybody did the same nothing is told apart.
    guard xx > 1e-12, yy > 1e-12 else { return nil }
    return xy / (xx * yy).squareRoot()
  }

  // MARK: Rows

  static let columns =
    [
      "chapter", "item", "learners", "first_try_right", "first_try_share", "solved", "attempts",
      "dont_know", "learners_with_hints",
    ] + Confidence.allCases.flatMap { [$0.rawValue, $0.rawValue + "_right"] }
    + ["discrimination", "misconceptions"]

  /// A row for each question that somebody answered.
  var rows: [[String]] {
    tallies.sorted { $0.key < $1.key }.map { question, tally in
      let learners = tally.firstTries.count
      let sure = Confidence.allCases.flatMap { level in
        let known = tally.sure[level.rawValue] ?? (0, 0)
        return [String(known.count), String(known.right)]
      }
      return [
        question.chapter, question.item, String(learners), String(tally.right),
        Share.text(tally.right, of: learners), String(tally.solved), String(tally.attempts),
        String(tally.dontKnows), String(tally.withHints),
      ] + sure
        + [
          discrimination(tally).map { NumberText.fixed($0, 3) } ?? "",
          Self.text(tally.misconceptions),
        ]
    }
  }

  /// `pad-is-masked=12; (other)=3`: the most frequent first.
  private static func text(_ counts: [String: Int]) -> String {
    counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.key)=\($0.value)" }
      .joined(separator: "; ")
  }
}
