/// A mask of a few cells, stretched over its box in the picture.
///
/// Pixel centres are mapped into the box and the cells are sampled bilinearly, with nothing outside; so a box at half a
/// pixel moves the mask by half a pixel.
///
/// Source: detectron2 `layers/mask_ops.py`, `paste_masks_in_image`.
public struct PastedMask: Sendable, Hashable {
  /// The pixels that can be non-zero.
  public let columns: Range<Int>
  /// Their rows.
  public let rows: Range<Int>
  /// The probabilities of those pixels, row by row.
  public let probabilities: [Float]

  /// Stretches `cells`, a square of `side` times `side` probabilities row by row, over a box of a picture.
  public init(cells: [Float], side: Int, box: Box, width: Int, height: Int) {
    precondition(cells.count == side * side, "\(cells.count) cells for \(side)x\(side)")
    guard box.isFinite && box.isLarger() else {
      self.init(columns: 0..<0, rows: 0..<0, probabilities: [])
      return
    }
    let columns = Self.pixels(from: box.x0, to: box.x1, limit: width)
    let rows = Self.pixels(from: box.y0, to: box.y1, limit: height)
    let across = columns.map { Self.sample(Float($0), box.x0, box.x1, side) }
    var probabilities: [Float] = []
    probabilities.reserveCapacity(columns.count * rows.count)
    for row in rows {
      let down = Self.sample(Float(row), box.y0, box.y1, side)
      for place in across {
        var sum: Float = 0
        for (cellRow, rowWeight) in [(down.first, 1 - down.rest), (down.first + 1, down.rest)]
        where 0..<side ~= cellRow {
          for (column, weight) in [(place.first, 1 - place.rest), (place.first + 1, place.rest)]
          where 0..<side ~= column {
            sum += cells[cellRow * side + column] * weight * rowWeight
          }
        }
        probabilities.append(sum)
      }
    }
    self.init(columns: columns, rows: rows, probabilities: probabilities)
  }

  private init(columns: Range<Int>, rows: Range<Int>, probabilities: [Float]) {
    self.columns = columns
    self.rows = rows
    self.probabilities = probabilities
  }

  /// The probability of one pixel of the picture.
  public func probability(x: Int, y: Int) -> Float {
    guard columns ~= x && rows ~= y else { return 0 }
    return probabilities[(y - rows.lowerBound) * columns.count + x - columns.lowerBound]
  }

  /// The pixels of at least that probability.
  public func mask(width: Int, height: Int, threshold: Float = 0.5) -> RunLengthMask {
    RunLengthMask(width: width, height: height, columns: columns, rows: rows) { x, y in
      probability(x: x, y: y) >= threshold
    }
  }

  /// The pixels that touch the box, and one more on either side.
  private static func pixels(from start: Float, to end: Float, limit: Int) -> Range<Int> {
    let first = min(max(start.rounded(.down) - 1, 0), Float(limit))
    let last = min(max(end.rounded(.up) + 1, first), Float(limit))
    return Int(first)..<Int(last)
  }

  /// The cell left of (or above) a pixel's centre, and the weight of the next one.
  private static func sample(
    _ pixel: Float, _ start: Float, _ end: Float, _ side: Int
  ) -> (first: Int, rest: Float) {
    // From -1 at the box's start to 1 at its end, and from there to cells: the reference's two steps.
    let relative = (pixel + 0.5 - start) / (end - start) * 2 - 1
    let cell = ((relative + 1) * Float(side) - 1) / 2
    // A box thinner than the step between floats sends pixels far away; two cells away is nothing already.
    let limited = min(max(cell, -2), Float(side) + 1)
    let first = limited.rounded(.down)
    return (Int(first), limited - first)
  }
}
