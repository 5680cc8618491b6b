/// A size in character cells.
public struct Size: Sendable, Hashable {
  /// The number of columns.
  public var columns: Int
  /// The number of rows.
  public var rows: Int

  /// Creates a size; negative sides become 0.
  public init(columns: Int, rows: Int) {
    self.columns = max(columns, 0)
    self.rows = max(rows, 0)
  }

  /// Whether something of another size fits in this one.
  public func fits(_ other: Size) -> Bool {
    other.columns <= columns && other.rows <= rows
  }
}

/// A rectangle of character cells; its origin counts from the top left.
public struct Rect: Sendable, Hashable {
  /// The leftmost column.
  public var column: Int
  /// The topmost row.
  public var row: Int
  /// The number of columns.
  public var columns: Int
  /// The number of rows.
  public var rows: Int

  /// Creates a rectangle; negative sides become 0.
  public init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    self.columns = max(columns, 0)
    self.rows = max(rows, 0)
  }

  /// Creates the rectangle at the origin with a size.
  public init(_ size: Size) {
    self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
  }

  /// The sides.
  public var size: Size { Size(columns: columns, rows: rows) }

  /// Whether there is no cell in it.
  public var isEmpty: Bool { columns == 0 || rows == 0 }

  /// The row after the last.
  public var bottom: Int { row + rows }

  /// The column after the last.
  public var right: Int { column + columns }

  /// Whether a cell lies in it.
  public func contains(row: Int, column: Int) -> Bool {
    row >= self.row && row < bottom && column >= self.column && column < right
  }

  /// The part that two rectangles share; empty where they do not meet.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(column, other.column)
    let top = max(row, other.row)
    return Rect(
      column: left, row: top, columns: min(right, other.right) - left,
      rows: min(bottom, other.bottom) - top)
  }

  /// The rectangle without a margin of `amount` cells on every side.
  public func inset(by amount: Int) -> Rect {
    inset(columns: amount, rows: amount)
  }

  /// The rectangle without margins left and right, above and below.
  public func inset(columns margin: Int, rows verticalMargin: Int) -> Rect {
    Rect(
      column: column + margin, row: row + verticalMargin, columns: columns - 2 * margin,
      rows: rows - 2 * verticalMargin)
  }

  /// The top `count` rows and the rest; both stay inside when `count` is too large.
  public func splitTop(_ count: Int) -> (top: Rect, rest: Rect) {
    let taken = min(max(count, 0), rows)
    return (
      Rect(column: column, row: row, columns: columns, rows: taken),
      Rect(column: column, row: row + taken, columns: columns, rows: rows - taken)
    )
  }

  /// The bottom `count` rows and the rest; both stay inside when `count` is too large.
  public func splitBottom(_ count: Int) -> (bottom: Rect, rest: Rect) {
    let (rest, bottom) = splitTop(rows - min(max(count, 0), rows))
    return (bottom, rest)
  }

  /// The left `count` columns and the rest; both stay inside when `count` is too large.
  public func splitLeft(_ count: Int) -> (left: Rect, rest: Rect) {
    let taken = min(max(count, 0), columns)
    return (
      Rect(column: column, row: row, columns: taken, rows: rows),
      Rect(column: column + taken, row: row, columns: columns - taken, rows: rows)
    )
  }

  /// The right `count` columns and the rest; both stay inside when `count` is too large.
  public func splitRight(_ count: Int) -> (right: Rect, rest: Rect) {
    let (rest, right) = splitLeft(columns - min(max(count, 0), columns))
    return (right, rest)
  }
}
