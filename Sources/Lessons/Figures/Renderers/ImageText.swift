internal import TUI

/// A picture as characters, two to a patch so that patches look square; with marks, as the screen draws it without colour.
struct ImageText {
  let content: ImageContent

  /// The lines in at most `columns`; a picture without a patch grid takes its own size up to that.
  func lines(columns: Int, _ glyphs: Glyphs) -> [String] {
    if content.isMarked { return markedLines(columns: columns, glyphs) }
    let labels = GridMarks.labelColumns
    guard content.patch > 0 else {
      let width = min(content.width * 2, columns)
      let height = max(width / 2 * content.height / content.width, 1)
      return (0..<height).map { row in
        String((0..<width).map { column in shade(row, column, of: height, width, glyphs) })
      }
    }
    let (rows, across) = (content.height / content.patch, content.width / content.patch)
    // Two columns and one row for each patch, more where the picture has few of them, one where it has many.
    let wide = max(min((columns - labels) / across, 64 / max(rows, 1)), 1)
    let high = max(wide / 2, 1)
    let names = GridMarks(
      content: GridContent(rows: rows, columns: across, cells: .classes([], letters: [])))
    let blanks = String(repeating: " ", count: wide - 1)
    let header = (0..<across).map { String(names.columnLabel($0)) + blanks }.joined()
    let body = (0..<rows * high).map { row in
      let label = row % high == 0 ? names.rowLabel(row / high) + " " : "   "
      let cells = (0..<across * wide).map { column -> Character in
        let patch = Token(row: row / high, column: column / wide)
        if patch == content.focus { return "?" }
        return shade(row, column, of: rows * high, across * wide, glyphs)
      }
      return label + String(cells)
    }
    return ["   " + header.trimmingBlanks] + body
  }

  /// The widest picture with boxes in plain text; a line of it is a row of two-character dots.
  private static let markedColumns = 64

  /// The picture with its marks, then a line for each box and for the patch under discussion.
  private func markedLines(columns: Int, _ glyphs: Glyphs) -> [String] {
    let dots = max(min(columns - 1, Self.markedColumns) / 2, 1)
    let rows = max(dots * content.height / max(content.width, 1), 1)
    var image = PixelImage(content)
    image.framesPatches = false
    var canvas = Canvas(
      size: Size(columns: dots * 2 + 1, rows: rows + 1), glyphs: glyphs, depth: .mono)
    image.draw(on: &canvas, in: canvas.bounds)
    let picture = (0..<rows + 1).map { canvas.text(ofRow: $0) }
    let focus = content.focus.flatMap { content.readOuts.isEmpty ? nil : content.readOut($0) }
    let notes = content.boxLines + (focus.map { [$0] } ?? [])
    return picture + notes.flatMap { wrap($0, columns: columns, glyphs: glyphs) }
  }

  /// The character for the mean brightness of the part of the picture that a cell covers.
  private func shade(
    _ row: Int, _ column: Int, of rows: Int, _ columns: Int, _ glyphs: Glyphs
  ) -> Character {
    // A part of a pixel shows that pixel.
    func span(_ index: Int, of count: Int, over pixels: Int) -> Range<Int> {
      let first = index * pixels / count
      return first..<max((index + 1) * pixels / count, first + 1)
    }
    return glyphs.shade(
      content.brightness(
        rows: span(row, of: rows, over: content.height),
        columns: span(column, of: columns, over: content.width)))
  }
}

extension ImageContent {
  /// The mean colour of a rectangle of pixels, 0…255 each; black for an empty one.
  func mean(rows: Range<Int>, columns: Range<Int>) -> (red: Double, green: Double, blue: Double) {
    var (red, green, blue) = (0, 0, 0)
    let rows = rows.clamped(to: 0..<height)
    let columns = columns.clamped(to: 0..<width)
    for row in rows {
      for column in columns {
        let at = (row * width + column) * 3
        red += Int(pixels[at])
        green += Int(pixels[at + 1])
        blue += Int(pixels[at + 2])
      }
    }
    let count = Double(max(rows.count * columns.count, 1))
    return (Double(red) / count, Double(green) / count, Double(blue) / count)
  }

  /// How bright a rectangle of pixels looks, 0…1.
  func brightness(rows: Range<Int>, columns: Range<Int>) -> Double {
    let (red, green, blue) = mean(rows: rows, columns: columns)
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255
  }
}
