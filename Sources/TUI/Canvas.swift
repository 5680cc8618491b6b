/// A screenful of cells to draw on.
///
/// Drawing is clipped to the current region, wide characters never straddle an edge, and overwriting
/// one half of a wide character blanks the other, so every canvas is something a terminal can show.
public struct Canvas: Sendable {
  /// The whole canvas' size, whatever region is current.
  public let fullSize: Size
  /// The drawing characters; with the ASCII set all text is adapted as it is written.
  public let glyphs: Glyphs
  /// The colours there are.
  public let depth: ColorDepth
  /// Whether it is shown dark on white.
  public let isLight: Bool
  /// Where the program is, for recordings that mark places; empty where a program has none.
  public var place = ""
  private var cells: [Cell]
  /// The current region in the whole canvas' coordinates; it may begin or end outside.
  private var frame: Rect
  /// The part of the current region that may be drawn on.
  private var clip: Rect

  /// Creates a blank canvas.
  public init(
    size: Size, glyphs: Glyphs = .unicode, depth: ColorDepth = .trueColor, isLight: Bool = false
  ) {
    self.isLight = isLight
    fullSize = size
    self.glyphs = glyphs
    self.depth = depth
    cells = Array(repeating: .blank(), count: size.columns * size.rows)
    frame = Rect(size)
    clip = frame
  }

  /// The size of the current region.
  public var size: Size { frame.size }

  /// The current region with its own origin.
  public var bounds: Rect { Rect(size) }

  /// The cell at a place of the whole canvas.
  public func cell(row: Int, column: Int) -> Cell {
    cells[row * fullSize.columns + column]
  }

  /// The cells of a row of the whole canvas.
  public func cells(inRow row: Int) -> ArraySlice<Cell> {
    cells[row * fullSize.columns..<(row + 1) * fullSize.columns]
  }

  /// Draws in a rectangle with its own origin; nothing outside it changes.
  ///
  /// The rectangle may reach outside the region, which is how scrolled content is drawn.
  @discardableResult
  public mutating func region<Result>(
    _ rect: Rect, _ body: (inout Canvas) throws -> Result
  ) rethrows -> Result {
    let (outerFrame, outerClip) = (frame, clip)
    frame = Rect(
      column: frame.column + rect.column, row: frame.row + rect.row, columns: rect.columns,
      rows: rect.rows)
    clip = clip.intersection(frame)
    defer { (frame, clip) = (outerFrame, outerClip) }
    return try body(&self)
  }

  /// Writes one line of text.
  ///
  /// - Parameters:
  ///   - text: The text; line breaks and tabs become spaces, control characters `U+FFFD`.
  ///   - row: The row in the region.
  ///   - column: The first column in the region.
  ///   - style: The style.
  ///   - limit: How many columns the text may take; nil for the rest of the region.
  /// - Returns: The columns used.
  @discardableResult
  public mutating func write(
    _ text: String, row: Int, column: Int, style: Style = Style(.text), limit: Int? = nil
  ) -> Int {
    let end = min(size.columns, limit.map { column + $0 } ?? Int.max)
    var place = column
    for character in glyphs.adapt(text) {
      let cell = Cell(character, style: style)
      guard place + Int(cell.width) <= end else { break }
      store(cell, row: row, column: place)
      place += Int(cell.width)
    }
    return place - column
  }

  /// Writes a line of styled runs and returns the columns used.
  @discardableResult
  public mutating func write(_ runs: [Run], row: Int, column: Int, limit: Int? = nil) -> Int {
    var used = 0
    for run in runs {
      let rest = limit.map { $0 - used }
      used += write(run.text, row: row, column: column + used, style: run.style, limit: rest)
    }
    return used
  }

  /// Puts one character; with the ASCII set, the first of what replaces it.
  public mutating func put(
    _ character: Character, row: Int, column: Int, style: Style = Style(.text)
  ) {
    store(Cell(glyphs.adapt(character), style: style), row: row, column: column)
  }

  /// Fills a rectangle with a character of one column.
  public mutating func fill(
    _ rect: Rect, with character: Character = " ", style: Style = Style(.text)
  ) {
    let cell = Cell(glyphs.adapt(character), style: style)
    precondition(cell.width == 1, "a fill takes a character of one column, not \(character)")
    for row in rect.row..<rect.bottom {
      for column in rect.column..<rect.right { store(cell, row: row, column: column) }
    }
  }

  /// Gives the cells of a rectangle another role and keeps their text and colours.
  public mutating func restyle(_ rect: Rect, role: Role) {
    let area = Rect(
      column: rect.column + frame.column, row: rect.row + frame.row, columns: rect.columns,
      rows: rect.rows
    ).intersection(visible)
    for row in area.row..<area.bottom {
      for column in area.column..<area.right {
        cells[row * fullSize.columns + column].style.role = role
      }
    }
  }

  /// Draws a line across the region, or across a part of it.
  public mutating func rule(row: Int, columns: Range<Int>? = nil, style: Style = Style(.border)) {
    let range = columns ?? 0..<size.columns
    fill(
      Rect(column: range.lowerBound, row: row, columns: range.count, rows: 1),
      with: glyphs.horizontal, style: style)
  }

  /// Draws a frame along the inside of a rectangle, with a title in its top line.
  public mutating func box(_ rect: Rect, title: String = "", style: Style = Style(.border)) {
    guard rect.columns >= 2, rect.rows >= 2 else { return }
    let (right, bottom) = (rect.right - 1, rect.bottom - 1)
    rule(row: rect.row, columns: rect.column..<rect.right, style: style)
    rule(row: bottom, columns: rect.column..<rect.right, style: style)
    for row in rect.row + 1..<bottom {
      put(glyphs.vertical, row: row, column: rect.column, style: style)
      put(glyphs.vertical, row: row, column: right, style: style)
    }
    put(glyphs.topLeft, row: rect.row, column: rect.column, style: style)
    put(glyphs.topRight, row: rect.row, column: right, style: style)
    put(glyphs.bottomLeft, row: bottom, column: rect.column, style: style)
    put(glyphs.bottomRight, row: bottom, column: right, style: style)
    if !title.isEmpty, rect.columns > 6 {
      let shown = " " + glyphs.truncated(title, to: rect.columns - 6) + " "
      write(shown, row: rect.row, column: rect.column + 2, style: style)
    }
  }

  private var visible: Rect { clip.intersection(Rect(fullSize)) }

  private mutating func store(_ cell: Cell, row: Int, column: Int) {
    let (row, column) = (row + frame.row, column + frame.column)
    let area = visible
    guard row >= area.row, row < area.bottom else { return }
    if cell.width == 2 {
      let hasLeft = column >= area.column && column < area.right
      let hasRight = column + 1 >= area.column && column + 1 < area.right
      if hasLeft, hasRight {
        replace(row, column, cell)
        replace(row, column + 1, .rightHalf(cell.style))
      } else if hasLeft || hasRight {
        replace(row, hasLeft ? column : column + 1, .blank(cell.style))
      }
    } else if column >= area.column, column < area.right {
      replace(row, column, cell)
    }
  }

  /// Stores a cell, and blanks the other half of a wide character that it cuts.
  private mutating func replace(_ row: Int, _ column: Int, _ cell: Cell) {
    let index = row * fullSize.columns + column
    let old = cells[index].width
    if old == 0, cell.width != 0, column > 0 { cells[index - 1].clear() }
    if old == 2, column + 1 < fullSize.columns { cells[index + 1].clear() }
    cells[index] = cell
  }
}
