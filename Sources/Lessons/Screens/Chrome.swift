public import TUI

/// What every screen has: a line that says where one is, and one that says which keys act.
extension App {
  /// Draws the state; depends on nothing else.
  public func view(on canvas: inout Canvas) {
    if !canvas.size.fits(Self.smallest) {
      drawTooSmall(on: &canvas)
    } else if !isBlank {
      switch screen {
      case .home: drawHome(on: &canvas)
      case .lesson(let lesson):
        if let vote { draw(vote, of: lesson, on: &canvas) } else { draw(lesson, on: &canvas) }
      }
    }
    panel?.draw(on: &canvas, language: language)
    drawCaption(on: &canvas)
    if case .lesson(let lesson) = screen { canvas.place = lesson.step.id }
  }

  /// A band above the bottom lines that says what a script's author wants to be seen.
  private func drawCaption(on canvas: inout Canvas) {
    guard !caption.isEmpty, canvas.size.fits(Self.smallest) else { return }
    let width = canvas.size.columns - 4
    let lines = wrap(caption, columns: width, glyphs: canvas.glyphs).prefix(3)
    for (index, line) in lines.enumerated() {
      let row = canvas.size.rows - 2 - lines.count + index
      let band = Rect(column: 0, row: row, columns: canvas.size.columns, rows: 1)
      canvas.fill(band, style: Style(.selected))
      canvas.write(line, row: row, column: 2, style: Style(.selected))
    }
  }

  func header(on canvas: inout Canvas, left: String, right: String) {
    let width = canvas.size.columns
    let rightWidth = TextWidth.columns(of: canvas.glyphs.adapt(right))
    canvas.write(
      canvas.glyphs.truncated(left, to: max(width - rightWidth - 4, 0)), row: 0, column: 1,
      style: Style(.title))
    canvas.write(right, row: 0, column: width - rightWidth - 1, style: Style(.dim))
    canvas.rule(row: 1)
  }

  func footer(on canvas: inout Canvas, status: String? = nil) {
    let rows = canvas.size.rows
    canvas.rule(row: rows - 2)
    if let line = notice ?? status {
      let shown = canvas.glyphs.truncated(line, to: canvas.size.columns - 8)
      canvas.write(
        " \(shown) ", row: rows - 2, column: 2, style: Style(notice == nil ? .dim : .notice))
    }
    if isAudience { return }
    let bar = KeyBar(Keymap.bar(context, language))
    // The last cell stays blank: some terminals scroll when it is written.
    bar.draw(
      on: &canvas,
      in: Rect(column: 1, row: rows - 1, columns: canvas.size.columns - 2, rows: 1))
  }

  private func drawTooSmall(on canvas: inout Canvas) {
    let needed = "\(Self.smallest.columns)x\(Self.smallest.rows)"
    let actual = "\(canvas.size.columns)x\(canvas.size.rows)"
    let lines = [
      Phrases.tooSmall[language],
      "\(Phrases.needsSize[language]) \(needed), \(Phrases.hasSize[language]) \(actual)",
      "? \(Phrases.keysTitle[language])   q \(Phrases.quit[language])",
    ]
    for (row, line) in lines.enumerated() { canvas.write(line, row: row, column: 0) }
  }
}
