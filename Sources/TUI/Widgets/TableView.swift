/// A table; columns of numbers are set flush right.
public struct TableView: Sendable, Hashable {
  /// The titles of the columns.
  public var columns: [String]
  /// The rows; a missing cell is empty.
  public var rows: [[String]]
  /// The row under the cursor.
  public var selection: Int?
  /// The number of rows above the first that shows.
  public var scroll: Int

  /// Creates a table.
  public init(columns: [String], rows: [[String]], selection: Int? = nil, scroll: Int = 0) {
    self.columns = columns
    self.rows = rows
    self.selection = selection
    self.scroll = scroll
  }

  /// The size at which nothing is cut.
  public func minimumSize(glyphs: Glyphs) -> Size {
    let widths = naturalWidths(glyphs)
    return Size(
      columns: widths.reduce(0, +) + 2 * max(widths.count - 1, 0), rows: rows.count + 2)
  }

  /// Draws titles, a line and the rows; too wide columns are cut, the widest first.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    let widths = fittedWidths(rect.columns, glyphs)
    let numeric = columns.indices.map(isNumeric)
    let visible = max(rect.rows - 2, 0)
    var first = min(max(scroll, 0), max(rows.count - visible, 0))
    if let selection { first = min(max(first, selection - visible + 1), max(selection, 0)) }
    canvas.region(rect) { canvas in
      func write(_ cells: [String], row: Int, role: Role, on canvas: inout Canvas) {
        var column = 0
        for (index, width) in widths.enumerated() {
          let text = glyphs.truncated(index < cells.count ? cells[index] : "", to: width)
          let free = width - TextWidth.columns(of: text)
          let start = column + (numeric[index] ? free : 0)
          canvas.write(text, row: row, column: start, style: Style(role), limit: width)
          column += width + 2
        }
      }
      write(columns, row: 0, role: .strong, on: &canvas)
      let total = widths.reduce(0, +) + 2 * max(widths.count - 1, 0)
      canvas.rule(row: 1, columns: 0..<min(total, rect.columns))
      for (offset, row) in rows.dropFirst(first).prefix(visible).enumerated() {
        let isSelected = first + offset == selection
        write(row, row: offset + 2, role: .text, on: &canvas)
        if isSelected {
          let area = Rect(column: 0, row: offset + 2, columns: total, rows: 1)
          canvas.restyle(area, role: .selected)
        }
      }
    }
  }

  private func naturalWidths(_ glyphs: Glyphs) -> [Int] {
    columns.indices.map { index in
      let cells = rows.map { index < $0.count ? glyphs.columns(of: $0[index]) : 0 }
      return max(glyphs.columns(of: columns[index]), cells.max() ?? 0)
    }
  }

  private func fittedWidths(_ columns: Int, _ glyphs: Glyphs) -> [Int] {
    var widths = naturalWidths(glyphs)
    var excess = widths.reduce(0, +) + 2 * max(widths.count - 1, 0) - columns
    while excess > 0, let widest = widths.max(), widest > 1,
      let index = widths.lastIndex(of: widest)
    {
      widths[index] -= 1
      excess -= 1
    }
    return widths
  }

  /// Whether every cell of a column that is not empty begins like a number.
  private func isNumeric(_ index: Int) -> Bool {
    let cells = rows.compactMap { index < $0.count && !$0[index].isEmpty ? $0[index] : nil }
    guard !cells.isEmpty else { return false }
    return cells.allSatisfy { cell in
      let body = cell.drop { "+-−×~≈".contains($0) }
      guard let first = body.first, first.isASCII, first.isNumber else { return false }
      return body.allSatisfy { $0.isNumber || "., ×x%e+-^²kMGT/".contains($0) }
    }
  }
}
