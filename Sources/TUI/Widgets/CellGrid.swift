/// A grid of letters with row and column labels: windows, neighbourhoods, masks to paint.
///
/// Everything shows in text alone: letters are classes, `?` is the cell the grid is about, dots are
/// padding, and painted cells and their grades have marks of their own.
public struct CellGrid: Sendable, Hashable {
  /// What was done to a cell, or what grading found.
  public enum Mark: Sendable, Hashable {
    /// Painted, not graded yet.
    case painted
    /// Painted, and rightly so.
    case right
    /// Painted, but does not belong.
    case extra
    /// Belongs, but was not painted.
    case missed
  }

  /// The letters, row by row.
  public var letters: [Character]
  /// The number of rows.
  public var rows: Int
  /// The number of columns.
  public var columns: Int
  /// The number of real rows; the ones after it are labelled as padding.
  public var realRows: Int
  /// The number of real columns.
  public var realColumns: Int
  /// A gap follows every so many columns, and rows where there is room; 0 for none.
  public var ruleEvery: Int
  /// The cell that the grid is about.
  public var focus: GridPosition?
  /// The cell that keys act on.
  public var cursor: GridPosition?
  /// What was painted or graded.
  public var marks: [GridPosition: Mark]
  /// Cells to set apart, such as padding.
  public var muted: Set<GridPosition>

  /// Creates a grid.
  ///
  /// - Precondition: There are `rows × columns` letters.
  public init(
    letters: [Character], rows: Int, columns: Int, realRows: Int? = nil, realColumns: Int? = nil,
    ruleEvery: Int = 0, focus: GridPosition? = nil, cursor: GridPosition? = nil,
    marks: [GridPosition: Mark] = [:], muted: Set<GridPosition> = []
  ) {
    precondition(
      letters.count == rows * columns,
      "a grid of \(rows) × \(columns) has \(rows * columns) letters, not \(letters.count)")
    self.letters = letters
    self.rows = rows
    self.columns = columns
    self.realRows = realRows ?? rows
    self.realColumns = realColumns ?? columns
    self.ruleEvery = ruleEvery
    self.focus = focus
    self.cursor = cursor
    self.marks = marks
    self.muted = muted
  }

  /// The smallest size at which every cell shows.
  public func minimumSize(glyphs: Glyphs) -> Size {
    Size(columns: CellGrid.labelColumns + place(columns - 1, gaps: ruleEvery) + 1, rows: rows + 1)
  }

  /// The letter or mark that a cell shows.
  public func shown(_ position: GridPosition, glyphs: Glyphs) -> Character {
    let letter = letters[position.row * columns + position.column]
    switch marks[position] {
    case .painted: return glyphs.painted
    case .right: return glyphs.right
    case .extra: return glyphs.wrong
    case .missed: return glyphs.unselected
    case nil: return position == focus ? "?" : muted.contains(position) ? "." : letter
    }
  }

  /// Draws the grid; what does not fit is left out around the cursor.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    let width = CellGrid.labelColumns
    guard rect.rows > 1, rect.columns > width else { return }
    let room = Size(columns: rect.columns - width, rows: rect.rows - 1)
    // Gaps go first where there is no room for them.
    let columnGaps = place(columns - 1, gaps: ruleEvery) < room.columns ? ruleEvery : 0
    let rowGaps = place(rows - 1, gaps: ruleEvery) < room.rows ? ruleEvery : 0
    let view = GridViewport(
      rows: rows, columns: columns, fittingRows: rowGaps > 0 ? rows : room.rows,
      fittingColumns: columnGaps > 0 ? columns : room.columns, cursor: cursor ?? focus)
    canvas.region(rect) { canvas in
      canvas.write("y\\x", row: 0, column: 0, style: Style(.dim))
      for column in view.firstColumn..<view.firstColumn + view.columns {
        let label = column < realColumns ? CellGrid.columnLabel(column) : "p"
        canvas.put(
          label, row: 0, column: width + place(column - view.firstColumn, gaps: columnGaps),
          style: Style(column == cursor?.column ? .strong : .dim))
      }
      for row in view.firstRow..<view.firstRow + view.rows {
        let place = 1 + place(row - view.firstRow, gaps: rowGaps)
        let label = row < realRows ? "\(row)" : "p"
        canvas.write(
          label, row: place, column: max(2 - label.count, 0),
          style: Style(row == cursor?.row ? .strong : .dim))
        drawRow(row, at: place, view, columnGaps, on: &canvas)
      }
    }
  }

  private func drawRow(
    _ row: Int, at place: Int, _ view: GridViewport, _ gaps: Int, on canvas: inout Canvas
  ) {
    for column in view.firstColumn..<view.firstColumn + view.columns {
      let position = GridPosition(row: row, column: column)
      canvas.put(
        shown(position, glyphs: canvas.glyphs), row: place,
        column: CellGrid.labelColumns + self.place(column - view.firstColumn, gaps: gaps),
        style: Style(role(position)))
    }
  }

  private func role(_ position: GridPosition) -> Role {
    if position == cursor { return .cursor }
    switch marks[position] {
    case .painted: return .accent
    case .right: return .right
    case .extra: return .wrong
    case .missed: return .hint
    case nil: break
    }
    if position == focus { return .prompt }
    if muted.contains(position) { return .muted }
    // Neighbouring windows differ in letter, and every second one in weight as well.
    guard ruleEvery > 0 else { return .text }
    return (position.row / ruleEvery + position.column / ruleEvery) % 2 == 0 ? .text : .code
  }

  /// Two for the row's number, two to stand off from it.
  private static let labelColumns = 4

  /// The offset of a row or column when a gap follows every `gaps`.
  private func place(_ index: Int, gaps: Int) -> Int {
    index + (gaps > 0 ? max(index, 0) / gaps : 0)
  }

  /// One character for a column: 0–9, A–Z, then the last digit.
  static func columnLabel(_ column: Int) -> Character {
    let digits = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return column < digits.count ? digits[column] : digits[column % 10]
  }
}
