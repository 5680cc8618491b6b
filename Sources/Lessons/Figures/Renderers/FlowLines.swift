internal import TUI

/// A flow that is walked through row by row: names and shapes, as many as fit around the cursor.
///
/// The remarks stand behind the rows where all of them fit; the row under the cursor has its read-out anyway.
struct FlowLines {
  let rows: [FlowRow]
  var cursor: Int?

  /// A flow with fewer rows in sight is no longer recognised as one.
  private static let fewestRows = 8

  /// Whether the rows have something to read out.
  var isWalked: Bool { !rows.isEmpty && rows.allSatisfy { !$0.readOut.isEmpty } }

  /// What the row under the cursor reads out.
  var readOut: String? {
    guard isWalked, let cursor else { return nil }
    return rows[min(max(cursor, 0), rows.count - 1)].readOut
  }

  /// The size at which the names and shapes of some rows show whole.
  func minimumSize(glyphs: Glyphs) -> Size {
    let (names, shapes, _) = widths(glyphs)
    return Size(columns: Self.edge + names + 2 + shapes, rows: min(rows.count, Self.fewestRows))
  }

  /// The column for the cursor and for the marks that there is more above and below.
  private static let edge = 2

  private func widths(_ glyphs: Glyphs) -> (name: Int, shape: Int, remark: Int) {
    (
      rows.map { glyphs.columns(of: $0.name) }.max() ?? 0,
      rows.map { glyphs.columns(of: NumberText.shape($0.shape)) }.max() ?? 0,
      rows.map { glyphs.columns(of: $0.remark) }.max() ?? 0
    )
  }

  /// Draws the rows around the cursor.
  func draw(on canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    let (names, shapes, remarks) = widths(glyphs)
    let view = VisibleRows(count: rows.count, fitting: rect.rows, centre: cursor ?? 0)
    let hasRemarks = Self.edge + names + shapes + remarks + 4 <= rect.columns
    canvas.region(rect) { canvas in
      for line in 0..<view.count {
        let index = view.first + line
        let row = rows[index]
        var text =
          glyphs.padded(row.name, to: names) + "  "
          + glyphs.padded(NumberText.shape(row.shape), to: shapes)
        if hasRemarks { text += "  " + glyphs.adapt(row.remark) }
        let isCursor = index == cursor
        canvas.write(
          text, row: line, column: Self.edge, style: Style(isCursor ? .selected : .text),
          limit: rect.columns - Self.edge)
        if isCursor { canvas.put(glyphs.pointer, row: line, column: 0, style: Style(.prompt)) }
      }
      let more = Style(.accent)
      if view.first > 0, cursor != view.first {
        canvas.put(glyphs.up, row: 0, column: 0, style: more)
      }
      if view.first + view.count < rows.count, cursor != view.first + view.count - 1 {
        canvas.put(glyphs.down, row: view.count - 1, column: 0, style: more)
      }
    }
  }

  /// Which rows show in a space that may be too small for all.
  private struct VisibleRows {
    let first: Int
    let count: Int

    init(count: Int, fitting: Int, centre: Int) {
      self.count = max(min(count, fitting), 0)
      first = max(min(centre - self.count / 2, count - self.count), 0)
    }
  }
}
