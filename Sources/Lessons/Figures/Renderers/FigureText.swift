public import TUI

/// The plain-text form of every figure, for `vitdet read`, pipes and screen readers.
public enum FigureText {
  /// The figure as lines of at most `columns`: title, sentence, body, legend, caution.
  ///
  /// A grid is the one exception to the width: its rows are never broken.
  public static func lines(_ figure: Figure, columns: Int, glyphs: Glyphs) -> [String] {
    let columns = max(columns, 20)
    var lines = wrap(figure.title, columns: columns, glyphs: glyphs)
    lines += wrap(figure.sentence, columns: columns, glyphs: glyphs)
    lines.append("")
    lines += body(figure.body, columns: columns, glyphs: glyphs)
    let notes = legend(figure, columns: columns, glyphs: glyphs)
    if !notes.isEmpty { lines += [""] + notes }
    if let caution = figure.caution {
      lines += wrap("! \(caution)", columns: columns, glyphs: glyphs)
    }
    return lines
  }

  /// The numbers behind a figure, as lines; none for a figure without evidence.
  public static func evidence(_ figure: Figure, columns: Int, glyphs: Glyphs) -> [String] {
    guard let table = figure.evidence else { return [] }
    return TableText(table: table, glyphs: glyphs).lines(columns: max(columns, 20))
  }

  /// The legend's lines: the scale of a heat map, then each mark with its meaning.
  static func legend(
    _ figure: Figure, columns: Int, glyphs: Glyphs, showsScale: Bool = true
  ) -> [String] {
    var entries: [String] = []
    if showsScale, case .grid(let content) = figure.body,
      let scale = GridMarks(content: content).scale
    {
      entries.append("0–9 \(scale)")
    }
    entries += figure.legend.map { "\($0.mark) \($0.meaning)" }
    return entries.flatMap { wrap($0, columns: columns, glyphs: glyphs) }
  }

  private static func body(_ body: Figure.Body, columns: Int, glyphs: Glyphs) -> [String] {
    switch body {
    case .grid(let content):
      let marks = GridMarks(content: content)
      let rows = [marks.header] + (0..<content.rows).map(marks.row)
      let focus = content.focus.map { marks.readOut($0) }
      return rows.map(glyphs.adapt)
        + (focus.map { wrap($0, columns: columns, glyphs: glyphs) } ?? [])
    case .image(let content): return ImageText(content: content).lines(columns: columns, glyphs)
    case .table(let table): return TableText(table: table, glyphs: glyphs).lines(columns: columns)
    case .chart(let chart):
      return TableText(table: chart.table, glyphs: glyphs).lines(columns: columns)
    case .flow(let rows): return flow(rows, columns: columns, glyphs: glyphs)
    case .text(let lines): return lines.flatMap { wrap($0, columns: columns, glyphs: glyphs) }
    }
  }

  /// A flow's lines: names and shapes in columns, a remark behind them or below where it does not fit.
  static func flow(_ rows: [FlowRow], columns: Int, glyphs: Glyphs) -> [String] {
    let names = rows.map { glyphs.columns(of: $0.name) }.max() ?? 0
    let shapes = rows.map { glyphs.columns(of: NumberText.shape($0.shape)) }.max() ?? 0
    let indent = names + 2 + shapes + 2
    return rows.flatMap { row -> [String] in
      let head =
        glyphs.padded(row.name, to: names) + "  "
        + glyphs.padded(NumberText.shape(row.shape), to: shapes)
      guard !row.remark.isEmpty else { return [head.trimmingBlanks] }
      if indent + glyphs.columns(of: row.remark) <= columns {
        return [head + "  " + glyphs.adapt(row.remark)]
      }
      return [head.trimmingBlanks]
        + wrap(row.remark, columns: max(columns - 4, 1), glyphs: glyphs).map { "    " + $0 }
    }
  }
}

extension String {
  /// The text without blanks at its end.
  var trimmingBlanks: String { String(reversed().drop { $0 == " " }.reversed()) }
}

extension ChartContent {
  /// The chart's points as a table: one row for each x, one column for each line.
  var table: Table {
    let xs = Set(series.flatMap { $0.points.map(\.x) }).sorted()
    return Table(
      columns: [xLabel] + series.map { $0.name.isEmpty ? yLabel : $0.name },
      rows: xs.map { x in
        [NumberText.measured(x)]
          + series.map { line in
            line.points.first { $0.x == x }.map { NumberText.measured($0.y) } ?? "–"
          }
      })
  }
}
