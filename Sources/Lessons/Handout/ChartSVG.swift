internal import TUI

/// Lines over one axis as a drawing; each differs in its dashes and marks as well as in its colour.
struct ChartSVG {
  let chart: ChartContent
  private let x: ChartScale
  private let y: ChartScale
  /// The names of the lines, each broken into what fits the width.
  private let names: [[String]]

  private let top = 22.0
  private let right = 10.0
  private let plotHeight = 200.0
  private let lineHeight = 16.0

  init(chart: ChartContent) {
    self.chart = chart
    let points = chart.series.flatMap(\.points)
    x = ChartScale(
      points.map(\.x), isLogarithmic: chart.isLogarithmic, limits: chart.limits)
    y = ChartScale(
      points.map(\.y), isLogarithmic: chart.isLogarithmic, limits: chart.limits)
    names = chart.series.map { wrap($0.name, columns: 52, glyphs: .unicode) }
  }

  /// Room for the longest number at the left axis.
  private var left: Double {
    Double(y.ticks.map { ShortNumber.text($0).count }.max() ?? 1) * 6 + 12
  }
  private var plotWidth: Double { FigureSVG.width - left - right }
  private var bottom: Double { top + plotHeight }

  /// The size of the drawing.
  var size: (width: Double, height: Double) {
    let lines = names.reduce(0) { $0 + $1.count }
    return (FigureSVG.width, bottom + 44 + Double(lines) * lineHeight)
  }

  func draw(into svg: inout Markup) {
    svg.label(chart.yLabel, x: 2, y: 12, "dim")
    drawAxes(into: &svg)
    for (index, line) in chart.series.enumerated() { draw(line, index, into: &svg) }
    drawNames(into: &svg)
  }

  private func number(_ value: Double) -> String { FigureSVG.number(value) }

  private func drawAxes(into svg: inout Markup) {
    for tick in y.ticks {
      guard let share = y.share(tick) else { continue }
      let place = bottom - share * plotHeight
      svg.path("M\(number(left)) \(number(place))h\(number(plotWidth))", "rule")
      svg.label(ShortNumber.text(tick), x: left - 5, y: place + 3.6, "small dim end")
    }
    for tick in x.ticks {
      guard let share = x.share(tick) else { continue }
      let place = left + share * plotWidth
      svg.path("M\(number(place)) \(number(bottom))v5", "rule")
      svg.label(ShortNumber.text(tick), x: place, y: bottom + 16, "small dim middle")
    }
    svg.path("M\(number(left)) \(number(top))v\(number(plotHeight))h\(number(plotWidth))", "cut")
    svg.label(chart.xLabel, x: left + plotWidth / 2, y: bottom + 32, "dim middle")
  }

  // MARK: Lines

  private static let dashes = [nil, "7 3", "2 3", "9 3 2 3"]
  /// Marks at more points than these would hide the line.
  private static let mostMarks = 24

  private func draw(_ line: ChartContent.Series, _ index: Int, into svg: inout Markup) {
    let places = line.points.compactMap { point -> (x: Double, y: Double)? in
      guard let across = x.share(point.x), let up = y.share(point.y) else { return nil }
      return (left + across * plotWidth, bottom - up * plotHeight)
    }
    guard !places.isEmpty else { return }
    let steps = places.enumerated().map { place, point in
      "\(place == 0 ? "M" : "L")\(number(point.x)) \(number(point.y))"
    }
    let look = index % HandoutPalette.series.count
    svg.empty(
      "path",
      [
        "d": steps.joined(), "class": "series\(look)", "fill": "none",
        "stroke-dasharray": Self.dashes[look],
      ])
    let every = (places.count + Self.mostMarks - 1) / Self.mostMarks
    for (place, point) in places.enumerated() where place % every == 0 {
      mark(index, at: point, into: &svg)
    }
  }

  private func mark(_ index: Int, at place: (x: Double, y: Double), into svg: inout Markup) {
    let count = HandoutPalette.series.count
    let look = (index / count % 2 == 0 ? "mark" : "hollow") + String(index % count)
    let (x, y) = (number(place.x), number(place.y))
    switch index % count {
    case 0: svg.empty("circle", ["cx": x, "cy": y, "r": "3.2", "class": look])
    case 1: svg.path("M\(x) \(y)m-3.2 -3.2h6.4v6.4h-6.4z", look)
    case 2: svg.path("M\(x) \(y)m0 -4l4 7h-8z", look)
    default: svg.path("M\(x) \(y)m0 -4.4l4.4 4.4l-4.4 4.4l-4.4 -4.4z", look)
    }
  }

  private func drawNames(into svg: inout Markup) {
    var row = bottom + 52
    for (index, lines) in names.enumerated() {
      let look = index % HandoutPalette.series.count
      svg.empty(
        "path",
        [
          "d": "M4 \(number(row - 4))h24", "class": "series\(look)", "fill": "none",
          "stroke-dasharray": Self.dashes[look],
        ])
      mark(index, at: (16, row - 4), into: &svg)
      for line in lines {
        svg.label(line, x: 36, y: row)
        row += lineHeight
      }
    }
  }
}
