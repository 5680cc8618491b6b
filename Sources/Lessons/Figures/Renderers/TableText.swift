internal import TUI

/// Sets a table in plain text: as columns where they fit, else one line for each cell.
struct TableText {
  let table: Table
  let glyphs: Glyphs

  /// The width of each column.
  var widths: [Int] {
    table.columns.indices.map { index in
      let cells = table.rows.map { index < $0.count ? glyphs.columns(of: $0[index]) : 0 }
      return max(cells.max() ?? 0, glyphs.columns(of: table.columns[index]))
    }
  }

  /// The columns that the table takes when it stands side by side.
  var columns: Int { widths.reduce(0, +) + 2 * max(widths.count - 1, 0) }

  /// The lines in at most `columns`.
  func lines(columns limit: Int) -> [String] {
    guard columns > limit else { return sideBySide() }
    var lines: [String] = []
    for row in table.rows {
      for (title, cell) in zip(table.columns, row) {
        lines += wrap("\(title): \(cell)", columns: limit, glyphs: glyphs)
      }
      lines.append("")
    }
    return lines.dropLast(lines.isEmpty ? 0 : 1).map { $0 }
  }

  private func sideBySide() -> [String] {
    let widths = widths
    // A column is flush right when all its cells are numbers, so that digits of a place stand together.
    let isNumeric = table.columns.indices.map { index in
      table.rows.allSatisfy { index >= $0.count || Self.isNumber($0[index]) }
    }
    func line(_ cells: [String]) -> String {
      var text = ""
      for (index, cell) in cells.enumerated() where index < widths.count {
        let cell = glyphs.adapt(cell)
        let blanks = String(
          repeating: " ", count: max(widths[index] - TextWidth.columns(of: cell), 0))
        if index > 0 { text += "  " }
        text += isNumeric[index] ? blanks + cell : cell + blanks
      }
      while text.last == " " { text.removeLast() }
      return text
    }
    let rule = widths.map { String(repeating: glyphs.horizontal, count: $0) }
    return [line(table.columns), rule.joined(separator: "  ")] + table.rows.map(line)
  }

  /// Whether a cell reads as a number: digits with separators, a sign, an exponent, `%` or `×`.
  static func isNumber(_ cell: String) -> Bool {
    guard cell.contains(where: \.isNumber) else { return cell.isEmpty || cell == "–" }
    return cell.allSatisfy { $0.isNumber || "+-−.,e%×x ".contains($0) }
  }
}
