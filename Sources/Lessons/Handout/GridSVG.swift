internal import TUI

/// A grid of cells as a drawing: a heat map's colours, or letters on tinted grounds.
struct GridSVG {
  let content: GridContent

  private let left = 24.0
  private let top = 18.0
  /// The height of a heat map's scale, with its numbers.
  private let scaleHeight = 34.0
  /// Cells of this size have room for a letter.
  private let smallestLettered = 9.0

  private var cell: Double {
    min(28, (FigureSVG.width - left - 1) / Double(max(content.columns, 1)))
  }
  private var width: Double { cell * Double(content.columns) }
  private var height: Double { cell * Double(content.rows) }
  private var marks: GridMarks { GridMarks(content: content) }

  /// The size of the drawing.
  var size: (width: Double, height: Double) {
    // A narrow grid leaves room for the numbers of its scale.
    (
      max(left + width + 1, marks.scale == nil ? 0 : 220),
      top + height + 1 + (marks.scale == nil ? 0 : scaleHeight)
    )
  }

  func draw(into svg: inout Markup) {
    drawLabels(into: &svg)
    switch content.cells {
    case .heat(let values, let range): drawHeat(values, range, into: &svg)
    case .classes(let classes, let letters): drawClasses(classes, letters, into: &svg)
    }
    drawRules(into: &svg)
    if let focus = content.focus {
      let (x, y) = place(focus)
      svg.box(x: x, y: y, width: cell, height: cell, "paper")
      svg.box(x: x, y: y, width: cell, height: cell, "focus")
      if cell >= smallestLettered { letter("?", at: focus, into: &svg) }
    }
  }

  private func place(_ cell: Token) -> (x: Double, y: Double) {
    (left + Double(cell.column) * self.cell, top + Double(cell.row) * self.cell)
  }

  private func letter(
    _ letter: Character, at cell: Token, _ look: String = "", into svg: inout Markup
  ) {
    let (x, y) = place(cell)
    svg.label(
      String(letter), x: x + self.cell / 2, y: y + self.cell / 2 + 3.6, "small middle\(look)")
  }

  // MARK: Edges

  private func drawLabels(into svg: inout Markup) {
    let every = max(Int((16 / cell).rounded(.up)), 1)
    for column in 0..<content.columns where column % every == 0 {
      let text = column < content.realColumns ? String(column) : "p"
      svg.label(text, x: left + (Double(column) + 0.5) * cell, y: top - 5, "small dim middle")
    }
    let down = max(Int((11 / cell).rounded(.up)), 1)
    for row in 0..<content.rows where row % down == 0 {
      let text = row < content.realRows ? String(row) : "p"
      svg.label(text, x: left - 5, y: top + (Double(row) + 0.5) * cell + 3.6, "small dim end")
    }
  }

  private func drawRules(into svg: inout Markup) {
    svg.box(x: left, y: top, width: width, height: height, "rule")
    guard content.ruleEvery > 1 else { return }
    func number(_ value: Double) -> String { FigureSVG.number(value) }
    var steps = ""
    for column in stride(from: content.ruleEvery, to: content.columns, by: content.ruleEvery) {
      steps += "M\(number(left + Double(column) * cell)) \(number(top))v\(number(height))"
    }
    for row in stride(from: content.ruleEvery, to: content.rows, by: content.ruleEvery) {
      steps += "M\(number(left)) \(number(top + Double(row) * cell))h\(number(width))"
    }
    if !steps.isEmpty { svg.path(steps, "cut") }
  }

  // MARK: Cells

  private func drawClasses(_ classes: [Int], _ letters: [Character], into svg: inout Markup) {
    let cells = marks.places
    for (index, tint) in GridTint.table(letters).enumerated() {
      guard let tint else { continue }
      let own = cells.filter { cell in
        classes[cell.row * content.columns + cell.column] == index && !content.muted.contains(cell)
      }
      if !own.isEmpty { svg.path(area(of: own), "tint\(tint)") }
    }
    guard cell >= smallestLettered else { return }
    for place in cells where place != content.focus {
      let isMuted = content.muted.contains(place)
      letter(marks.mark(place), at: place, isMuted ? " dim" : "", into: &svg)
    }
  }

  /// How many colours a ramp is cut into; cells of one colour are drawn together.
  private static let shades = 64

  private func drawHeat(_ values: [Float], _ range: ClosedRange<Float>, into svg: inout Markup) {
    let span = range.upperBound - range.lowerBound
    var cells: [Int: [Token]] = [:]
    for place in marks.places where !content.muted.contains(place) {
      let value = values[place.row * content.columns + place.column]
      let share = span > 0 && value.isFinite ? (value - range.lowerBound) / span : 0
      cells[Int(min(max(share, 0), 1) * Float(Self.shades - 1)), default: []].append(place)
    }
    for (shade, places) in cells.sorted(by: { $0.key < $1.key }) {
      svg.empty("path", ["d": area(of: places), "fill": Self.color(shade)])
    }
    drawScale(into: &svg)
  }

  private static func color(_ shade: Int) -> String {
    ColorRamp.viridis.color(Double(shade) / Double(shades - 1), depth: .trueColor).hexadecimal
  }

  private func drawScale(into svg: inout Markup) {
    guard let scale = marks.scale else { return }
    let (y, length) = (top + height + 8, min(max(width, 180), 220))
    let step = length / Double(Self.shades)
    for shade in 0..<Self.shades {
      svg.box(
        x: left + Double(shade) * step, y: y, width: step + 0.3, height: 8,
        fill: Self.color(shade))
    }
    svg.label(scale, x: left, y: y + 21, "small dim")
  }

  /// The cells as one area, each run of neighbours in a row as one rectangle.
  private func area(of cells: [Token]) -> String {
    var steps = ""
    var start = 0
    while start < cells.count {
      var end = start + 1
      while end < cells.count, cells[end].row == cells[start].row,
        cells[end].column == cells[end - 1].column + 1
      { end += 1 }
      let (x, y) = place(cells[start])
      let wide = FigureSVG.number(cell * Double(end - start))
      let high = FigureSVG.number(cell)
      steps += "M\(FigureSVG.number(x)) \(FigureSVG.number(y))h\(wide)v\(high)h-\(wide)z"
      start = end
    }
    return steps
  }
}

/// Which ground the letters of a grid stand on; dots stand on none.
enum GridTint {
  /// A tint for each letter, or nil.
  static func table(_ letters: [Character]) -> [Int?] {
    var next = 0
    return letters.map { letter in
      guard letter != ".", letter != "·", letter != " " else { return nil }
      defer { next += 1 }
      return next % HandoutPalette.tints.count
    }
  }
}
