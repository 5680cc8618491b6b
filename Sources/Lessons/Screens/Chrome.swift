public import TUI

/// What every screen has: a line that says where one is, and one that says which keys act.
extension App {
  /// Draws the state; depends on nothing else.
  public func view(on canvas: inout Canvas) {
    if !canvas.size.fits(Self.smallest) {
      canvas.tooSmall(language)
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

  func footer(on canvas: inout Canvas, status: String? = nil) {
    canvas.footer(
      status: status, notice: isAudience ? nil : notice,
      keys: isAudience ? [] : Keymap.bar(context, language))
  }
}

/// The same on every screen that fills the terminal.
extension Canvas {
  /// Says in the first row where one is.
  mutating func header(left: String, right: String) {
    let rightWidth = glyphs.columns(of: right)
    write(
      glyphs.truncated(left, to: max(size.columns - rightWidth - 4, 0)), row: 0, column: 1,
      style: Style(.title))
    write(right, row: 0, column: size.columns - rightWidth - 1, style: Style(.dim))
    rule(row: 1)
  }

  /// Says in the last rows what is so, or just happened, and which keys act.
  mutating func footer(status: String?, notice: String?, keys: [KeyHint]) {
    rule(row: size.rows - 2)
    if let line = notice ?? status {
      let shown = glyphs.truncated(line, to: size.columns - 8)
      write(
        " \(shown) ", row: size.rows - 2, column: 2, style: Style(notice == nil ? .dim : .notice))
    }
    // The last cell stays blank: some terminals scroll when it is written.
    KeyBar(keys).draw(
      on: &self, in: Rect(column: 1, row: size.rows - 1, columns: size.columns - 2, rows: 1))
  }

  /// What stands in place of a screen that does not fit.
  mutating func tooSmall(_ language: Language) {
    let needed = "\(App.smallest.columns)x\(App.smallest.rows)"
    let actual = "\(size.columns)x\(size.rows)"
    let lines = [
      Phrases.tooSmall[language],
      "\(Phrases.needsSize[language]) \(needed), \(Phrases.hasSize[language]) \(actual)",
      "? \(Phrases.keysTitle[language])   q \(Phrases.quit[language])",
    ]
    for (row, line) in lines.enumerated() { write(line, row: row, column: 0) }
  }
}
