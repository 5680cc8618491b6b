// Stands in for the drawn figure; delete this file when FigureView of Figures/Renderers lands.
import TUI
struct FigureView {
  var figure: Figure
  var cursor: Token?
  var painted: Set<Token>?
  var expected: Set<Token>?
  var language: Language
  func minimumSize(glyphs: Glyphs, depth: ColorDepth) -> Size {
    let l = FigureText.lines(figure, columns: 40, glyphs: glyphs)
    return Size(columns: l.map { glyphs.columns(of: $0) }.max() ?? 0, rows: l.count)
  }
  func draw(on canvas: inout Canvas, in rect: Rect) {
    canvas.region(rect) { c in
      for (r, l) in FigureText.lines(figure, columns: rect.columns, glyphs: c.glyphs).enumerated() {
        c.write(l, row: r, column: 0)
      }
    }
  }
}
extension Figure {
  var extent: (rows: Int, columns: Int) {
    if case .grid(let g) = body { return (g.rows, g.columns) }
    return (0, 0)
  }
}
