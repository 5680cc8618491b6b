/// How much is done, as a bar in brackets.
public struct Gauge: Sendable, Hashable {
  /// The share that is done, 0…1.
  public var share: Double

  /// Creates a bar of a share; what is outside 0…1 counts as the nearest.
  public init(share: Double) {
    self.share = share.isFinite ? min(max(share, 0), 1) : 0
  }

  /// Creates a bar of `done` out of `total`.
  public init(done: Int, total: Int) {
    self.init(share: total > 0 ? Double(done) / Double(total) : 0)
  }

  /// The smallest bar that says anything.
  public func minimumSize(glyphs: Glyphs) -> Size { Size(columns: 4, rows: 1) }

  /// Draws the bar as wide as the rectangle.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    guard rect.columns >= 3, rect.rows >= 1 else { return }
    let glyphs = canvas.glyphs
    let room = rect.columns - 2
    // A bar is full only when all is done, and shows something once anything is.
    var filled = Int(share * Double(room))
    if share > 0, filled == 0 { filled = 1 }
    canvas.region(rect) { canvas in
      canvas.put("[", row: 0, column: 0, style: Style(.barTrack))
      canvas.put("]", row: 0, column: room + 1, style: Style(.barTrack))
      for place in 0..<room {
        let isHead = place == filled - 1 && share < 1
        let fill = isHead ? glyphs.barHead : glyphs.barFull
        canvas.put(
          place < filled ? fill : glyphs.barEmpty, row: 0, column: place + 1,
          style: Style(place < filled ? .barFill : .barTrack))
      }
    }
  }
}
