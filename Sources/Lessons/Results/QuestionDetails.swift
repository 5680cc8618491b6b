import TUI

/// All that is known of a question: how it is asked, what it was answered, and the words against each wrong rule.
struct QuestionDetails {
  let question: ClassTables.Question
  let place: (chapter: Chapter, step: Step)?
  /// The question with its numbers; nil while they are worked out.
  let asked: ItemSession?
  /// Why they are not known.
  let failure: String?
  let words: FeedbackWords
  let columns: Int
  let glyphs: Glyphs

  private var language: Language { words.language }
  private var prose: ProseLines { ProseLines(columns: columns, glyphs: glyphs) }

  /// The lines, as wide as there are columns.
  var lines: [[Run]] {
    let row = ClassRowText(language: language, columns: columns, glyphs: glyphs)
    var lines = prose.wrapped([Run(question.item, .strong)] + row.title(of: place), columns)
    if let item = asked?.item ?? place?.step.question {
      lines += [[]] + prose.lines(item.prompt)
    }
    if let failure { lines += [[]] + prose.wrapped([Run(failure, .error)], columns) }
    lines += [[]] + row.histogram(question) + [[]]
    lines += prose.wrapped([Run(row.counts(question), .dim)], columns)
    let key = asked.map { AnswerKey($0.graded, words: words) }
    if let key { lines += key.right.flatMap(lines(of:)) }
    for bar in question.bars {
      guard case .misconception(let name) = bar.kind else { continue }
      lines += [[]] + [[Run(name, .strong), Run("  \(bar.count)", .text)]]
      for wrong in key?.wrong ?? [] where wrong.misconception == name {
        lines += prose.indented([.paragraph(wrong.answer)], first: "\(glyphs.wrong) ", rest: "  ")
      }
      let rule = words.rule(name)
      lines += rule.flatMap(lines(of:))
      if rule.isEmpty {
        let unknown = Localized("This course does not know the rule.", "本课程没有收录这条规则。")
        lines += prose.wrapped([Run(unknown[language], .dim)], columns)
      }
    }
    return lines
  }

  private func lines(of section: Feedback.Section) -> [[Run]] {
    [[]] + prose.wrapped([Run(section.title[language], .heading)], columns)
      + prose.lines(section.prose)
  }
}
