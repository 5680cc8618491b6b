extension Image {
  /// A colour as red, green and blue.
  public typealias Color = (red: UInt8, green: UInt8, blue: UInt8)

  /// Fills the part of a rectangle that is in the picture.
  public mutating func fill(columns: Range<Int>, rows: Range<Int>, _ color: Color) {
    for y in rows.clamped(to: 0..<height) {
      for x in columns.clamped(to: 0..<width) { self[x: x, y: y] = color }
    }
  }

  /// Draws the edges of a box, inwards from the pixels that it touches.
  public mutating func stroke(_ box: Box, thickness: Int, _ color: Color) {
    guard box.isFinite && box.isLarger() else { return }
    let inside = box.clipped(width: Float(width), height: Float(height))
    let (left, right) = (Int(inside.x0.rounded(.down)), Int(inside.x1.rounded(.up)))
    let (top, bottom) = (Int(inside.y0.rounded(.down)), Int(inside.y1.rounded(.up)))
    let across = min(thickness, max(0, right - left))
    let down = min(thickness, max(0, bottom - top))
    fill(columns: left..<right, rows: top..<top + down, color)
    fill(columns: left..<right, rows: bottom - down..<bottom, color)
    fill(columns: left..<left + across, rows: top..<bottom, color)
    fill(columns: right - across..<right, rows: top..<bottom, color)
  }

  /// Lays a colour over the pixels of a mask; `opacity` 1 hides what was there.
  public mutating func tint(_ mask: RunLengthMask, opacity: Float, _ color: Color) {
    precondition(
      mask.width == width && mask.height == height,
      "a mask of \(mask.width)x\(mask.height) on a picture of \(width)x\(height)")
    let paint = [Float(color.red), Float(color.green), Float(color.blue)]
    for (place, bit) in mask.bitmap.enumerated() where bit == 1 {
      for channel in 0..<3 {
        let old = Float(pixels[place * 3 + channel])
        pixels[place * 3 + channel] = UInt8(old + (paint[channel] - old) * opacity)
      }
    }
  }

  /// Writes text on a filled strip and keeps it inside the picture.
  ///
  /// - Parameters:
  ///   - text: what it says.
  ///   - x: where the strip begins, in pixels.
  ///   - y: where it ends, so that a label can stand on a box.
  ///   - scale: pixels for each dot of the letters.
  ///   - color: the strip's colour.
  public mutating func label(
    _ text: String, x: Int, above y: Int, scale: Int, _ color: Color
  ) {
    let step = (BitmapFont.width + 1) * scale
    let size = (width: text.count * step + scale, height: (BitmapFont.height + 2) * scale)
    let left = max(0, min(x, width - size.width))
    let top = max(0, min(y - size.height, height - size.height))
    fill(columns: left..<left + size.width, rows: top..<top + size.height, color)
    // Black or white, whichever is farther from the strip's brightness.
    let brightness = Int(color.red) * 3 + Int(color.green) * 6 + Int(color.blue)
    let ink: Color = brightness > 1280 ? (0, 0, 0) : (255, 255, 255)
    for (position, character) in text.enumerated() {
      for (dot, isSet) in BitmapFont.pixels(of: character).enumerated() where isSet {
        let column = left + scale + position * step + dot % BitmapFont.width * scale
        let row = top + scale + dot / BitmapFont.width * scale
        fill(columns: column..<column + scale, rows: row..<row + scale, ink)
      }
    }
  }

  /// The picture with masks, boxes and labels of what was found, the surest on top.
  public func drawing(_ detections: [Detection], names: ClassNames) -> Image {
    var result = tinted(detections)
    let thickness = max(1, min(width, height) / 200)
    for detection in detections.sorted(by: { $0.score < $1.score }) {
      let color = Self.color(ofClass: detection.classIndex)
      result.stroke(detection.box, thickness: thickness, color)
      let percent = Int((detection.score * 100).rounded())
      result.label(
        "\(names[detection.classIndex]) \(percent)%", x: Int(max(0, detection.box.x0)),
        above: Int(max(0, detection.box.y0)), scale: thickness, color)
    }
    return result
  }

  /// The picture with the masks of what was found, the surest on top.
  public func tinted(_ detections: [Detection]) -> Image {
    var result = self
    for detection in detections.sorted(by: { $0.score < $1.score }) {
      if let mask = detection.mask {
        result.tint(mask, opacity: 0.45, Self.color(ofClass: detection.classIndex))
      }
    }
    return result
  }

  /// A colour for each class: ten that differ, then the same again.
  public static func color(ofClass index: Int) -> Color {
    let palette: [Color] = [
      (230, 57, 70), (42, 157, 143), (244, 162, 97), (69, 123, 234), (233, 196, 106),
      (156, 89, 209), (76, 201, 240), (247, 37, 133), (128, 185, 24), (255, 255, 255),
    ]
    return palette[abs(index) % palette.count]
  }
}
