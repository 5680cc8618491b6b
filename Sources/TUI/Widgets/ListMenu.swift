/// A list of entries, one of which is current; long entries wrap, long lists scroll.
public struct ListMenu: Sendable, Hashable {
  /// One entry.
  public struct Entry: Sendable, Hashable {
    /// The text.
    public var runs: [Run]
    /// Short texts in columns at the right, such as a state and a duration.
    public var details: [String]
    /// A mark before the text, such as a letter to press or a check mark.
    public var mark: String

    /// Creates an entry.
    public init(_ runs: [Run], details: [String] = [], mark: String = "") {
      self.runs = runs
      self.details = details
      self.mark = mark
    }

    /// Creates an entry of plain text.
    public init(_ text: String, details: [String] = [], mark: String = "") {
      self.init([Run(text)], details: details, mark: mark)
    }
  }

  /// The entries.
  public var entries: [Entry]
  /// The current entry; nil shows none.
  public var selection: Int?
  /// Whether keys go to the list; the current entry is highlighted only then.
  public var isFocused: Bool

  /// Creates a list.
  public init(_ entries: [Entry], selection: Int? = nil, isFocused: Bool = true) {
    self.entries = entries
    self.selection = selection
    self.isFocused = isFocused
  }

  /// The number of rows at a width.
  public func height(columns: Int, glyphs: Glyphs) -> Int {
    let layout = Layout(self, columns: columns, glyphs: glyphs)
    return layout.lines.reduce(0) { $0 + $1.count }
  }

  /// The size at which no entry wraps, scrolls or is cut.
  public func minimumSize(glyphs: Glyphs) -> Size {
    let layout = Layout(self, columns: 10_000, glyphs: glyphs)
    let text = layout.lines.joined().map { $0.reduce(0) { $0 + TextWidth.columns(of: $1.text) } }
    return Size(
      columns: layout.textColumn + (text.max() ?? 0) + layout.detailColumns, rows: entries.count)
  }

  /// Draws the entries around the current one.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    let layout = Layout(self, columns: rect.columns, glyphs: canvas.glyphs)
    let first = layout.firstRow(showing: selection, rows: rect.rows)
    canvas.region(rect) { canvas in
      var row = -first
      for (index, entry) in entries.enumerated() {
        let lines = layout.lines[index]
        draw(entry, lines, isCurrent: index == selection, row: row, layout, on: &canvas)
        row += lines.count
      }
    }
  }

  private func draw(
    _ entry: Entry, _ lines: [[Run]], isCurrent: Bool, row: Int, _ layout: Layout,
    on canvas: inout Canvas
  ) {
    if isCurrent {
      canvas.put(canvas.glyphs.pointer, row: row, column: 0, style: Style(.prompt))
    }
    canvas.write(entry.mark, row: row, column: 2, style: Style(.keyName))
    for (offset, line) in lines.enumerated() {
      canvas.write(line, row: row + offset, column: layout.textColumn)
    }
    var end = canvas.size.columns
    for (width, detail) in zip(layout.detailWidths, layout.padded(entry.details)).reversed() {
      end -= width
      canvas.write(detail, row: row, column: end, style: Style(.dim))
      end -= 2
    }
    if isCurrent, isFocused {
      let area = Rect(column: 1, row: row, columns: canvas.size.columns - 1, rows: lines.count)
      canvas.restyle(area, role: .selected)
    }
  }

  private struct Layout {
    var textColumn = 2
    var detailWidths: [Int] = []
    var lines: [[[Run]]] = []
    let glyphs: Glyphs

    /// The columns that details and the gaps before them take.
    var detailColumns: Int { detailWidths.reduce(0) { $0 + $1 + 2 } }

    init(_ menu: ListMenu, columns: Int, glyphs: Glyphs) {
      self.glyphs = glyphs
      let mark = menu.entries.map { glyphs.columns(of: $0.mark) }.max() ?? 0
      textColumn = mark > 0 ? mark + 3 : 2
      for entry in menu.entries {
        for (index, detail) in entry.details.enumerated() {
          if index == detailWidths.count { detailWidths.append(0) }
          detailWidths[index] = max(detailWidths[index], glyphs.columns(of: detail))
        }
      }
      // Details give way where they would leave no room for the text.
      while !detailWidths.isEmpty, columns - textColumn - detailColumns < 12 {
        detailWidths.removeLast()
      }
      let room = max(columns - textColumn - detailColumns, 1)
      lines = menu.entries.map { wrap($0.runs, columns: room, glyphs: glyphs) }
    }

    /// As many details as there are columns, the missing ones empty.
    func padded(_ details: [String]) -> [String] {
      detailWidths.indices.map { index in
        index < details.count ? details[index] : ""
      }
    }

    /// The first row to show so that an entry, or at least its start, is visible.
    func firstRow(showing selection: Int?, rows: Int) -> Int {
      let total = lines.reduce(0) { $0 + $1.count }
      guard total > rows, let selection, selection < lines.count else { return 0 }
      let start = lines[..<selection].reduce(0) { $0 + $1.count }
      let end = start + lines[selection].count
      let centred = (start + end - rows) / 2
      return min(max(min(centred, start), 0), total - rows)
    }
  }
}
