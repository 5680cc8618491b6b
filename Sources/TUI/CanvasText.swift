extension Canvas {
  /// The screen as text: one line a row, trailing blanks and trailing empty rows cut.
  public var text: String {
    var lines = (0..<fullSize.rows).map(text(ofRow:))
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// One row of the screen as text, trailing blanks cut.
  public func text(ofRow row: Int) -> String {
    var line = String.UnicodeScalarView()
    for cell in cells(inRow: row) where cell.width > 0 {
      line.append(contentsOf: cell.scalars.compactMap(Unicode.Scalar.init))
    }
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  /// The screen as text with the escape sequences (SGR) of its colours and attributes.
  ///
  /// Every row is complete and ends plain, so lines can be cut, sorted or put beside each other.
  ///
  /// - Parameter depth: The colours to use; nil for the canvas' own.
  /// - Returns: The rows, trailing blanks and empty rows cut.
  public func ansi(depth: ColorDepth? = nil) -> String {
    let depth = depth ?? self.depth
    let rows = (0..<fullSize.rows).map { ansi(row: $0, depth: depth) }
    let end = rows.lastIndex { !$0.isEmpty } ?? -1
    return rows[...end].joined(separator: "\n")
  }

  /// One row with the sequences of its looks, trailing blanks cut.
  func ansi(row: Int, depth: ColorDepth) -> String {
    var line = ""
    var current = Look()
    var blanks = 0
    for cell in cells(inRow: row) where cell.width > 0 {
      let look = Theme.look(of: cell.style, depth: depth, isLight: isLight)
      // Blanks are held back until something visible follows; what shows on a blank is visible.
      let isBlank = cell.text == " " && look.background == nil
      if isBlank, look.attributes.isDisjoint(with: [.reverse, .underline]) {
        blanks += 1
        continue
      }
      if blanks > 0 {
        if current != Look() {
          line += Canvas.sgr(Look())
          current = Look()
        }
        line += String(repeating: " ", count: blanks)
        blanks = 0
      }
      if look != current {
        line += Canvas.sgr(look)
        current = look
      }
      line += cell.text
    }
    return current == Look() ? line : line + Canvas.sgr(Look())
  }

  /// What turns a terminal that shows another frame of this size into this one; nil repaints everything.
  ///
  /// - Parameter old: The frame that is shown; nil if nothing is known of the screen.
  /// - Returns: The sequences and rows; empty if nothing changes.
  func changes(from old: Canvas?) -> String {
    let known = old.flatMap { $0.fullSize == fullSize ? $0 : nil }
    var text = known == nil ? "\u{1B}[?25l\u{1B}[0m\u{1B}[2J" : ""
    for row in 0..<fullSize.rows {
      let line = ansi(row: row, depth: depth)
      if let known {
        if known.cells(inRow: row) == cells(inRow: row) { continue }
      } else if line.isEmpty {
        continue
      }
      text += "\u{1B}[\(row + 1);1H\(line)\u{1B}[K"
    }
    return text
  }

  /// The sequence that sets a look, whatever was set before.
  private static func sgr(_ look: Look) -> String {
    var codes = ["0"]
    if look.attributes.contains(.bold) { codes.append("1") }
    if look.attributes.contains(.dim) { codes.append("2") }
    if look.attributes.contains(.underline) { codes.append("4") }
    if look.attributes.contains(.reverse) { codes.append("7") }
    if let color = look.foreground { codes.append(sgr(color, base: 30)) }
    if let color = look.background { codes.append(sgr(color, base: 40)) }
    return "\u{1B}[" + codes.joined(separator: ";") + "m"
  }

  private static func sgr(_ color: TerminalColor, base: Int) -> String {
    switch color {
    case .indexed(let index) where index < 8: "\(base + Int(index))"
    case .indexed(let index) where index < 16: "\(base + 60 + Int(index) - 8)"
    case .indexed(let index): "\(base + 8);5;\(index)"
    case .direct(let rgb): "\(base + 8);2;\(rgb.red);\(rgb.green);\(rgb.blue)"
    }
  }
}
