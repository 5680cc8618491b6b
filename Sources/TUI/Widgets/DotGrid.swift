internal import Glibc

/// Dots finer than characters: eight of them in a braille character, one in ASCII.
struct DotGrid {
  /// How many dots a character has.
  struct Density {
    var across: Int
    var down: Int
  }

  let width: Int
  let height: Int
  private let density: Density
  private var dots: Set<GridPosition> = []

  init(size: Size, density: Density) {
    self.density = density
    width = size.columns * density.across
    height = size.rows * density.down
  }

  /// Sets the dots of a straight line.
  mutating func line(from start: GridPosition, to end: GridPosition) {
    let steps = max(abs(end.row - start.row), abs(end.column - start.column), 1)
    for step in 0...steps {
      let row = start.row + (end.row - start.row) * step / steps
      let column = start.column + (end.column - start.column) * step / steps
      dots.insert(GridPosition(row: row, column: column))
    }
  }

  /// Draws the characters that have dots.
  func draw(on canvas: inout Canvas, style: Style) {
    var patterns: [GridPosition: UInt32] = [:]
    for dot in dots {
      let place = GridPosition(row: dot.row / density.down, column: dot.column / density.across)
      let bit = DotGrid.brailleBits[dot.row % density.down][dot.column % density.across]
      patterns[place, default: 0] |= bit
    }
    for (place, pattern) in patterns {
      let braille = Unicode.Scalar(0x2800 + pattern).map(Character.init) ?? "."
      canvas.put(
        density.across == 1 ? "." : braille, row: place.row, column: place.column, style: style)
    }
  }

  /// The bits of U+2800's block, by row and column of the dot.
  private static let brailleBits: [[UInt32]] = [[1, 8], [2, 16], [4, 32], [64, 128]]
}

/// The logarithm to base 2.
func logarithm2(_ value: Double) -> Double { log2(value) }

/// The power of 2.
func exponential2(_ value: Double) -> Double { exp2(value) }
