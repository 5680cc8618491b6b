/// Painted cells as words: `0,6-5,11 7,7` is the rectangle from (0,6) to (5,11) and the cell (7,7).
///
/// The form in which plain mode takes painted answers and in which the progress file keeps them.
public enum CellsText {
  /// Larger grids do not occur; ViTDet's has a side of 64.
  static let maximumCoordinate = 511

  /// The cells as rectangles, in reading order of their upper left corners.
  public static func text(_ cells: Set<Token>) -> String {
    var rest = cells
    var parts: [String] = []
    for start in cells.sorted() where rest.contains(start) {
      var right = start.column
      while rest.contains(Token(row: start.row, column: right + 1)) { right += 1 }
      var bottom = start.row
      while (start.column...right).allSatisfy({
        rest.contains(Token(row: bottom + 1, column: $0))
      }) { bottom += 1 }
      for row in start.row...bottom {
        for column in start.column...right { rest.remove(Token(row: row, column: column)) }
      }
      let from = "\(start.row),\(start.column)"
      let isOne = bottom == start.row && right == start.column
      parts.append(isOne ? from : "\(from)-\(bottom),\(right)")
    }
    return parts.joined(separator: " ")
  }

  /// The cells that a text names, or nil if it is not of this form.
  public static func cells(in text: String) -> Set<Token>? {
    var result: Set<Token> = []
    for part in text.split(separator: " ") {
      let corners = part.split(separator: "-", omittingEmptySubsequences: false).map(corner)
      guard let first = corners.first ?? nil, let last = corners.last ?? nil, corners.count <= 2,
        first.row <= last.row, first.column <= last.column
      else { return nil }
      for row in first.row...last.row {
        for column in first.column...last.column { result.insert(Token(row: row, column: column)) }
      }
    }
    return result.isEmpty ? nil : result
  }

  private static func corner(_ text: Substring) -> Token? {
    let bare = text.drop(while: { $0 == "(" }).prefix(while: { $0 != ")" })
    let numbers = bare.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let row = numbers[0], let column = numbers[1],
      (0...maximumCoordinate).contains(row), (0...maximumCoordinate).contains(column)
    else { return nil }
    return Token(row: row, column: column)
  }
}
