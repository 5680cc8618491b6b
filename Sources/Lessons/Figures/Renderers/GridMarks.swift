internal import TUI

/// The characters that stand for a grid's cells and axes where colour cannot.
///
/// A row reads ` 2 aaaaaa b?bbbb cccc..`: its number, then one character a cell, with a gap wherever the
/// grid is cut. Columns are numbered 0–9, A–Z so that each takes one character; padding is `p`.
struct GridMarks {
  let content: GridContent

  /// Every cell in reading order.
  var places: [Token] {
    (0..<content.rows).flatMap { row in
      (0..<content.columns).map { Token(row: row, column: $0) }
    }
  }

  /// The width of the row numbers with the blank after them.
  static let labelColumns = 3

  /// The columns that a row takes, labels and gaps included.
  var columns: Int { Self.labelColumns + content.columns + gaps(before: content.columns - 1) }

  /// The gaps to the left of a column.
  func gaps(before column: Int) -> Int {
    content.ruleEvery > 1 ? column / content.ruleEvery : 0
  }

  /// The place of a cell's character in its row.
  func offset(ofColumn column: Int) -> Int {
    Self.labelColumns + column + gaps(before: column)
  }

  /// The character of a column's number.
  func columnLabel(_ column: Int) -> Character {
    guard column < content.realColumns else { return "p" }
    return Self.digits[column % Self.digits.count]
  }

  /// A row's number, two columns wide.
  func rowLabel(_ row: Int) -> String {
    guard row < content.realRows else { return " p" }
    let text = String(row % 100)
    return text.count == 1 ? " " + text : text
  }

  /// The character of a cell.
  func mark(_ cell: Token) -> Character {
    if cell == content.focus { return "?" }
    let index = cell.row * content.columns + cell.column
    switch content.cells {
    case .classes(let classes, let letters): return letters[classes[index]]
    case .heat(let values, let range):
      if content.muted.contains(cell) { return "." }
      return Self.digits[Self.step(values[index], in: range)]
    }
  }

  /// Which tenth of a range a value lies in, 0…9.
  static func step(_ value: Float, in range: ClosedRange<Float>) -> Int {
    let span = range.upperBound - range.lowerBound
    guard span > 0, value.isFinite else { return 0 }
    return min(max(Int((value - range.lowerBound) / span * 10), 0), 9)
  }

  /// The line of column numbers.
  var header: String { line(label: "   ") { columnLabel($0.column) } }

  /// The line of a row.
  func row(_ row: Int) -> String {
    line(label: rowLabel(row) + " ") { mark(Token(row: row, column: $0.column)) }
  }

  private func line(label: String, _ character: (Token) -> Character) -> String {
    var text = label
    for column in 0..<content.columns {
      if column > 0 && gaps(before: column) > gaps(before: column - 1) { text.append(" ") }
      text.append(character(Token(row: 0, column: column)))
    }
    return text
  }

  /// What a cell reads out under the cursor.
  func readOut(_ cell: Token) -> String {
    let index = cell.row * content.columns + cell.column
    if content.readOuts.indices.contains(index) { return content.readOuts[index] }
    let place = "(\(cell.row),\(cell.column))"
    switch content.cells {
    case .classes(let classes, let letters): return "\(place) \(letters[classes[index]])"
    case .heat(let values, _):
      let unit = content.unit.isEmpty ? "" : " " + content.unit
      return "\(place) \(NumberText.measured(Double(values[index])))\(unit)"
    }
  }

  /// What the digits of a heat map mean.
  var scale: String? {
    guard case .heat(_, let range) = content.cells else { return nil }
    let low = NumberText.measured(Double(range.lowerBound))
    let high = NumberText.measured(Double(range.upperBound))
    return content.unit.isEmpty ? "\(low) … \(high)" : "\(low) … \(high) \(content.unit)"
  }

  private static let digits: [Character] = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}
