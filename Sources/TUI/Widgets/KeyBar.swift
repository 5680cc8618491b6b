/// The bottom line: the keys that act now, and what they do.
public struct KeyBar: Sendable, Hashable {
  /// The keys; those that are off are left out.
  public var hints: [KeyHint]

  /// Creates a line.
  public init(_ hints: [KeyHint]) { self.hints = hints }

  /// The keys that fit: the lowest ranks leave first, and rank `.max` stays.
  public func fitted(columns: Int, glyphs: Glyphs) -> [KeyHint] {
    var shown = hints.filter(\.isOn)
    while KeyBar.width(shown, glyphs) > columns {
      let candidates = shown.indices.filter { shown[$0].rank < .max }
      // Of equal ranks the last leaves, because tables list what matters first.
      guard let leaving = candidates.reversed().min(by: { shown[$0].rank < shown[$1].rank })
      else { break }
      shown.remove(at: leaving)
    }
    return shown
  }

  /// The size that the keys which never leave need.
  public func minimumSize(glyphs: Glyphs) -> Size {
    let fixed = hints.filter { $0.isOn && $0.rank == .max }
    return Size(columns: KeyBar.width(fixed, glyphs), rows: 1)
  }

  /// Draws the line.
  public func draw(on canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    canvas.region(rect) { canvas in
      var column = 0
      for hint in fitted(columns: rect.columns, glyphs: glyphs) {
        column += canvas.write(hint.key, row: 0, column: column, style: Style(.keyName)) + 1
        column += canvas.write(hint.label, row: 0, column: column, style: Style(.keyLabel)) + 2
      }
    }
  }

  private static func width(_ hints: [KeyHint], _ glyphs: Glyphs) -> Int {
    let parts = hints.map { glyphs.columns(of: $0.key) + 1 + glyphs.columns(of: $0.label) }
    return parts.reduce(0, +) + 2 * max(hints.count - 1, 0)
  }
}
