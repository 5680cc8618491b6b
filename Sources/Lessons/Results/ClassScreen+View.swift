public import TUI

extension ClassScreen {
  /// From this width on, what is known of a row stands beside the list instead of below it.
  private static let besideColumns = 100

  /// Draws the state; depends on nothing else.
  public func view(on canvas: inout Canvas) {
    guard canvas.size.fits(App.smallest) else {
      canvas.tooSmall(language)
      return
    }
    canvas.header(
      left: Localized("Results of a class", "班级作答结果")[language],
      right: "\(tables.summary[language])   \(language == .en ? "EN" : "中")")
    let area = Rect(
      column: 1, row: 2, columns: canvas.size.columns - 2, rows: canvas.size.rows - 4)
    if isOpen { drawOpen(in: area, on: &canvas) } else { drawList(in: area, on: &canvas) }
    canvas.footer(status: status, notice: notice, keys: keys.hints)
    if showsKeys {
      HelpOverlay(title: Phrases.keysTitle[language], hints: keys.hints).draw(
        on: &canvas, in: canvas.bounds)
    }
  }

  /// The largest useful scroll of the open question.
  var lastScroll: Int {
    let rows = size.rows - 4
    return max(openLines(columns: size.columns - 2, glyphs: .unicode).count - rows, 0)
  }

  private var status: String? {
    guard tab == .questions, !isOpen, !questions.isEmpty else { return nil }
    let fewest = ItemStatistics.fewestForDiscrimination
    return tables.questions.contains { $0.discrimination != nil }
      ? nil
      : Localized(
        "How well a question tells learners apart is told from \(fewest) learners on.",
        "区分度从 \(fewest) 名学员起才计算。")[language]
  }

  // MARK: the lists

  private func drawList(in area: Rect, on canvas: inout Canvas) {
    drawTabs(row: area.row, on: &canvas)
    let body = Rect(
      column: area.column, row: area.row + 1, columns: area.columns, rows: area.rows - 1)
    let list: Rect
    let below: Rect
    if area.columns + 2 >= Self.besideColumns {
      let table = table(columns: body.columns * 55 / 100, glyphs: canvas.glyphs)
      let natural = table.minimumSize(glyphs: canvas.glyphs).columns
      let (left, rest) = body.splitLeft(min(body.columns * 55 / 100, natural))
      (list, below) = (left, rest.splitLeft(3).rest)
      for row in body.row..<body.bottom {
        canvas.put(canvas.glyphs.vertical, row: row, column: left.right + 1, style: Style(.border))
      }
    } else {
      // The list keeps its titles and a few rows; what stands below gets what it needs of the rest.
      let needed = rowLines(columns: body.columns, glyphs: canvas.glyphs).count
      let (bottom, rest) = body.splitBottom(min(needed, max(body.rows - 9, body.rows / 2)))
      (list, below) = (rest.splitBottom(1).rest, bottom)
      canvas.rule(row: list.bottom)
    }
    table(columns: list.columns, glyphs: canvas.glyphs).draw(on: &canvas, in: list)
    draw(rowLines(columns: below.columns, glyphs: canvas.glyphs), from: 0, in: below, on: &canvas)
  }

  /// Draws lines from the first to be shown on; arrows at the right say where there are more.
  private func draw(_ lines: [[Run]], from first: Int, in area: Rect, on canvas: inout Canvas) {
    for (row, line) in lines.dropFirst(first).prefix(area.rows).enumerated() {
      canvas.write(line, row: area.row + row, column: area.column, limit: area.columns)
    }
    let arrow = Style(.accent)
    if first > 0 {
      canvas.put(canvas.glyphs.up, row: area.row, column: area.right - 1, style: arrow)
    }
    if first + area.rows < lines.count {
      canvas.put(canvas.glyphs.down, row: area.bottom - 1, column: area.right - 1, style: arrow)
    }
  }

  private func drawTabs(row: Int, on canvas: inout Canvas) {
    var column = 1
    for tab in Tab.allCases {
      let label = self.tab == tab ? "[\(tab.label[language])]" : " \(tab.label[language]) "
      let style = Style(self.tab == tab ? .heading : .dim)
      column += canvas.write(label, row: row, column: column, style: style) + 1
    }
    let order =
      switch (tab, isByDifficulty) {
      case (.questions, true): Localized("hardest first", "难题在前")
      case (.questions, false): Localized("in the course's order", "按课程顺序")
      case (.learners, true): Localized("fewest right first", "答对少的在前")
      case (.learners, false): Localized("by name", "按姓名")
      }
    let words = order[language]
    canvas.write(
      words, row: row, column: canvas.size.columns - 1 - TextWidth.columns(of: words),
      style: Style(.dim))
  }

  /// The list as a table; what would not fit beside the names is left out.
  private func table(columns: Int, glyphs: Glyphs) -> TableView {
    let isWide = columns >= 64
    let selected = rows[tab] ?? 0
    func row(_ index: Int, _ name: String, _ numbers: [String]) -> [String] {
      [index == selected ? String(glyphs.pointer) : "", name] + numbers
    }
    switch tab {
    case .questions:
      let hasDiscrimination = tables.questions.contains { $0.discrimination != nil }
      let titles =
        [Localized("learners", "人数"), Localized("right at first", "首次答对")]
        + (isWide ? [Localized("don't know", "不知道")] : [])
        + (hasDiscrimination ? [Localized("discr.", "区分度")] : [])
      return TableView(
        columns: ["", Localized("question", "题目")[language]] + titles.map { $0[language] },
        rows: questions.enumerated().map { index, question in
          let numbers =
            ["\(question.learners)", Self.share(question.right, of: question.learners)]
            + (isWide ? ["\(question.dontKnow)"] : [])
            + (hasDiscrimination
              ? [question.discrimination.map { NumberText.fixed($0, 2) } ?? ""] : [])
          return row(index, question.item, numbers)
        }, selection: selected)
    case .learners:
      let titles =
        [Localized("questions", "作答题数"), Localized("right at first", "首次答对")]
        + (isWide ? [Localized("last seen", "最近一次")] : [])
      return TableView(
        columns: ["", Localized("learner", "学员")[language]] + titles.map { $0[language] },
        rows: learners.enumerated().map { index, learner in
          let numbers =
            ["\(learner.items)", Self.share(learner.right, of: learner.items)]
            + (isWide ? [String(learner.lastSeen.prefix(10))] : [])
          return row(index, learner.name, numbers)
        }, selection: selected)
    }
  }

  /// `3   25 %`, the shares below each other.
  private static func share(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "\(part)" }
    let percent = "\(Int((Double(part) * 100 / Double(whole)).rounded())) %"
    return "\(part)" + String(repeating: " ", count: 7 - percent.count) + percent
  }

  /// What is known of the row under the cursor.
  private func rowLines(columns: Int, glyphs: Glyphs) -> [[Run]] {
    let words = ClassRowText(language: language, columns: columns, glyphs: glyphs)
    switch tab {
    case .questions:
      guard let question else {
        return [[Run(Localized("Nobody answered a question yet.", "还没有人答过题。")[language], .dim)]]
      }
      return words.lines(question, of: step(asking: question))
    case .learners:
      guard let learner else {
        return [[Run(Localized("There are no learners yet.", "还没有学员。")[language], .dim)]]
      }
      return words.lines(learner)
    }
  }

  // MARK: details

  private func drawOpen(in area: Rect, on canvas: inout Canvas) {
    let lines = openLines(columns: area.columns, glyphs: canvas.glyphs)
    let first = min(scroll, max(lines.count - area.rows, 0))
    draw(lines, from: first, in: area, on: &canvas)
  }

  private func openLines(columns: Int, glyphs: Glyphs) -> [[Run]] {
    guard tab == .questions, let question else {
      return rowLines(columns: columns - 2, glyphs: glyphs)
    }
    let place = step(asking: question)
    let key = place.map { self.key(of: $0.step) }
    return QuestionDetails(
      question: question, place: place, asked: key.flatMap { asked[$0] },
      failure: key.flatMap { failures[$0] },
      words: FeedbackWords(
        misconceptions: stage.course.misconceptions[language] ?? [:], language: language),
      // Longer lines are harder to read than more of them; two columns are for the arrows.
      columns: min(columns - 2, LessonLayout.widestProse), glyphs: glyphs
    ).lines
  }
}
