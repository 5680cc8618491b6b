internal import FoundationEssentials
internal import TUI
internal import ViTDetMini

/// A picture with its patch grid, boxes and points as a drawing.
struct ImageSVG {
  let content: ImageContent

  private var left: Double { content.patch > 0 ? 24 : 1 }
  private var top: Double { content.patch > 0 ? 18 : 1 }
  private var scale: Double { (FigureSVG.width - left - 1) / Double(max(content.width, 1)) }
  private var width: Double { Double(content.width) * scale }
  private var height: Double { Double(content.height) * scale }

  /// The size of the drawing.
  var size: (width: Double, height: Double) { (left + width + 1, top + height + 1) }

  func draw(into svg: inout Markup) throws {
    let bytes = try Image(width: content.width, height: content.height, pixels: content.pixels)
      .png()
    svg.empty(
      "image",
      [
        "x": number(left), "y": number(top), "width": number(width), "height": number(height),
        "preserveAspectRatio": "none", "style": scale > 2 ? "image-rendering:pixelated" : nil,
        "href": "data:image/png;base64,\(Data(bytes).base64EncodedString())",
      ])
    drawPatches(into: &svg)
    let image = PixelImage(content)
    for mark in image.marks { draw(mark, into: &svg) }
    drawLetters(image.marks, into: &svg)
  }

  private func number(_ value: Double) -> String { FigureSVG.number(value) }

  // MARK: Patches

  private func drawPatches(into svg: inout Markup) {
    guard content.patch > 0 else { return }
    let side = Double(content.patch) * scale
    let (rows, columns) = (content.height / content.patch, content.width / content.patch)
    let every = max(Int((16 / side).rounded(.up)), 1)
    for column in stride(from: 0, to: columns, by: every) {
      svg.label(
        String(column), x: left + (Double(column) + 0.5) * side, y: top - 5, "small dim middle")
    }
    for row in stride(from: 0, to: rows, by: max(Int((11 / side).rounded(.up)), 1)) {
      svg.label(
        String(row), x: left - 5, y: top + (Double(row) + 0.5) * side + 3.6, "small dim end")
    }
    if content.framesPatches, side >= 6 {
      var steps = ""
      for column in 0...columns {
        steps += "M\(number(left + Double(column) * side)) \(number(top))v\(number(height))"
      }
      for row in 0...rows {
        steps += "M\(number(left)) \(number(top + Double(row) * side))h\(number(width))"
      }
      svg.empty("path", ["d": steps, "stroke": "#000000", "stroke-width": "0.6", "fill": "none"])
    }
    if let focus = content.focus {
      outline(
        x: left + Double(focus.column) * side, y: top + Double(focus.row) * side, width: side,
        height: side, color: "#ffd700", isDashed: false, into: &svg)
    }
  }

  // MARK: Marks

  /// A rectangle whose line stands out from any ground: its colour on a wider dark line.
  private func outline(
    x: Double, y: Double, width: Double, height: Double, color: String, isDashed: Bool,
    into svg: inout Markup
  ) {
    for (stroke, thickness) in [("#000000", "3.6"), (color, "1.8")] {
      svg.empty(
        "rect",
        [
          "x": number(x), "y": number(y), "width": number(width), "height": number(height),
          "fill": "none", "stroke": stroke, "stroke-width": thickness,
          "stroke-dasharray": isDashed ? "5 4" : nil,
        ])
    }
  }

  private func draw(_ mark: PictureMark, into svg: inout Markup) {
    let color = mark.lineColor.hexadecimal
    switch mark.shape {
    case .box:
      guard let (x, y, width, height) = visible(mark) else { return }
      outline(
        x: x, y: y, width: width, height: height, color: color, isDashed: mark.isDashed,
        into: &svg)
    case .point(let x, let y):
      guard x.isFinite, y.isFinite else { return }
      svg.empty(
        "circle",
        [
          "cx": number(left + x * scale), "cy": number(top + y * scale), "r": "2.6",
          "fill": color, "stroke": "#000000", "stroke-width": "0.9",
        ])
    }
  }

  /// The part of a box that lies in the picture, in the drawing's units.
  private func visible(
    _ mark: PictureMark
  ) -> (x: Double, y: Double, width: Double, height: Double)? {
    guard case .box(let x0, let y0, let x1, let y1) = mark.shape,
      [x0, y0, x1, y1].allSatisfy({ $0.isFinite && abs($0) < 1e6 })
    else { return nil }
    let (right, bottom) = (Double(content.width), Double(content.height))
    let (start, end) = (min(max(x0, 0), right), min(max(x1, 0), right))
    let (first, last) = (min(max(y0, 0), bottom), min(max(y1, 0), bottom))
    guard end > start, last > first else { return nil }
    return (
      left + start * scale, top + first * scale, (end - start) * scale, (last - first) * scale
    )
  }

  /// The side of the ground that a letter stands on.
  private let plate = 13.0

  /// Puts each box's letter at its first corner that no other letter has.
  private func drawLetters(_ marks: [PictureMark], into svg: inout Markup) {
    var taken: [(x: Double, y: Double)] = []
    for mark in marks {
      guard let (x, y, width, height) = visible(mark) else { continue }
      let (right, bottom) = (max(x + width - plate, x), max(y + height - plate, y))
      let corners = [(x, y), (right, y), (right, bottom), (x, bottom), ((x + right) / 2, y)]
      let free = corners.first { corner in
        taken.allSatisfy { abs($0.x - corner.0) >= plate || abs($0.y - corner.1) >= plate }
      }
      guard let (column, row) = free else { continue }
      taken.append((column, row))
      svg.box(x: column, y: row, width: plate, height: plate, fill: mark.lineColor.hexadecimal)
      svg.element(
        "text",
        [
          "x": number(column + plate / 2), "y": number(row + 10), "class": "small middle",
          "style": "fill:#000000",
        ], text: String(mark.letter))
    }
  }
}
