import TUI

/// A step on the screen: text and question on one side, the figure with its knobs on the other.
extension App {
  func draw(_ lesson: LessonState, on canvas: inout Canvas) {
    let rows = canvas.size.rows
    drawHeader(lesson, on: &canvas)
    let figure = figureView(lesson)
    let layout = layout(lesson, figure)
    if let column = layout.divider.column {
      for row in layout.figure.row..<max(layout.figure.bottom, layout.knobs.bottom) {
        canvas.put(canvas.glyphs.vertical, row: row, column: column, style: Style(.border))
      }
    }
    if let row = layout.divider.row { canvas.rule(row: row) }
    var hasMore = false
    if !layout.text.isEmpty { hasMore = drawText(lesson, in: layout.text, on: &canvas) }
    if !layout.figure.isEmpty, let figure { figure.draw(on: &canvas, in: layout) }
    footer(on: &canvas, status: status(lesson))
    if hasMore {
      let more = " \(canvas.glyphs.down) \(Phrases.scrollHint[language]) "
      canvas.write(
        more, row: rows - 2, column: canvas.size.columns - TextWidth.columns(of: more) - 2,
        style: Style(.accent))
    }
    if layout.isSingle { drawTabs(lesson, on: &canvas) }
  }

  /// Which pane a single-pane screen shows.
  private func showsFigureAlone(_ lesson: LessonState) -> Bool {
    switch lesson.pane {
    case .figure, .knobs: true
    case .question: lesson.item?.kind.rules.isOnFigure == true && lesson.isAsking
    case .text, .confidence: false
    }
  }

  func drawHeader(_ lesson: LessonState, on canvas: inout Canvas) {
    let count = lesson.chapter.steps.count
    let number = lesson.index + 1
    let place = language == .en ? "step \(number)/\(count)" : "步骤 \(number)/\(count)"
    let code = language == .en ? "EN" : "中"
    let bar = 16
    let hasBar = canvas.size.columns >= 70
    let blanks = String(repeating: " ", count: hasBar ? bar + 4 : 2)
    canvas.header(
      left: "\(course[lesson.chapter.id]?.number ?? 0) \(lesson.chapter.title)",
      right: place + blanks + code)
    guard hasBar else { return }
    let column = canvas.size.columns - TextWidth.columns(of: code) - bar - 3
    Gauge(done: number, total: count).draw(
      on: &canvas, in: Rect(column: column, row: 0, columns: bar, rows: 1))
  }

  /// Draws the text from its first visible line on; true if lines are left below.
  private func drawText(_ lesson: LessonState, in rect: Rect, on canvas: inout Canvas) -> Bool {
    let text = stepText(lesson, columns: rect.columns)
    let first = text.firstLine(scroll: lesson.scroll, rows: rect.rows)
    for (row, line) in text.lines.dropFirst(first).prefix(rect.rows).enumerated() {
      canvas.write(line, row: rect.row + row, column: rect.column, limit: rect.columns)
    }
    return first + rect.rows < text.lines.count
  }

  /// The text of a step, wrapped.
  func stepText(_ lesson: LessonState, columns: Int) -> StepText {
    StepText(
      lesson, columns: columns, glyphs: glyphs,
      misconceptions: course.misconceptions[language] ?? [:])
  }

  /// Where the panes of a step stand on the present screen.
  func layout(_ lesson: LessonState, _ figure: FigurePane?) -> LessonLayout {
    LessonLayout(
      area: Rect(column: 1, row: 2, columns: size.columns - 2, rows: size.rows - 4),
      figure: figure?.minimumSize(glyphs: glyphs, depth: depth),
      knobs: figure?.knobs.minimumSize(glyphs: glyphs) ?? Size(columns: 0, rows: 0),
      showsFigure: showsFigureAlone(lesson), isBig: isBig)
  }

  /// The first line of the text in sight.
  func firstLine(of lesson: LessonState) -> Int {
    let rect = layout(lesson, figureView(lesson)).text
    guard !rect.isEmpty else { return 0 }
    return stepText(lesson, columns: rect.columns).firstLine(
      scroll: lesson.scroll, rows: rect.rows)
  }

  /// The figure of the step as it can be drawn now: computed, under way, or failed.
  func figureView(_ lesson: LessonState) -> FigurePane? {
    guard let spec = lesson.figureSpec, let request = lesson.request else { return nil }
    let knobs = Knobs(
      spec.knobs.enumerated().map { index, knob in
        Knobs.Knob(
          name: knob.name, settings: knob.settings,
          selection: index < lesson.chosen.count ? lesson.chosen[index] : knob.start)
      }, focus: lesson.pane == .knobs ? lesson.knob : nil)
    let painting = lesson.item?.kind.rules.isOnFigure == true ? lesson.session : nil
    return FigurePane(
      entry: figures[request] ?? .pending, knobs: knobs, cursor: lesson.cursor,
      showsCursor: lesson.pane == .figure || (lesson.pane == .question && painting != nil),
      hasFocus: lesson.pane == .figure || lesson.pane == .knobs,
      painted: painting.map { $0.painted }, expected: painting.flatMap(\.expectedCells),
      glyphs: glyphs, language: language)
  }

  private func status(_ lesson: LessonState) -> String? {
    if lesson.isAsking { return Phrases.nothingChecked[language] }
    if let request = lesson.request, case .pending? = figures[request] {
      return Phrases.computing[language]
    }
    return run(of: lesson).flatMap(trainingStatus)
  }

  /// In one pane, the top rule says which pane is shown and that Tab has the other.
  private func drawTabs(_ lesson: LessonState, on canvas: inout Canvas) {
    let shows = showsFigureAlone(lesson)
    let text = shows ? Phrases.textPane[language] : "[\(Phrases.textPane[language])]"
    let figure = shows ? "[\(Phrases.figure[language])]" : Phrases.figure[language]
    canvas.write(" Tab: \(text) \(figure) ", row: 1, column: 2, style: Style(.dim))
  }
}
