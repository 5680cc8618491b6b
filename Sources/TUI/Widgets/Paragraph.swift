/// Prose: paragraphs, list entries and verbatim lines, wrapped and scrolled.
public struct Paragraph: Sendable, Hashable {
  /// One block of prose.
  public struct Block: Sendable, Hashable {
    /// The text.
    public var runs: [Run]
    /// What stands before the first line, such as a bullet; later lines are indented as far.
    public var marker: Run?
    /// Columns left free at the left.
    public var indent: Int
    /// Whether lines are cut instead of wrapped (code, tables).
    public var isVerbatim: Bool
    /// Empty rows before the block, unless it is the first.
    public var space: Int

    /// Creates a block.
    public init(
      _ runs: [Run], marker: Run? = nil, indent: Int = 0, isVerbatim: Bool = false, space: Int = 1
    ) {
      self.runs = runs
      self.marker = marker
      self.indent = indent
      self.isVerbatim = isVerbatim
      self.space = space
    }
  }

  /// The blocks.
  public var blocks: [Block]
  /// The number of rows above the first that shows; kept within the text when drawn.
  public var scroll: Int

  /// Creates prose of blocks.
  public init(blocks: [Block], scroll: Int = 0) {
    self.blocks = blocks
    self.scroll = scroll
  }

  /// Creates one paragraph.
  public init(_ runs: [Run], scroll: Int = 0) {
    self.init(blocks: [Block(runs)], scroll: scroll)
  }

  /// Creates one paragraph of a role.
  public init(_ text: String, _ role: Role = .text) {
    self.init([Run(text, role)])
  }

  /// The lines at a width.
  public func lines(columns: Int, glyphs: Glyphs) -> [[Run]] {
    var lines: [[Run]] = []
    for (index, block) in blocks.enumerated() {
      if index > 0 { lines += Array(repeating: [], count: block.space) }
      lines += Paragraph.lines(of: block, columns: columns, glyphs: glyphs)
    }
    return lines
  }

  /// The number of rows at a width.
  public func height(columns: Int, glyphs: Glyphs) -> Int {
    lines(columns: columns, glyphs: glyphs).count
  }

  /// The largest useful `scroll` in a space of a size.
  public func maximumScroll(in size: Size, glyphs: Glyphs) -> Int {
    max(layout(size, glyphs).lines.count - size.rows, 0)
  }

  /// The size at which nothing is cut, at a width.
  public func minimumSize(columns: Int, glyphs: Glyphs) -> Size {
    let lines = lines(columns: columns, glyphs: glyphs)
    let widths = lines.map { line in line.reduce(0) { $0 + glyphs.columns(of: $1.text) } }
    return Size(columns: widths.max() ?? 0, rows: lines.count)
  }

  /// Draws the rows from `scroll` on; where the text goes on, arrows at the right say so.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    let (lines, isLong) = layout(rect.size, canvas.glyphs)
    let first = min(max(scroll, 0), max(lines.count - rect.rows, 0))
    canvas.region(rect) { canvas in
      for (row, line) in lines.dropFirst(first).prefix(rect.rows).enumerated() {
        canvas.write(line, row: row, column: 0)
      }
      guard isLong, rect.columns > 2 else { return }
      let arrow = Style(.accent)
      if first > 0 { canvas.put(canvas.glyphs.up, row: 0, column: rect.columns - 1, style: arrow) }
      if first + rect.rows < lines.count {
        canvas.put(
          canvas.glyphs.down, row: rect.rows - 1, column: rect.columns - 1, style: arrow)
      }
    }
  }

  /// The lines, with two columns left for the arrows if they are more than the rows.
  private func layout(_ size: Size, _ glyphs: Glyphs) -> (lines: [[Run]], isLong: Bool) {
    let all = lines(columns: size.columns, glyphs: glyphs)
    guard all.count > size.rows, size.columns > 2 else { return (all, false) }
    return (lines(columns: size.columns - 2, glyphs: glyphs), true)
  }

  private static func lines(of block: Block, columns: Int, glyphs: Glyphs) -> [[Run]] {
    let marker = block.marker.map { [$0] } ?? []
    let markerWidth = marker.reduce(0) { $0 + glyphs.columns(of: $1.text) }
    let room = columns - block.indent - markerWidth
    guard room > 0 else { return [] }
    let wrapped = wrap(block.runs, columns: block.isVerbatim ? 10_000 : room, glyphs: glyphs)
    let indent = Run(String(repeating: " ", count: block.indent))
    let hanging = Run(String(repeating: " ", count: block.indent + markerWidth))
    return wrapped.enumerated().map { index, line in
      let start = index == 0 ? [indent] + marker : [hanging]
      return start.filter { !$0.text.isEmpty } + line
    }
  }
}
