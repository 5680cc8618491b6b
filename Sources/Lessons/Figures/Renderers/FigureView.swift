public import TUI

/// A figure on a canvas: its content, the value under the cursor, the legend and the caution.
///
/// The content comes first; the title and the sentence appear as room allows, since the prose beside a figure says what
/// it shows. Legends stand below the content, or beside it where the rows are scarce.
public struct FigureView: Sendable {
  /// The figure.
  public var figure: Figure
  /// The cell to read out.
  public var cursor: Token?
  /// What was painted on a grid, and what grading found.
  public var marks: [Token: CellGrid.Mark]
  /// What stands in for the cell's read-out, which could tell the answer while cells are painted.
  public var ownReadOut: String?

  /// Creates the view of a figure.
  public init(
    figure: Figure, cursor: Token? = nil, marks: [Token: CellGrid.Mark] = [:],
    readOut: String? = nil
  ) {
    self.figure = figure
    self.cursor = cursor
    self.marks = marks
    ownReadOut = readOut
  }

  /// The narrowest view that is laid out for; prose of 44 columns, a line and this fill 80.
  static let narrowest = 33

  /// Grids with more cells along a side are shown in part.
  private static let largestWholeGrid = 24
  /// The rows that such a part takes at least.
  private static let scrollingRows = 10

  /// The smallest size at which content, read-out, legend and caution show whole.
  public func minimumSize(glyphs: Glyphs, depth: ColorDepth) -> Size {
    let body = bodySize(columns: Self.narrowest, glyphs, depth)
    let columns = max(Self.narrowest, body.columns)
    let layout = FigureLayout(self, columns: columns, glyphs, depth)
    return Size(columns: columns, rows: layout.neededRows)
  }

  /// Draws the figure; in less than its minimum size the legend goes first, then far cells.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    guard rect.rows > 0, rect.columns > 0 else { return }
    let (glyphs, depth) = (canvas.glyphs, canvas.depth)
    let layout = FigureLayout(self, columns: rect.columns, glyphs, depth)
    let parts = layout.placed(in: rect.size)
    canvas.region(rect) { canvas in
      draw(parts.title, role: .heading, on: &canvas)
      draw(parts.sentence, role: .text, on: &canvas)
      drawBody(on: &canvas, in: parts.body)
      draw(parts.readOut, role: .accent, on: &canvas)
      draw(parts.legend, role: .dim, on: &canvas)
      draw(parts.caution, role: .notice, on: &canvas)
    }
  }

  private func draw(_ part: FigureLayout.Lines, role: Role, on canvas: inout Canvas) {
    for (offset, line) in part.lines.prefix(part.rect.rows).enumerated() {
      canvas.write(
        line, row: part.rect.row + offset, column: part.rect.column, style: Style(role),
        limit: part.rect.columns)
    }
  }

  // MARK: The content

  /// Whether a grid shows as colours; its widget then reads out and explains its own colours.
  func isColourMap(_ glyphs: Glyphs, _ depth: ColorDepth) -> Bool {
    guard case .grid(let content) = figure.body, case .heat = content.cells else { return false }
    return depth.hasRamps && !glyphs.isASCII && marks.isEmpty
  }

  /// How many columns a grid of letters can do without: the gaps between its windows.
  func spareColumns(_ glyphs: Glyphs, _ depth: ColorDepth) -> Int {
    guard case .grid(let content) = figure.body, !isColourMap(glyphs, depth) else { return 0 }
    return GridMarks(content: content).gaps(before: content.columns - 1)
  }

  /// The least size of the content alone in at most so many columns.
  func bodySize(columns: Int, _ glyphs: Glyphs, _ depth: ColorDepth) -> Size {
    switch figure.body {
    case .grid(let content):
      let whole = wholeSize(content, glyphs, depth)
      return isScrolled(content)
        ? Size(columns: Self.narrowest, rows: min(whole.rows, Self.scrollingRows)) : whole
    case .image(let content):
      let size = pixelImage(content).minimumSize(glyphs: glyphs, depth: depth)
      // Finer patches than this are drawn smaller than one dot each.
      return Size(columns: min(size.columns, 33), rows: min(size.rows, 17))
    case .chart(let chart): return lineChart(chart).minimumSize(glyphs: glyphs)
    case .table(let table):
      return TableView(columns: table.columns, rows: table.rows).minimumSize(glyphs: glyphs)
    case .flow(let rows):
      let flow = FlowLines(rows: rows)
      return flow.isWalked
        ? flow.minimumSize(glyphs: glyphs)
        : sizeOfLines(FigureText.flow(rows, columns: columns, glyphs: glyphs))
    case .text(let lines):
      return sizeOfLines(lines.flatMap { wrap($0, columns: columns, glyphs: glyphs) })
    }
  }

  /// Whether a grid is so fine that it scrolls with the cursor wherever it does not fit.
  private func isScrolled(_ content: GridContent) -> Bool {
    max(content.rows, content.columns) > Self.largestWholeGrid
  }

  /// The size at which every cell of a grid shows.
  private func wholeSize(_ content: GridContent, _ glyphs: Glyphs, _ depth: ColorDepth) -> Size {
    guard isColourMap(glyphs, depth) else { return cellGrid(content).minimumSize(glyphs: glyphs) }
    // The widget counts its texts as well, which are cut or wrapped here.
    let size = heatMap(content).minimumSize(glyphs: glyphs, depth: depth)
    return Size(columns: content.columns + 3, rows: size.rows)
  }

  /// How many of the rows on offer the content makes use of.
  func usedRows(of size: Size, _ glyphs: Glyphs, _ depth: ColorDepth) -> Int {
    let least = bodySize(columns: size.columns, glyphs, depth).rows
    switch figure.body {
    case .image, .chart: return size.rows
    case .flow(let rows) where FlowLines(rows: rows).isWalked: return min(rows.count, size.rows)
    case .table, .flow, .text: return min(least, size.rows)
    case .grid(let content) where isScrolled(content):
      return min(wholeSize(content, glyphs, depth).rows, size.rows)
    case .grid(let content):
      if isColourMap(glyphs, depth) {
        // Maps grow by whole factors: a cell is 2 columns by 1 row, 4 by 2, 8 by 4.
        let texts = least - (content.rows + 1) / 2
        let larger = [4, 2, 1].first { rows in
          content.rows * rows + texts <= size.rows && content.columns * rows * 2 + 3 <= size.columns
        }
        return larger.map { content.rows * $0 + texts } ?? min(least, size.rows)
      }
      let gaps = content.ruleEvery > 0 ? (content.rows - 1) / content.ruleEvery : 0
      return min(least + gaps <= size.rows ? least + gaps : least, size.rows)
    }
  }

  private func sizeOfLines(_ lines: [String]) -> Size {
    Size(columns: lines.map { TextWidth.columns(of: $0) }.max() ?? 0, rows: lines.count)
  }

  private func drawBody(on canvas: inout Canvas, in rect: Rect) {
    switch figure.body {
    case .grid(let content):
      if isColourMap(canvas.glyphs, canvas.depth) {
        heatMap(content).draw(on: &canvas, in: rect)
      } else {
        cellGrid(content).draw(on: &canvas, in: rect)
      }
    case .image(let content): pixelImage(content).draw(on: &canvas, in: rect)
    case .chart(let chart): lineChart(chart).draw(on: &canvas, in: rect)
    case .table(let table):
      TableView(columns: table.columns, rows: table.rows).draw(on: &canvas, in: rect)
    case .flow(let rows) where FlowLines(rows: rows).isWalked:
      FlowLines(rows: rows, cursor: cursor?.row).draw(on: &canvas, in: rect)
    case .flow(let rows):
      let lines = FigureText.flow(rows, columns: rect.columns, glyphs: canvas.glyphs)
      draw(.init(lines: lines, rect: rect), role: .text, on: &canvas)
    case .text(let lines):
      let wrapped = lines.flatMap { wrap($0, columns: rect.columns, glyphs: canvas.glyphs) }
      draw(.init(lines: wrapped, rect: rect), role: .text, on: &canvas)
    }
  }

  private func cellGrid(_ content: GridContent) -> CellGrid {
    let marking = GridMarks(content: content)
    var letters = content
    letters.focus = nil
    let cells = GridMarks(content: letters)
    return CellGrid(
      letters: marking.places.map(cells.mark), rows: content.rows, columns: content.columns,
      realRows: content.realRows, realColumns: content.realColumns, ruleEvery: content.ruleEvery,
      focus: content.focus.map(GridPosition.init), cursor: cursor == nil ? nil : pointed(content),
      marks: Dictionary(
        marks.map { (GridPosition($0.key), $0.value) }, uniquingKeysWith: { first, _ in first }),
      muted: Set(content.muted.map(GridPosition.init)))
  }

  private func heatMap(_ content: GridContent) -> HeatMap {
    guard case .heat(let values, let range) = content.cells else {
      preconditionFailure("a colour map of classes was asked for")
    }
    return HeatMap(
      values: values, rows: content.rows, columns: content.columns, range: range,
      cursor: pointed(content),
      focus: content.focus.map(GridPosition.init),
      muted: Set(content.muted.map(GridPosition.init)),
      numbered: GridPosition(row: content.realRows, column: content.realColumns),
      readOut: readOut ?? "", unit: content.unit)
  }

  private func pixelImage(_ content: ImageContent) -> PixelImage {
    var image = PixelImage(content)
    if let cursor { image.focus = GridPosition(cursor) }
    return image
  }

  private func lineChart(_ chart: ChartContent) -> LineChart {
    LineChart(
      series: chart.series.map { line in
        .init(name: line.name, points: line.points.map { .init(x: $0.x, y: $0.y) })
      }, xLabel: chart.xLabel, yLabel: chart.yLabel, isLogarithmic: chart.isLogarithmic,
      limits: chart.limits)
  }

  /// The cell to point at: the cursor, or else the focus; a grid about no cell in particular has none.
  private func pointed(_ content: GridContent) -> GridPosition? {
    (cursor ?? content.focus).map { clamped($0, content) }
  }

  /// What the cell under the cursor, or else the focus, reads out; nil where there are no cells.
  var readOut: String? {
    if case .image(let content) = figure.body {
      return ownReadOut ?? content.readOut(cursor ?? content.focus)
    }
    if case .flow(let rows) = figure.body {
      return FlowLines(rows: rows, cursor: cursor?.row ?? 0).readOut
    }
    guard case .grid(let content) = figure.body else { return nil }
    if let ownReadOut { return ownReadOut }
    let place = clamped(cursor ?? content.focus ?? Token(row: 0, column: 0), content)
    return GridMarks(content: content).readOut(Token(row: place.row, column: place.column))
  }

  /// The widest read-out of the figure, for which room is kept.
  var longestReadOut: String? {
    guard let own = readOut else { return nil }
    if ownReadOut != nil { return own }
    let others: [String] =
      switch figure.body {
      case .grid(let content): content.readOuts
      case .image(let content): content.allReadOuts
      case .flow(let rows): rows.map(\.readOut)
      default: []
      }
    return others.max { TextWidth.columns(of: $0) < TextWidth.columns(of: $1) } ?? own
  }

  private func clamped(_ token: Token, _ content: GridContent) -> GridPosition {
    GridPosition(
      row: min(max(token.row, 0), content.rows - 1),
      column: min(max(token.column, 0), content.columns - 1))
  }
}

extension GridPosition {
  /// A place of the token grid as widgets name it.
  init(_ token: Token) { self.init(row: token.row, column: token.column) }
}
