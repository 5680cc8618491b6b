/// The keys of a screen in a frame over it, those that are off with the reason.
public struct HelpOverlay: Sendable, Hashable {
  /// What stands in the frame.
  public var title: String
  /// The keys.
  public var hints: [KeyHint]
  /// The number of rows above the first that shows.
  public var scroll: Int

  /// Creates an overlay.
  public init(title: String, hints: [KeyHint], scroll: Int = 0) {
    self.title = title
    self.hints = hints
    self.scroll = scroll
  }

  /// The size at which nothing is cut.
  public func minimumSize(glyphs: Glyphs) -> Size {
    let rows = hints.map { keyColumns(glyphs) + 2 + HelpOverlay.width($0, glyphs) }
    let content = max(rows.max() ?? 0, glyphs.columns(of: title) + 2)
    return Size(columns: content + 4, rows: hints.count + 2)
  }

  /// Draws the frame in the middle of a rectangle.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    let wish = minimumSize(glyphs: glyphs)
    let columns = min(wish.columns, rect.columns)
    let rows = min(wish.rows, rect.rows)
    let frame = Rect(
      column: rect.column + (rect.columns - columns) / 2, row: rect.row + (rect.rows - rows) / 2,
      columns: columns, rows: rows)
    canvas.fill(frame)
    canvas.box(frame, title: title, style: Style(.focusBorder))
    let keys = keyColumns(glyphs)
    let blocks = hints.map { hint in
      let name = glyphs.padded(hint.key, to: keys) + "  "
      var runs = [Run(hint.label, hint.isOn ? .keyLabel : .keyOff)]
      if !hint.isOn, let reason = hint.offReason { runs.append(Run(" (\(reason))", .keyOff)) }
      return Paragraph.Block(
        runs, marker: Run(name, hint.isOn ? .keyName : .keyOff), space: 0)
    }
    Paragraph(blocks: blocks, scroll: scroll).draw(
      on: &canvas, in: frame.inset(columns: 2, rows: 1))
  }

  private func keyColumns(_ glyphs: Glyphs) -> Int {
    hints.map { glyphs.columns(of: $0.key) }.max() ?? 0
  }

  private static func width(_ hint: KeyHint, _ glyphs: Glyphs) -> Int {
    let reason = hint.isOn ? 0 : hint.offReason.map { glyphs.columns(of: $0) + 3 } ?? 0
    return glyphs.columns(of: hint.label) + reason
  }
}
