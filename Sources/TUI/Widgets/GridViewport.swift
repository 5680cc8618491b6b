/// Which rows and columns of a grid show in a space that may be too small for all.
struct GridViewport {
  /// The first row that shows.
  let firstRow: Int
  /// The first column that shows.
  let firstColumn: Int
  /// The number of rows that show.
  let rows: Int
  /// The number of columns that show.
  let columns: Int

  /// Shows all if it fits, else the part around the cursor.
  init(rows: Int, columns: Int, fittingRows: Int, fittingColumns: Int, cursor: GridPosition?) {
    func start(_ count: Int, _ fitting: Int, _ centre: Int) -> Int {
      max(min(centre - fitting / 2, count - fitting), 0)
    }
    self.rows = max(min(rows, fittingRows), 0)
    self.columns = max(min(columns, fittingColumns), 0)
    firstRow = start(rows, self.rows, cursor?.row ?? 0)
    firstColumn = start(columns, self.columns, cursor?.column ?? 0)
  }
}
