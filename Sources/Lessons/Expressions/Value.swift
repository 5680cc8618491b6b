/// A place in the token grid, counted from 0 at the top left.
public struct Token: Hashable, Sendable, Comparable, Codable {
  /// The row, from the top.
  public var row: Int
  /// The column, from the left.
  public var column: Int

  /// Creates a place from its row and column.
  public init(row: Int, column: Int) {
    self.row = row
    self.column = column
  }

  /// Reading order: row by row.
  public static func < (a: Token, b: Token) -> Bool { (a.row, a.column) < (b.row, b.column) }
}

/// What a lesson's expression evaluates to.
public enum Value: Hashable, Sendable {
  case number(Double)
  case token(Token)
  /// A set of places, such as the keys that a query sees; padded slots may lie beyond the grid.
  case tokens(Set<Token>)
  /// A tensor's shape.
  case shape([Int])
  case text(String)
}
