/// A mask as run lengths, the form in which COCO stores and compares masks.
///
/// Pixels are walked column by column, top to bottom and then left to right. Runs outside and inside the mask
/// take turns, and the first one is outside; it is 0 long if the first pixel is inside.
///
/// Source: pycocotools, `common/maskApi.c`.
public struct RunLengthMask: Sendable, Hashable {
  /// Pixels in a row of the picture.
  public let width: Int
  /// Rows of the picture.
  public let height: Int
  /// The lengths of the runs, outside first; their sum is `width * height`.
  public let counts: [Int]

  /// Creates a mask from runs that are known to fill the picture.
  public init(width: Int, height: Int, counts: [Int]) {
    precondition(
      width >= 0 && height >= 0 && counts.allSatisfy { $0 >= 0 }
        && counts.reduce(0, +) == width * height,
      "runs of \(counts.reduce(0, +)) pixels for a mask of \(width)x\(height)")
    self.width = width
    self.height = height
    self.counts = counts
  }

  /// Creates a mask by asking for pixels whether they are inside.
  ///
  /// - Parameters:
  ///   - width: the mask's width in pixels.
  ///   - height: the mask's height in pixels.
  ///   - columns: where pixels can be inside; everywhere if left out.
  ///   - rows: likewise. Only pixels of these columns and rows are asked for.
  ///   - contains: whether a pixel is inside.
  public init(
    width: Int, height: Int, columns: Range<Int>? = nil, rows: Range<Int>? = nil,
    contains: (_ x: Int, _ y: Int) -> Bool
  ) {
    let columns = columns ?? 0..<width
    let rows = rows ?? 0..<height
    precondition(
      columns.clamped(to: 0..<width) == columns && rows.clamped(to: 0..<height) == rows,
      "columns \(columns) and rows \(rows) of a mask of \(width)x\(height)")
    var counts: [Int] = []
    var (isInside, start) = (false, 0)
    func turn(_ inside: Bool, at position: Int) {
      guard inside != isInside else { return }
      counts.append(position - start)
      (isInside, start) = (inside, position)
    }
    for x in columns {
      // What is above and below the rows is outside.
      if rows.lowerBound > 0 { turn(false, at: x * height) }
      for y in rows { turn(contains(x, y), at: x * height + y) }
      if rows.upperBound < height { turn(false, at: x * height + rows.upperBound) }
    }
    turn(false, at: min(columns.upperBound, width) * height)
    let rest = width * height - start
    if rest > 0 || counts.isEmpty { counts.append(rest) }
    self.init(width: width, height: height, counts: counts)
  }

  /// The number of pixels inside.
  public var area: Int {
    stride(from: 1, to: counts.count, by: 2).reduce(0) { $0 + counts[$1] }
  }

  /// Row by row, 1 for each pixel inside and 0 for the others.
  public var bitmap: [UInt8] {
    var bits = [UInt8](repeating: 0, count: width * height)
    var position = 0
    for (index, count) in counts.enumerated() {
      if index % 2 == 1 {
        for place in position..<position + count {
          bits[place % height * width + place / height] = 1
        }
      }
      position += count
    }
    return bits
  }

  /// The smallest box around the pixels inside; (0, 0, 0, 0) for an empty mask.
  public var bounds: Box {
    var (left, top, right, bottom) = (width, height, 0, 0)
    var position = 0
    for (index, count) in counts.enumerated() {
      if index % 2 == 1 && count > 0 {
        let last = position + count - 1
        left = min(left, position / height)
        right = max(right, last / height + 1)
        // A run over a column's end covers the rows from the top to the bottom.
        let isOneColumn = position / height == last / height
        top = isOneColumn ? min(top, position % height) : 0
        bottom = isOneColumn ? max(bottom, last % height + 1) : height
      }
      position += count
    }
    return right == 0 ? Box(0, 0, 0, 0) : Box(Float(left), Float(top), Float(right), Float(bottom))
  }
}
