/// The edges of a map: pointers to the cursor's cell and, if asked for, the numbers of rows and columns.
extension HeatMap {
  /// Where the cells stand that the edges name.
  struct Edges {
    let view: GridViewport
    let cellColumns: Int
    let cellRows: Int
    /// How many rows of the grid share a row of the screen.
    let perRow: Int

    func row(_ row: Int) -> Int { (row - view.firstRow) * cellRows / perRow + cellRows / 2 }
    func column(_ column: Int) -> Int {
      (column - view.firstColumn) * cellColumns + (cellColumns - 1) / 2
    }
  }

  /// The columns to the left of the map: one for the pointer, after two for numbers.
  var edgeColumns: Int { numbered == nil ? 1 : 3 }

  func drawEdges(_ edges: Edges, on canvas: inout Canvas) {
    if let numbered { drawNumbers(edges, numbered, on: &canvas) }
    guard let cursor else { return }
    let pointer = Style(.prompt)
    canvas.put(
      canvas.glyphs.pointer, row: edges.row(cursor.row) + 1, column: edgeColumns - 1, style: pointer
    )
    guard numbered == nil else { return }
    canvas.put(
      canvas.glyphs.down, row: 0, column: edges.column(cursor.column) + edgeColumns, style: pointer)
  }

  /// The numbers; those of the cursor's row and column stand out.
  private func drawNumbers(
    _ edges: Edges, _ numbered: GridPosition, on canvas: inout Canvas
  ) {
    let view = edges.view
    for column in view.firstColumn..<view.firstColumn + view.columns {
      canvas.put(
        column < numbered.column ? CellGrid.columnLabel(column) : "p", row: 0,
        column: edges.column(column) + edgeColumns,
        style: Style(column == cursor?.column ? .prompt : .dim))
    }
    for row in view.firstRow..<view.firstRow + view.rows {
      let isCursor = row == cursor?.row
      // Where two rows share a line it has the upper one's number, or else the cursor's.
      let shares = (row - view.firstRow) % edges.perRow > 0
      guard !shares || isCursor else { continue }
      let label = row < numbered.row ? "\(row % 100)" : "p"
      let place = edges.row(row) + 1
      canvas.write("  ", row: place, column: 0)
      canvas.write(
        label, row: place, column: 2 - label.count, style: Style(isCursor ? .prompt : .dim))
    }
  }
}
