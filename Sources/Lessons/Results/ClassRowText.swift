import TUI

/// A few lines about a row of a class's tables.
struct ClassRowText {
  let language: Language
  let columns: Int
  let glyphs: Glyphs

  /// A question: where it is asked, the histogram of first tries, and what else was counted.
  ///
  /// - Parameters:
  ///   - question: The row.
  ///   - place: The step that asks it; nil if the course no longer does.
  /// - Returns: The lines, as wide as there are columns.
  func lines(
    _ question: ClassTables.Question, of place: (chapter: Chapter, step: Step)?
  ) -> [[Run]] {
    let prose = ProseLines(columns: columns, glyphs: glyphs)
    return prose.wrapped([Run(question.item, .strong)] + title(of: place), columns)
      + histogram(question) + prose.wrapped([Run(counts(question), .dim)], columns)
  }

  /// Where a question is asked.
  func title(of place: (chapter: Chapter, step: Step)?) -> [Run] {
    guard let place else {
      return [Run("  " + Localized("not in this course", "本课程中没有")[language], .dim)]
    }
    let mark = Localized(": ", "：")[language]
    return [Run("  \(place.chapter.title)\(mark)\(place.step.title)", .dim)]
  }

  /// A bar for each thing that first tries came to.
  func histogram(_ question: ClassTables.Question) -> [[Run]] {
    let bars = question.bars
    let names = bars.map { glyphs.columns(of: $0.label[language]) }.max() ?? 0
    let width = min(names, max(columns / 2 - 4, 12))
    let most = bars.map(\.count).max() ?? 0
    let digits = String(most).count
    return bars.map { bar in
      let role: Role = bar.kind == .right ? .right : .text
      let count = String(bar.count)
      let blanks = String(repeating: " ", count: digits - count.count + 2)
      let room = min(max(columns - width - digits - 5, 4), 50)
      return [
        Run("  " + glyphs.padded(bar.label[language], to: width), role),
        Run(blanks + count + " ", .text),
        Run(bar.text(most: most, columns: room, glyphs), bar.kind == .right ? .right : .barFill),
      ]
    }
  }

  /// How it went on after the first try, and how sure learners were.
  func counts(_ question: ClassTables.Question) -> String {
    var parts = [
      Localized("solved in the end \(question.solved)", "最终答对 \(question.solved)"),
      Localized("answers \(question.attempts)", "共作答 \(question.attempts) 次"),
      Localized("used hints \(question.withHints)", "看过提示 \(question.withHints)"),
    ].map { $0[language] }
    parts += question.sure.reversed().filter { $0.count > 0 }.map { level, count, right in
      let label = level.label[language]
      return Localized(
        "\(label) \(count), of these right \(right)", "\(label) \(count)（答对 \(right)）")[language]
    }
    if let discrimination = question.discrimination {
      let number = NumberText.fixed(discrimination, 2)
      parts.append(Localized("discrimination \(number)", "区分度 \(number)")[language])
    }
    return parts.joined(separator: Localized("; ", "；")[language])
  }

  /// A learner: all that is counted.
  func lines(_ learner: ClassTables.Learner) -> [[Run]] {
    let dates = "\(learner.firstSeen.prefix(10)) – \(learner.lastSeen.prefix(10))"
    let facts = [
      (Localized("seen", "学习时间"), dates),
      (
        Localized("sessions, chapters, steps", "打开次数，章节，步骤"),
        "\(learner.sessions), \(learner.chapters), \(learner.steps)"
      ),
      (Localized("questions answered", "作答题数"), "\(learner.items)"),
      (Localized("right at the first try", "首次答对"), "\(learner.right)"),
      (Localized("solved in the end", "最终答对"), "\(learner.solved)"),
      (Localized("answers", "作答次数"), "\(learner.attempts)"),
      (Localized("don't know", "选“不知道”"), "\(learner.dontKnow)"),
      (Localized("used hints at", "看过提示的题"), "\(learner.withHints)"),
      (
        Localized("certain, of these right", "确定，其中答对"),
        "\(learner.certain), \(learner.certainRight)"
      ),
    ]
    let width = facts.map { glyphs.columns(of: $0.0[language]) }.max() ?? 0
    return [[Run(glyphs.truncated(learner.name, to: columns), .strong)]]
      + facts.map { label, value in
        [Run("  " + glyphs.padded(label[language], to: width) + "  ", .dim), Run(value, .text)]
      }
  }
}
