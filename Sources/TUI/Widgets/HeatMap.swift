/// A grid of values as colours, shades or digits, with a cursor, its read-out and a legend.
///
/// With 256 colours or more, half blocks give every value a square; with fewer, shades; in ASCII,
/// the digits 0–9. The line under the map reads out the value under the cursor, and the legend under
/// it gives the range in numbers.
public struct HeatMap: Sendable, Hashable {
  /// The values, row by row.
  public var values: [Float]
  /// The number of rows.
  public var rows: Int
  /// The number of columns.
  public var columns: Int
  /// The values of the lowest and the highest colour.
  public var range: ClosedRange<Float>
  /// The colours.
  public var ramp: ColorRamp
  /// The value to read out, pointed at from the edges.
  public var cursor: GridPosition?
  /// The cell that the map is about, marked `?` where a cell is large enough for a mark.
  public var focus: GridPosition?
  /// Cells that are no part of the map: they have no colour, and a dot where they are large enough.
  public var muted: Set<GridPosition>
  /// The number of rows and columns that are numbered at the edges, the rest being padding, `p`; nil for
  /// no numbers.
  public var numbered: GridPosition?
  /// The line under the map; nil derives it from the cursor and the value.
  public var readOut: String?
  /// The unit of the values.
  public var unit: String

  /// Creates a map.
  ///
  /// - Precondition: There are `rows × columns` values.
  public init(
    values: [Float], rows: Int, columns: Int, range: ClosedRange<Float>? = nil,
    ramp: ColorRamp = .viridis, cursor: GridPosition? = nil, focus: GridPosition? = nil,
    muted: Set<GridPosition> = [], numbered: GridPosition? = nil, readOut: String? = nil,
    unit: String = ""
  ) {
    precondition(
      values.count == rows * columns,
      "a heat map of \(rows) × \(columns) has \(rows * columns) values, not \(values.count)")
    self.values = values
    self.rows = rows
    self.columns = columns
    self.range = range ?? HeatMap.range(of: values)
    self.ramp = ramp
    self.cursor = cursor
    self.focus = focus
    self.muted = muted
    self.numbered = numbered
    self.readOut = readOut
    self.unit = unit
  }

  /// The smallest size at which every value shows, with its pointers, read-out and legend.
  public func minimumSize(glyphs: Glyphs, depth: ColorDepth) -> Size {
    let mapRows = HeatMap.look(glyphs, depth) == .halfBlocks ? (rows + 1) / 2 : rows
    let text = max(glyphs.columns(of: readOutText), glyphs.columns(of: legendText(glyphs, depth)))
    return Size(columns: max(columns + edgeColumns, text), rows: mapRows + 3)
  }

  /// Draws the map as large as fits; what does not fit is left out around the cursor.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    guard rect.rows > 0, rect.columns > 0 else { return }
    let lines = min(2, max(rect.rows - 2, 0))
    let (text, map) = rect.splitBottom(lines)
    drawMap(on: &canvas, in: map)
    canvas.region(text) { canvas in
      canvas.write(
        canvas.glyphs.truncated(readOutText, to: text.columns), row: 0, column: 0)
      drawLegend(on: &canvas, row: 1)
    }
  }

  private enum Look { case halfBlocks, shades, digits }

  private static func look(_ glyphs: Glyphs, _ depth: ColorDepth) -> Look {
    glyphs.isASCII ? .digits : depth.hasRamps ? .halfBlocks : .shades
  }

  private static func range(of values: [Float]) -> ClosedRange<Float> {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return 0...0 }
    return low...high
  }

  private func share(_ value: Float) -> Double {
    let width = range.upperBound - range.lowerBound
    guard width > 0 else { return 0.5 }
    guard value.isFinite else { return value > 0 ? 1 : 0 }
    return Double((value - range.lowerBound) / width)
  }

  // MARK: The map

  private func drawMap(on canvas: inout Canvas, in rect: Rect) {
    let look = HeatMap.look(canvas.glyphs, canvas.depth)
    // Pointers and numbers take the first columns and the first row.
    let room = Size(columns: rect.columns - edgeColumns, rows: rect.rows - 1)
    let scale = scale(look, room)
    let perRow = look == .halfBlocks && scale == 1 ? 2 : 1
    let (cellColumns, cellRows) = cellSize(look, scale)
    let view = GridViewport(
      rows: rows, columns: columns, fittingRows: room.rows * perRow / cellRows,
      fittingColumns: room.columns / cellColumns, cursor: cursor)
    let edges = Edges(
      view: view, cellColumns: cellColumns, cellRows: cellRows, perRow: perRow)
    canvas.region(rect) { drawEdges(edges, on: &$0) }
    let area = Rect(
      column: rect.column + edgeColumns, row: rect.row + 1, columns: room.columns, rows: room.rows)
    canvas.region(area) { canvas in
      for row in 0..<view.rows {
        for column in 0..<view.columns {
          let position = GridPosition(row: view.firstRow + row, column: view.firstColumn + column)
          if perRow == 2 {
            drawHalf(position, row: row, column: column, view, on: &canvas)
          } else {
            let cell = Rect(
              column: column * cellColumns, row: row * cellRows, columns: cellColumns,
              rows: cellRows)
            drawCell(position, look, on: &canvas, in: cell)
          }
        }
      }
    }
  }

  /// The largest of 1, 2, 4 and 8 columns a value at which all of the map fits.
  private func scale(_ look: Look, _ room: Size) -> Int {
    let fitting = [8, 4, 2].first { scale in
      columns * scale <= room.columns && rows * (scale / 2) <= room.rows
    }
    return fitting ?? 1
  }

  private func cellSize(_ look: Look, _ scale: Int) -> (columns: Int, rows: Int) {
    (scale, max(scale / 2, 1))
  }

  private func value(_ position: GridPosition) -> Float? {
    guard position.row < rows, position.column < columns else { return nil }
    return values[position.row * columns + position.column]
  }

  /// Two values one above the other in one character.
  private func drawHalf(
    _ position: GridPosition, row: Int, column: Int, _ view: GridViewport,
    on canvas: inout Canvas
  ) {
    guard row % 2 == 0 else { return }
    let below = GridPosition(row: position.row + 1, column: position.column)
    let upper = color(position, canvas.depth)
    let lower = row + 1 < view.rows ? color(below, canvas.depth) : nil
    if let upper {
      let style = Style(foreground: upper, background: lower)
      canvas.put("▀", row: row / 2, column: column, style: style)
    } else if let lower {
      canvas.put("▄", row: row / 2, column: column, style: Style(foreground: lower))
    }
  }

  /// The colour of a cell; nil outside the map.
  private func color(_ position: GridPosition, _ depth: ColorDepth) -> RGB? {
    guard let value = value(position), !muted.contains(position) else { return nil }
    return ramp.color(share(value), depth: depth)
  }

  private func drawCell(
    _ position: GridPosition, _ look: Look, on canvas: inout Canvas, in rect: Rect
  ) {
    guard let value = value(position) else { return }
    let share = share(value)
    var style = Style(.text)
    if muted.contains(position), look == .halfBlocks {
      if rect.columns >= 2 {
        canvas.put(
          position == cursor ? canvas.glyphs.unselected : "·", row: rect.row + rect.rows / 2,
          column: rect.column, style: Style(position == cursor ? .prompt : .muted))
      }
      return
    }
    switch look {
    case .halfBlocks:
      let color = ramp.color(share, depth: canvas.depth)
      style.background = color
      style.foreground = color.luminance > 0.4 ? RGB(0, 0, 0) : RGB(255, 255, 255)
      canvas.fill(rect, style: style)
    case .shades:
      canvas.fill(rect, with: canvas.glyphs.shade(share))
    case .digits:
      let digit = value.isNaN ? "n" : "\(Int(min(max(share * 10, 0), 9)))"
      canvas.fill(rect, with: Character(digit))
    }
    // In shades and digits a mark would hide the value of a single column.
    guard rect.columns >= 2 else { return }
    let middle = rect.row + rect.rows / 2
    if position == cursor {
      canvas.put("[", row: middle, column: rect.column, style: style)
      canvas.put("]", row: middle, column: rect.right - 1, style: style)
    } else if position == focus {
      canvas.put("?", row: middle, column: rect.column, style: style)
    }
  }

  // MARK: Read-out and legend

  private var readOutText: String {
    if let readOut { return readOut }
    guard let cursor, let value = value(cursor) else { return "" }
    return "(\(cursor.row), \(cursor.column)): \(ShortNumber.text(Double(value))) \(unit)"
  }

  private func legendText(_ glyphs: Glyphs, _ depth: ColorDepth) -> String {
    let low = ShortNumber.text(Double(range.lowerBound))
    let high = ShortNumber.text(Double(range.upperBound))
    let marks = HeatMap.look(glyphs, depth) == .shades ? String(glyphs.shades) : "0123456789"
    return "\(low) \(marks) \(high) \(unit)"
  }

  private func drawLegend(on canvas: inout Canvas, row: Int) {
    let text = legendText(canvas.glyphs, canvas.depth)
    canvas.write(text, row: row, column: 0, style: Style(.dim))
    guard HeatMap.look(canvas.glyphs, canvas.depth) == .halfBlocks else { return }
    let start = ShortNumber.text(Double(range.lowerBound)).count + 1
    for step in 0..<10 {
      let color = ramp.color((Double(step) + 0.5) / 10, depth: canvas.depth)
      canvas.put(
        " ", row: row, column: start + step, style: Style(foreground: nil, background: color))
    }
  }
}
