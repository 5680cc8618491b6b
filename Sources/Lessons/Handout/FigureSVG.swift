internal import TUI

/// A figure as a drawing; tables, flows and texts have no drawing, since words are better words.
struct FigureSVG {
  /// The width that drawings are made for: a phone shows it without shrinking the letters.
  static let width = 360.0
  /// The height of letters.
  static let letters = 12.0

  /// What is drawn, without the `svg` element.
  private(set) var content = Markup()
  /// The size in the drawing's own units.
  private(set) var size: (width: Double, height: Double)
  private let label: (title: String, sentence: String)

  /// Draws a figure.
  ///
  /// - Throws: when a picture in it cannot be written.
  init?(_ figure: Figure) throws {
    label = (figure.title, figure.sentence)
    switch figure.body {
    case .grid(let grid):
      let drawing = GridSVG(content: grid)
      size = drawing.size
      drawing.draw(into: &content)
    case .image(let image):
      let drawing = ImageSVG(content: image)
      size = drawing.size
      try drawing.draw(into: &content)
    case .chart(let chart):
      let drawing = ChartSVG(chart: chart)
      size = drawing.size
      drawing.draw(into: &content)
    case .table, .flow, .text: return nil
    }
  }

  /// The drawing as a part of a page whose style sheet has ``rules(_:)``.
  func write(into page: inout Markup) {
    page.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "role": "img", "viewBox": box,
        "aria-label": "\(label.title) \(label.sentence)", "class": "drawing",
        // Larger than drawn where there is room, and never wider than the page.
        "style": "width:\(Self.number(size.width * 1.4))px",
      ]
    ) { $0.raw(content.text) }
  }

  /// The drawing as a file of its own, by day.
  var file: String {
    var file = Markup()
    file.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "role": "img", "viewBox": box,
        "width": Self.number(size.width * 1.4), "height": Self.number(size.height * 1.4),
        "font-family": "sans-serif",
      ]
    ) { file in
      file.element("title", text: label.title)
      file.element("desc", text: label.sentence)
      file.element("style", text: Self.rules { $0.light.hexadecimal })
      file.empty("rect", ["width": "100%", "height": "100%", "class": "paper"])
      file.raw(content.text)
    }
    return file.text + "\n"
  }

  private var box: String { "0 0 \(Self.number(size.width)) \(Self.number(size.height))" }

  /// The style sheet of what is drawn, with a name or a value for each colour.
  static func rules(_ color: (HandoutPalette) -> String) -> String {
    var rules = [
      "svg text{font-size:\(number(letters))px;fill:\(color(.ink));stroke:none}",
      "svg .small{font-size:10px}", "svg .dim{fill:\(color(.dim))}",
      "svg .middle{text-anchor:middle}", "svg .end{text-anchor:end}",
      "svg .paper{fill:\(color(.paper))}",
      "svg .rule{fill:none;stroke:\(color(.line));stroke-width:.75}",
      "svg .cut{fill:none;stroke:\(color(.ink));stroke-width:1.5}",
      "svg .focus{fill:none;stroke:\(color(.ink));stroke-width:2.5}",
    ]
    for (index, tint) in HandoutPalette.tints.enumerated() {
      rules.append("svg .tint\(index){fill:\(color(tint))}")
    }
    for (index, series) in HandoutPalette.series.enumerated() {
      rules.append("svg .series\(index){stroke:\(color(series));stroke-width:2}")
      rules.append("svg .mark\(index){fill:\(color(series));stroke:\(color(series))}")
      rules.append(
        "svg .hollow\(index){fill:\(color(.paper));stroke:\(color(series));stroke-width:2}")
    }
    return rules.joined(separator: "\n")
  }

  /// A coordinate with at most two decimals.
  static func number(_ value: Double) -> String {
    let scaled = Int((value * 100).rounded())
    let (whole, rest) = (abs(scaled) / 100, abs(scaled) % 100)
    let sign = scaled < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    return rest % 10 == 0
      ? "\(sign)\(whole).\(rest / 10)" : "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }
}

extension Markup {
  /// Words at a place of a drawing, on a line whose letters stand on `y`.
  mutating func label(_ words: String, x: Double, y: Double, _ look: String? = nil) {
    element(
      "text", ["x": FigureSVG.number(x), "y": FigureSVG.number(y), "class": look], text: words)
  }

  /// A rectangle of a drawing.
  mutating func box(
    x: Double, y: Double, width: Double, height: Double, _ look: String? = nil,
    fill: String? = nil
  ) {
    empty(
      "rect",
      [
        "x": FigureSVG.number(x), "y": FigureSVG.number(y), "width": FigureSVG.number(width),
        "height": FigureSVG.number(height), "class": look, "fill": fill,
      ])
  }

  /// A line through places of a drawing.
  mutating func path(_ steps: String, _ look: String? = nil, dashes: String? = nil) {
    empty("path", ["d": steps, "class": look, "stroke-dasharray": dashes])
  }
}
