import TUI

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

/// Draws at sizes that are too small, at every depth and in both sets; a widget must not trap.
func drawAtEverySmallSize(_ body: (inout Canvas, Rect) -> Void) {
  for columns in 0...7 {
    for rows in 0...5 {
      for glyphs in [Glyphs.unicode, .ascii] {
        for depth in ColorDepth.allCases { _ = canvas(columns, rows, glyphs, depth, body) }
      }
    }
  }
}
