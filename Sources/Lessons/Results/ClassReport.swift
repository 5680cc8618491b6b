internal import TUI

/// The tables of a class as a text to read: for each question its first tries and a histogram of the rules that were followed, then
/// the learners.
public struct ClassReport: Sendable {
  private let tables: ClassTables

  /// The longest bar, in columns.
  private static let longestBar = 30

  /// Reports on a class.
  public init(_ tables: ClassTables) { self.tables = tables }

  /// The report, a line each.
  ///
  /// - Parameters:
  ///   - language: The language of its own words.
  ///   - isASCII: Whether bars are drawn with ASCII.
  /// - Returns: A line for each question, a bar for each rule below it, then the learners.
  public func lines(_ language: Language, isASCII: Bool) -> [String] {
    let glyphs = isASCII ? Glyphs.ascii : Glyphs.unicode
    return [tables.summary[language], ""]
      + tables.questions.flatMap { lines($0, language, glyphs) }
      + learnerLines(language, glyphs)
  }

  private func lines(
    _ question: ClassTables.Question, _ language: Language, _ glyphs: Glyphs
  ) -> [String] {
    var title = Localized(
      "\(question.item): learners \(question.learners), first try right \(question.right)",
      "\(question.item)：\(question.learners) 人作答，首次答对 \(question.right) 人")[language]
    if let discrimination = question.discrimination {
      let number = NumberText.fixed(discrimination, 3)
      title += Localized(", discrimination \(number)", "，区分度 \(number)")[language]
    }
    let bars = question.bars
    let most = bars.map(\.count).max() ?? 0
    return [title]
      + bars.map { bar in
        let words = glyphs.padded(bar.label[language], to: 28)
        let count = glyphs.padded(String(bar.count), to: 5)
        return "  \(words) \(count) \(bar.text(most: most, columns: Self.longestBar, glyphs))"
      } + [""]
  }

  private func learnerLines(_ language: Language, _ glyphs: Glyphs) -> [String] {
    guard !tables.learners.isEmpty else { return [] }
    return [Localized("Learners", "学员")[language]]
      + tables.learners.map { learner in
        let words = Localized(
          "questions \(learner.items), first try right \(learner.right), "
            + "don't know \(learner.dontKnow)",
          "作答 \(learner.items) 题，首次答对 \(learner.right) 题，"
            + "选“不知道” \(learner.dontKnow) 次")
        return "  \(glyphs.padded(learner.name, to: 28)) \(words[language])"
      }
  }
}

extension ClassTables {
  /// How many there are.
  var summary: Localized {
    Localized(
      "learners: \(learners.count), questions: \(questions.count)",
      "\(learners.count) 名学员，\(questions.count) 道题")
  }
}
