/// Lines over one axis, in braille dots or ASCII, with marks at the measured points.
///
/// Every line has its own mark, so they can be told apart without colour.
public struct LineChart: Sendable, Hashable {
  /// A named line.
  public struct Series: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The points, by rising x.
    public var points: [Point]

    /// Creates a line.
    public init(name: String, points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  /// A measured point.
  public struct Point: Sendable, Hashable {
    /// The horizontal value.
    public var x: Double
    /// The vertical value.
    public var y: Double

    /// Creates a point.
    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// The lines.
  public var series: [Series]
  /// The horizontal axis' name and unit.
  public var xLabel: String
  /// The vertical axis' name and unit.
  public var yLabel: String
  /// Whether both axes are logarithmic; points that are not positive are left out then.
  public var isLogarithmic: Bool
  /// What both axes show, whatever the points; nil to fit them to the points.
  ///
  /// Not for logarithmic axes.
  public var limits: ClosedRange<Double>?

  /// Creates a chart.
  public init(
    series: [Series], xLabel: String, yLabel: String, isLogarithmic: Bool = false,
    limits: ClosedRange<Double>? = nil
  ) {
    self.series = series
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.isLogarithmic = isLogarithmic
    self.limits = limits
  }

  /// The smallest size at which the lines and all texts show.
  public func minimumSize(glyphs: Glyphs) -> Size {
    let axis = Axes(self).labelColumns
    let names = series.map { glyphs.columns(of: $0.name) + 2 }.max() ?? 0
    let xAxis = glyphs.columns(of: xLabel) + 18
    let columns = max(axis + 17, axis + xAxis, glyphs.columns(of: yLabel), names)
    return Size(columns: columns, rows: 9 + series.count)
  }

  /// Draws the axis name, the plot, the axis and one legend row a line.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    // A region, so that parts for which there is no room cannot reach beyond the rectangle.
    canvas.region(rect) { canvas in drawParts(on: &canvas, in: canvas.bounds) }
  }

  private func drawParts(on canvas: inout Canvas, in rect: Rect) {
    let (legend, rest) = rect.splitBottom(min(series.count, max(rect.rows - 6, 0)))
    let (title, body) = rest.splitTop(1)
    let (axis, plot) = body.splitBottom(2)
    let axes = Axes(self)
    let (labels, area) = plot.splitLeft(axes.labelColumns + 1)
    canvas.write(
      canvas.glyphs.truncated(yLabel, to: title.columns), row: title.row, column: title.column,
      style: Style(.dim), limit: title.columns)
    guard !area.isEmpty else { return }
    canvas.region(area) { canvas in drawLines(axes, on: &canvas) }
    canvas.region(labels) { canvas in
      let glyphs = canvas.glyphs
      for row in 0..<labels.rows {
        canvas.put(
          glyphs.vertical, row: row, column: labels.columns - 1, style: Style(.border))
      }
      canvas.write(axes.text(axes.y.upperBound), row: 0, column: 0, style: Style(.dim))
      canvas.write(
        axes.text(axes.y.lowerBound), row: labels.rows - 1, column: 0, style: Style(.dim))
    }
    canvas.region(axis) { canvas in
      let start = axes.labelColumns + 1
      canvas.rule(row: 0, columns: start - 1..<max(axis.columns, start))
      let low = axes.text(axes.x.lowerBound)
      let high = axes.text(axes.x.upperBound)
      canvas.write(low, row: 1, column: start, style: Style(.dim))
      canvas.write(high, row: 1, column: axis.columns - high.count, style: Style(.dim))
      let room = axis.columns - start - low.count - high.count - 2
      let name = canvas.glyphs.truncated(xLabel, to: max(room, 0))
      let free = room - TextWidth.columns(of: name)
      canvas.write(
        name, row: 1, column: start + low.count + 1 + free / 2, style: Style(.dim),
        limit: max(room, 0))
    }
    canvas.region(legend) { canvas in
      for (index, line) in series.enumerated() {
        canvas.put(mark(index, canvas.glyphs), row: index, column: 0, style: style(index))
        canvas.write(line.name, row: index, column: 2)
      }
    }
  }

  private func drawLines(_ axes: Axes, on canvas: inout Canvas) {
    let size = canvas.size
    let isASCII = canvas.glyphs.isASCII
    let dots = DotGrid.Density(across: isASCII ? 1 : 2, down: isASCII ? 1 : 4)
    for (index, line) in series.enumerated() {
      var grid = DotGrid(size: size, density: dots)
      let places = axes.places(line.points, width: grid.width, height: grid.height)
      for (start, end) in zip(places, places.dropFirst()) { grid.line(from: start, to: end) }
      grid.draw(on: &canvas, style: style(index))
    }
    for (index, line) in series.enumerated() {
      let (width, height) = (size.columns * dots.across, size.rows * dots.down)
      for place in axes.places(line.points, width: width, height: height) {
        canvas.put(
          mark(index, canvas.glyphs), row: place.row / dots.down,
          column: place.column / dots.across, style: style(index))
      }
    }
  }

  private func mark(_ index: Int, _ glyphs: Glyphs) -> Character {
    let marks = Array(glyphs.isASCII ? "*o#x@%" : "●○■□▲△")
    return marks[index % marks.count]
  }

  private func style(_ index: Int) -> Style {
    let roles: [Role] = [.accent, .right, .hint, .code]
    return Style(roles[index % roles.count])
  }
}

/// The shown range of both axes, as plain values or as their logarithms.
private struct Axes {
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>
  let isLogarithmic: Bool

  init(_ chart: LineChart) {
    isLogarithmic = chart.isLogarithmic
    let points = chart.series.flatMap(\.points).compactMap {
      Axes.mapped($0, isLogarithmic: chart.isLogarithmic)
    }
    func range(_ values: [Double]) -> ClosedRange<Double> {
      (values.min() ?? 0)...(values.max() ?? 1)
    }
    let limits = isLogarithmic ? nil : chart.limits
    x = limits ?? range(points.map(\.x))
    y = limits ?? range(points.map(\.y))
  }

  var labelColumns: Int { max(text(y.lowerBound).count, text(y.upperBound).count) }

  /// An end of an axis in the data's own unit.
  func text(_ value: Double) -> String {
    guard isLogarithmic else { return ShortNumber.text(value) }
    return ShortNumber.text(exponential2(value))
  }

  func places(_ points: [LineChart.Point], width: Int, height: Int) -> [GridPosition] {
    func share(_ value: Double, _ range: ClosedRange<Double>) -> Double {
      let width = range.upperBound - range.lowerBound
      return width > 0 ? (value - range.lowerBound) / width : 0.5
    }
    return points.compactMap { Axes.mapped($0, isLogarithmic: isLogarithmic) }.filter {
      x.contains($0.x) && y.contains($0.y)
    }.map { point in
      GridPosition(
        row: Int(((1 - share(point.y, y)) * Double(height - 1)).rounded()),
        column: Int((share(point.x, x) * Double(width - 1)).rounded()))
    }
  }

  private static func mapped(_ point: LineChart.Point, isLogarithmic: Bool) -> LineChart.Point? {
    guard point.x.isFinite, point.y.isFinite else { return nil }
    guard isLogarithmic else { return point }
    guard point.x > 0, point.y > 0 else { return nil }
    return LineChart.Point(x: logarithm2(point.x), y: logarithm2(point.y))
  }
}
