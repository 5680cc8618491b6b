/// A row and a column of a grid or a picture, counted from the top left.
public struct GridPosition: Sendable, Hashable {
  /// The row.
  public var row: Int
  /// The column.
  public var column: Int

  /// Creates a position.
  public init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }
}
