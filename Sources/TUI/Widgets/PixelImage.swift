/// A picture in half blocks, shades or an ASCII ramp, with a patch grid and marks over it.
public struct PixelImage: Sendable, Hashable {
  /// The width in pixels.
  public var width: Int
  /// The height in pixels.
  public var height: Int
  /// Red, green, blue, row by row.
  public var pixels: [UInt8]
  /// The side of a patch in pixels; 0 for no patches.
  public var patch: Int
  /// The patch to highlight.
  public var focus: GridPosition?
  /// Whether lines are drawn between patches where there is room.
  public var framesPatches: Bool
  /// Boxes and points over the picture, the last on top.
  public var marks: [PictureMark]

  /// Creates a picture.
  ///
  /// - Precondition: There are `width × height × 3` bytes.
  public init(
    width: Int, height: Int, pixels: [UInt8], patch: Int = 0, focus: GridPosition? = nil,
    framesPatches: Bool = true, marks: [PictureMark] = []
  ) {
    precondition(
      pixels.count == width * height * 3,
      "a picture of \(width) × \(height) has \(width * height * 3) bytes, not \(pixels.count)")
    self.width = width
    self.height = height
    self.pixels = pixels
    self.patch = patch
    self.focus = focus
    self.framesPatches = framesPatches
    self.marks = marks
  }

  /// The smallest size in which boxes can be told apart: 26 × 13 dots and the pointers.
  private static let markedSize = Size(columns: 27, rows: 14)

  /// The smallest size at which the picture, or each of its patches, can be made out.
  public func minimumSize(glyphs: Glyphs, depth: ColorDepth) -> Size {
    if !marks.isEmpty { return Self.markedSize }
    let columns = patch > 0 ? (width + patch - 1) / patch : min(width, 16)
    let rows = patch > 0 ? (height + patch - 1) / patch : min(height, 16)
    let usesHalves = depth.hasRamps && !glyphs.isASCII
    return usesHalves
      ? Size(columns: columns + 1, rows: (rows + 1) / 2 + 1)
      : Size(columns: 2 * columns + 1, rows: rows + 1)
  }

  /// Draws the picture as large as fits, its sides in proportion; pointers at the edges show the
  /// highlighted patch.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    guard width > 0, height > 0, rect.columns > 1, rect.rows > 1 else { return }
    let usesHalves = canvas.depth.hasRamps && !canvas.glyphs.isASCII
    // A dot is about as wide as high: half a character, or two characters where shades are used.
    let room = Size(
      columns: usesHalves ? rect.columns - 1 : (rect.columns - 1) / 2,
      rows: usesHalves ? (rect.rows - 1) * 2 : rect.rows - 1)
    let raster = Raster(self, room: room)
    // Marks have the resolution of characters where a dot takes two of them.
    let across = usesHalves ? 1 : 2
    let marked = MarkedDots(
      marks, size: Size(columns: raster.size.columns * across, rows: raster.size.rows),
      rowsPerCell: usesHalves ? 2 : 1
    ) { x, y in
      (
        column: raster.dot(x, width, raster.size.columns) * Double(across),
        row: raster.dot(y, height, raster.size.rows)
      )
    }
    canvas.region(rect) { canvas in
      if usesHalves {
        drawHalves(raster, marked, on: &canvas)
      } else {
        drawShades(raster, on: &canvas)
        for (place, dot) in marked.dots {
          canvas.put(
            dot.letter, row: place.row + 1, column: place.column + 1, style: Style(dot.role))
        }
      }
      drawLabels(marked, usesHalves, on: &canvas)
      guard let place = raster.focusDot else { return }
      let pointer = Style(.prompt)
      let row = usesHalves ? place.row / 2 : place.row
      let column = usesHalves ? place.column : place.column * 2
      canvas.put(canvas.glyphs.pointer, row: row + 1, column: 0, style: pointer)
      canvas.put(canvas.glyphs.down, row: 0, column: column + 1, style: pointer)
    }
  }

  private func drawHalves(_ raster: Raster, _ marked: MarkedDots, on canvas: inout Canvas) {
    func color(_ row: Int, _ column: Int) -> RGB {
      marked.dots[GridPosition(row: row, column: column)]?.color
        ?? raster.color(row: row, column: column)
    }
    for row in stride(from: 0, to: raster.size.rows, by: 2) {
      for column in 0..<raster.size.columns {
        var style = Style(foreground: color(row, column))
        if row + 1 < raster.size.rows { style.background = color(row + 1, column) }
        canvas.put("▀", row: row / 2 + 1, column: column + 1, style: style)
      }
    }
  }

  private func drawLabels(
    _ marked: MarkedDots, _ usesHalves: Bool, on canvas: inout Canvas
  ) {
    for (place, dot) in marked.labels {
      let style =
        usesHalves
        ? Style(.strong, foreground: RGB(0, 0, 0), background: dot.color)
        : Style(dot.role)
      canvas.put(dot.letter, row: place.row + 1, column: place.column + 1, style: style)
    }
  }

  private func drawShades(_ raster: Raster, on canvas: inout Canvas) {
    for row in 0..<raster.size.rows {
      for column in 0..<raster.size.columns {
        let place = Rect(column: column * 2 + 1, row: row + 1, columns: 2, rows: 1)
        switch raster.line(row: row, column: column) {
        case .none:
          let shade = canvas.glyphs.shade(raster.color(row: row, column: column).luminance)
          canvas.fill(place, with: shade)
        case .plain: canvas.fill(place, style: Style(.border))
        case .focus: canvas.fill(place, with: "+", style: Style(.prompt))
        }
      }
    }
  }
}

/// A picture cut into as many dots as there is room for, with lines between patches if they fit.
private struct Raster {
  enum Line { case none, plain, focus }

  let image: PixelImage
  let size: Size
  /// Dots of a patch's side, when lines are drawn between patches.
  private let patchDots: Int?

  init(_ image: PixelImage, room: Size) {
    self.image = image
    let patch = image.patch
    let across = patch > 0 ? (image.width + patch - 1) / patch : 0
    let down = patch > 0 ? (image.height + patch - 1) / patch : 0
    if patch > 0, across > 0, down > 0, image.framesPatches {
      let dots = min((room.columns - 1) / across, (room.rows - 1) / down) - 1
      // Two dots a patch show something of what is in it; with fewer the lines would be all.
      if dots >= 2 {
        let side = min(dots, patch)
        patchDots = side
        size = Size(columns: across * (side + 1) + 1, rows: down * (side + 1) + 1)
        return
      }
    }
    patchDots = nil
    let scale = min(
      Double(room.columns) / Double(image.width), Double(room.rows) / Double(image.height), 1)
    size = Size(
      columns: max(Int(Double(image.width) * scale), min(room.columns, 1)),
      rows: max(Int(Double(image.height) * scale), min(room.rows, 1)))
  }

  /// Whether a dot belongs to the lines between patches.
  func line(row: Int, column: Int) -> Line {
    guard let patchDots else { return .none }
    let step = patchDots + 1
    guard row % step == 0 || column % step == 0 else { return .none }
    guard let focus = image.focus else { return .plain }
    let rows = focus.row * step...(focus.row + 1) * step
    let columns = focus.column * step...(focus.column + 1) * step
    return rows.contains(row) && columns.contains(column) ? .focus : .plain
  }

  func color(row: Int, column: Int) -> RGB {
    switch line(row: row, column: column) {
    case .focus: return RGB(255, 215, 0)
    case .plain: return RGB(0, 0, 0)
    case .none: break
    }
    let (rows, columns) = (
      span(row, image.height, size.rows), span(column, image.width, size.columns)
    )
    let color = average(rows, columns)
    guard patchDots == nil, let focus = image.focus, image.patch > 0 else { return color }
    let isFocus =
      (rows.lowerBound / image.patch == focus.row)
      && (columns.lowerBound / image.patch == focus.column)
    return isFocus ? Raster.tinted(color) : color
  }

  /// The dot of a pixel coordinate along a side of so many pixels and dots, as a fraction.
  func dot(_ pixel: Double, _ pixels: Int, _ dots: Int) -> Double {
    guard let patchDots else { return pixel * Double(dots) / Double(max(pixels, 1)) }
    let patch = (pixel / Double(image.patch)).rounded(.down)
    let inside = (pixel / Double(image.patch) - patch) * Double(patchDots)
    return patch * Double(patchDots + 1) + 1 + inside
  }

  /// The dot in the middle of the highlighted patch.
  var focusDot: GridPosition? {
    guard let focus = image.focus, image.patch > 0 else { return nil }
    if let patchDots {
      let step = patchDots + 1
      return GridPosition(
        row: focus.row * step + step / 2, column: focus.column * step + step / 2)
    }
    let row = (focus.row * image.patch + image.patch / 2) * size.rows / image.height
    let column = (focus.column * image.patch + image.patch / 2) * size.columns / image.width
    return GridPosition(
      row: min(row, max(size.rows - 1, 0)), column: min(column, max(size.columns - 1, 0)))
  }

  /// The pixels that a dot covers along one side.
  private func span(_ dot: Int, _ pixels: Int, _ dots: Int) -> Range<Int> {
    if let patchDots {
      let (index, inside) = (dot / (patchDots + 1), dot % (patchDots + 1) - 1)
      let start = index * image.patch + inside * image.patch / patchDots
      let end = index * image.patch + (inside + 1) * image.patch / patchDots
      let first = min(start, pixels - 1)
      return first..<max(min(end, pixels), first + 1)
    }
    let start = dot * pixels / dots
    return start..<max((dot + 1) * pixels / dots, start + 1)
  }

  private func average(_ rows: Range<Int>, _ columns: Range<Int>) -> RGB {
    var (red, green, blue) = (0, 0, 0)
    for row in rows {
      for column in columns {
        let index = (row * image.width + column) * 3
        red += Int(image.pixels[index])
        green += Int(image.pixels[index + 1])
        blue += Int(image.pixels[index + 2])
      }
    }
    let count = rows.count * columns.count
    return RGB(UInt8(red / count), UInt8(green / count), UInt8(blue / count))
  }

  private static func tinted(_ color: RGB) -> RGB {
    func mix(_ channel: UInt8, _ target: Int) -> UInt8 { UInt8((Int(channel) + 2 * target) / 3) }
    return RGB(mix(color.red, 255), mix(color.green, 215), mix(color.blue, 0))
  }
}
