import TUI

/// Something laid over a screen until it is closed.
struct Panel: Codable, Sendable, Hashable {
  /// The content.
  enum Content: Codable, Sendable, Hashable {
    case keys(KeyContext)
    case text(String)
    case table(Table)
    case code(String)
    case confirmation(String)
  }

  /// What the frame says.
  var title: String
  /// The content.
  var content: Content
  /// The first line shown.
  var offset = 0

  static func keys(_ context: KeyContext) -> Panel { Panel(title: "", content: .keys(context)) }
  static func text(_ title: String, _ text: String) -> Panel {
    Panel(title: title, content: .text(text))
  }
  static func table(_ title: String, _ table: Table) -> Panel {
    Panel(title: title, content: .table(table))
  }
  static func code(_ title: String, _ text: String) -> Panel {
    Panel(title: title, content: .code(text))
  }
  static func confirmation(_ text: String) -> Panel {
    Panel(title: "", content: .confirmation(text))
  }

  /// True if Enter agrees to something.
  var isConfirmation: Bool {
    if case .confirmation = content { return true }
    return false
  }

  /// True if it shows something of the step, rather than asking or telling whoever has the keys.
  var isOfTheStep: Bool {
    switch content {
    case .text, .table, .code: true
    case .keys, .confirmation: false
    }
  }

  /// Shows earlier or later lines.
  mutating func scroll(by lines: Int) { offset = max(offset + lines, 0) }

  /// Draws the panel over the middle of the canvas.
  func draw(on canvas: inout Canvas, language: Language) {
    if case .keys(let context) = content {
      HelpOverlay(
        title: Phrases.keysTitle[language], hints: Keymap.help(context, language), scroll: offset
      ).draw(on: &canvas, in: canvas.bounds)
      return
    }
    let inner = max(min(canvas.size.columns - 8, 92), 1)
    let lines = self.lines(columns: inner, glyphs: canvas.glyphs)
    let width = min(max(lines.map(Self.width).max() ?? 0, TextWidth.columns(of: title) + 4), inner)
    let height = min(lines.count, max(canvas.size.rows - 6, 1))
    let frame = Rect(
      column: (canvas.size.columns - width - 4) / 2, row: (canvas.size.rows - height - 2) / 2,
      columns: width + 4, rows: height + 2)
    let first = min(offset, max(lines.count - height, 0))
    canvas.region(frame) { canvas in
      canvas.fill(canvas.bounds)
      canvas.box(canvas.bounds, title: title, style: Style(.focusBorder))
      for (row, line) in lines.dropFirst(first).prefix(height).enumerated() {
        canvas.write(line, row: row + 1, column: 2, limit: width)
      }
      if first + height < lines.count {
        let more = " \(canvas.glyphs.down) \(Phrases.scrollHint[language]) "
        canvas.write(
          more, row: height + 1, column: max(width + 2 - TextWidth.columns(of: more), 1),
          style: Style(.dim))
      }
    }
  }

  private static func width(_ line: [Run]) -> Int {
    line.reduce(0) { $0 + TextWidth.columns(of: $1.text) }
  }

  private func lines(columns: Int, glyphs: Glyphs) -> [[Run]] {
    let prose = ProseLines(columns: columns, glyphs: glyphs)
    switch content {
    case .text(let text), .confirmation(let text):
      return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap {
        prose.wrapped([Run(String($0), .text)], columns)
      }
    case .code(let text):
      return text.split(separator: "\n", omittingEmptySubsequences: false).map {
        [Run(glyphs.adapt(String($0)), .code)]
      }
    case .table(let table):
      return TableText(table: table, glyphs: glyphs).lines(columns: columns).enumerated().map {
        [Run($1, $0 == 0 ? .heading : .text)]
      }
    case .keys:
      return []
    }
  }
}
