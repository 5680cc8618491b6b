/// The boxes that proposals start from: a few shapes at every cell of every pyramid level.
///
/// Shape `ratio` of size `s` has area `s²` and height over width `ratio`. With offset 0 the anchors of cell (row, column)
/// are centred on the cell's top left corner, (column · stride, row · stride).
///
/// Source: detectron2 `modeling/anchor_generator.py`, `DefaultAnchorGenerator`.
public struct AnchorGenerator: Sendable, Hashable {
  /// For each level the sizes in pixels.
  public let sizes: [[Float]]
  /// Height over width, the same for all levels.
  public let ratios: [Float]
  /// For each level the pixels between two cells.
  public let strides: [Int]
  /// Where in a cell the anchors stand, as a part of the stride.
  public let offset: Float

  /// Creates a generator; `sizes` and `strides` have one entry a level.
  public init(sizes: [[Float]], ratios: [Float], strides: [Int], offset: Float) {
    precondition(
      sizes.count == strides.count, "\(sizes.count) lists of sizes for \(strides.count) levels")
    self.sizes = sizes
    self.ratios = ratios
    self.strides = strides
    self.offset = offset
  }

  /// The shapes at one cell of a level, around the origin: for each size, each ratio.
  public func shapes(level: Int) -> [Box] {
    sizes[level].flatMap { size in
      ratios.map { ratio in
        let width = (Double(size) * Double(size) / Double(ratio)).squareRoot()
        let height = Double(ratio) * width
        return Box(
          Float(-width / 2), Float(-height / 2), Float(width / 2), Float(height / 2))
      }
    }
  }

  /// The anchors of a level on a grid, ordered by row, column and shape; many reach out of the picture.
  public func anchors(level: Int, rows: Int, columns: Int) -> [Box] {
    let shapes = shapes(level: level)
    let stride = Float(strides[level])
    var anchors: [Box] = []
    anchors.reserveCapacity(rows * columns * shapes.count)
    for row in 0..<rows {
      let y = (Float(row) + offset) * stride
      for column in 0..<columns {
        let x = (Float(column) + offset) * stride
        for shape in shapes {
          anchors.append(Box(x + shape.x0, y + shape.y0, x + shape.x1, y + shape.y1))
        }
      }
    }
    return anchors
  }
}
