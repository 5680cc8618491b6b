/// Tables as comma-separated values: quoted as RFC 4180 says, and harmless when a spreadsheet opens them.
///
/// A spreadsheet takes a cell that begins with `=`, `+`, `-`, `@`, a tab or a line end for a formula, which could fetch or run
/// something. Such a cell gets an apostrophe in front, unless it is a plain number.
///
/// Source: OWASP, CSV Injection.
enum CSV {
  /// A line of a table, its end included.
  static func line(_ cells: [String]) -> String {
    cells.map { quoted(guarded($0)) }.joined(separator: ",") + "\n"
  }

  private static let openers: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠",
  ]

  static func guarded(_ cell: String) -> String {
    guard let first = cell.unicodeScalars.first, openers.contains(first) || first == "'" else {
      return cell
    }
    return isNumber(cell) ? cell : "'" + cell
  }

  private static func isNumber(_ cell: String) -> Bool {
    let digits = cell.dropFirst(cell.hasPrefix("-") || cell.hasPrefix("+") ? 1 : 0)
    return digits.allSatisfy { "0123456789.".contains($0) } && Double(cell) != nil
  }

  private static func quoted(_ cell: String) -> String {
    guard cell.contains(where: { ",\"\n\r".contains($0) || $0.isNewline }) else { return cell }
    return "\"" + cell.replacing("\"", with: "\"\"") + "\""
  }

  // MARK: Reading

  /// The rows of a table, without the apostrophes that guard them; a row that breaks off ends where it does.
  static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    func unguarded(_ cell: String) -> String {
      cell.hasPrefix("'") ? String(cell.dropFirst()) : cell
    }
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where isQuoted && scalars.first == "\"":
        cell += "\""
        scalars.removeFirst()
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        row.append(unguarded(cell))
        cell = ""
      case "\n" where !isQuoted:
        rows.append(row + [unguarded(cell)])
        (row, cell) = ([], "")
      case "\r" where !isQuoted: break
      default: cell.unicodeScalars.append(scalar)
      }
    }
    if !row.isEmpty || !cell.isEmpty { rows.append(row + [unguarded(cell)]) }
    return rows
  }
}
