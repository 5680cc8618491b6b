extension RunLengthMask {
  /// The farthest that a corner may lie from the origin; beyond it a polygon is damage, not a drawing.
  static let farthestCorner = 65_536.0

  /// Creates the union of polygons, each a list x, y, x, y … of at least three corners in pixels.
  public init(polygons: [[Double]], width: Int, height: Int) {
    let parts = polygons.map { RunLengthMask(polygon: $0, width: width, height: height) }
    self =
      RunLengthMask.union(parts) ?? RunLengthMask(width: width, height: height) { _, _ in false }
  }

  /// Creates the mask of one polygon, pixel for pixel as COCO's own tools fill it.
  ///
  /// The outline is drawn five times as large in whole steps. Where it steps from one column into the next and that is at a
  /// pixel's centre line, it crosses the column, and each crossing turns inside into outside below it.
  ///
  /// Source: pycocotools, `common/maskApi.c`, `rleFrPoly`.
  public init(polygon: [Double], width: Int, height: Int) {
    precondition(
      polygon.count >= 6 && polygon.count % 2 == 0
        && polygon.allSatisfy { abs($0) <= Self.farthestCorner },
      "a polygon of \(polygon.count) numbers, or too far away")
    var crossings: [Int] = []
    var previous: (x: Int, y: Int)?
    Self.outline(of: polygon) { point in
      defer { previous = point }
      guard let last = previous, last.x != point.x else { return }
      let column = (Double(min(point.x, last.x)) + 0.5) / Self.scale - 0.5
      guard column.rounded(.down) == column, 0...Double(width - 1) ~= column else { return }
      let row = (Double(min(point.y, last.y)) + 0.5) / Self.scale - 0.5
      crossings.append(Int(column) * height + Int(min(max(row, 0), Double(height)).rounded(.up)))
    }
    crossings.sort()
    crossings.append(width * height)

    // Two crossings at one place cancel each other.
    var counts: [Int] = []
    var (start, index) = (0, 0)
    while index < crossings.count {
      let run = crossings[index] - start
      start = crossings[index]
      if run > 0 || counts.isEmpty {
        counts.append(run)
      } else {
        index += 1
        if index < crossings.count {
          counts[counts.count - 1] += crossings[index] - start
          start = crossings[index]
        }
      }
      index += 1
    }
    self.init(width: width, height: height, counts: counts)
  }

  /// Steps of the outline in one pixel.
  private static let scale = 5.0

  /// Visits the points of the enlarged outline, edge by edge, corners twice.
  private static func outline(
    of polygon: [Double], _ visit: ((x: Int, y: Int)) -> Void
  ) {
    let corners = stride(from: 0, to: polygon.count, by: 2).map {
      (x: Int(scale * polygon[$0] + 0.5), y: Int(scale * polygon[$0 + 1] + 0.5))
    }
    for (index, corner) in corners.enumerated() {
      let next = corners[(index + 1) % corners.count]
      let (dx, dy) = (abs(next.x - corner.x), abs(next.y - corner.y))
      if dx == 0 && dy == 0 {
        visit(corner)
        continue
      }
      // Rounding depends on the direction, so every edge is walked from its lower end and then turned round.
      let isFlat = dx >= dy
      let isTurned = isFlat ? corner.x > next.x : corner.y > next.y
      let (from, to) = isTurned ? (next, corner) : (corner, next)
      let slope = isFlat ? Double(to.y - from.y) / Double(dx) : Double(to.x - from.x) / Double(dy)
      for step in 0...max(dx, dy) {
        let along = isTurned ? max(dx, dy) - step : step
        visit(
          isFlat
            ? (from.x + along, Int(Double(from.y) + slope * Double(along) + 0.5))
            : (Int(Double(from.x) + slope * Double(along) + 0.5), from.y + along))
      }
    }
  }
}
