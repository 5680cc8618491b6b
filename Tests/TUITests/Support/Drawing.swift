import TUI
import Testing

/// The text of what is drawn on a canvas of a size.
func drawing(
  _ columns: Int, _ rows: Int, _ glyphs: Glyphs = .unicode, _ depth: ColorDepth = .mono,
  _ body: (inout Canvas, Rect) -> Void
) -> String {
  canvas(columns, rows, glyphs, depth, body).text
}

/// A canvas of a size with something drawn on it.
func canvas(
  _ columns: Int, _ rows: Int, _ glyphs: Glyphs = .unicode, _ depth: ColorDepth = .mono,
  _ body: (inout Canvas, Rect) -> Void
) -> Canvas {
  var canvas = Canvas(size: Size(columns: columns, rows: rows), glyphs: glyphs, depth: depth)
  body(&canvas, canvas.bounds)
  return canvas
}

/// Draws at sizes that are too small, at every depth and in both sets; a widget must neither trap nor leave its rectangle.
func drawAtEverySmallSize(
  sourceLocation: SourceLocation = #_sourceLocation, _ body: (inout Canvas, Rect) -> Void
) {
  for columns in 0...7 {
    for rows in 0...5 {
      for glyphs in [Glyphs.unicode, .ascii] {
        for depth in ColorDepth.allCases {
          let size = Size(columns: columns + 2, rows: rows + 2)
          var canvas = Canvas(size: size, glyphs: glyphs, depth: depth)
          canvas.fill(canvas.bounds, with: "~")
          let rect = Rect(column: 1, row: 1, columns: columns, rows: rows)
          body(&canvas, rect)
          let outside = (0..<size.rows).flatMap { row in
            (0..<size.columns).filter { !rect.contains(row: row, column: $0) }
              .map { canvas.cell(row: row, column: $0).text }
          }
          #expect(outside.allSatisfy { $0 == "~" }, sourceLocation: sourceLocation)
        }
      }
    }
  }
}
