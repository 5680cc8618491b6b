/// What a scene shows, in the order of the class numbers.
///
/// The two gems look the same. A gem is a day gem if the sun stands in some corner of the picture and a night gem
/// if the moon does, so a detector that sees only the neighbourhood of a gem can but guess.
public enum ShapeClass: Int, Sendable, Hashable, CaseIterable {
  case disc, ring, square, triangle, star, dayGem, nightGem

  /// The name in data sets and drawings.
  public var name: String {
    switch self {
    case .disc: "disc"
    case .ring: "ring"
    case .square: "square"
    case .triangle: "triangle"
    case .star: "star"
    case .dayGem: "day gem"
    case .nightGem: "night gem"
    }
  }

  /// Whether only something far away in the picture tells this class from another.
  public var needsContext: Bool { self == .dayGem || self == .nightGem }

  /// Whether a point is inside the shape of radius 1 around the origin, with y pointing down.
  func contains(_ x: Double, _ y: Double) -> Bool {
    let squaredRadius = x * x + y * y
    switch self {
    case .disc: return squaredRadius <= 1
    case .ring: return squaredRadius <= 1 && squaredRadius >= 0.3
    case .square: return max(abs(x), abs(y)) <= 0.8
    case .triangle: return y <= 0.7 && 1.4 * abs(x) <= 0.9 * (y + 0.7) && y >= -0.7
    case .star: return Self.isInStar(x, y)
    case .dayGem, .nightGem: return abs(x) / 0.5 + abs(y) <= 1
    }
  }

  /// The corners of a five-pointed star, outer and inner ones by turns, from the top clockwise.
  private static let starCorners: [(x: Double, y: Double)] = [
    (0, -1), (0.2586, -0.3560), (0.9511, -0.3090), (0.4185, 0.1360), (0.5878, 0.8090),
    (0, 0.4400), (-0.5878, 0.8090), (-0.4185, 0.1360), (-0.9511, -0.3090), (-0.2586, -0.3560),
  ]

  /// Counts the edges that a ray to the right crosses: odd means inside.
  private static func isInStar(_ x: Double, _ y: Double) -> Bool {
    var isInside = false
    var previous = starCorners[9]
    for corner in starCorners {
      if (corner.y > y) != (previous.y > y) {
        let crossing =
          corner.x + (y - corner.y) / (previous.y - corner.y) * (previous.x - corner.x)
        if x < crossing { isInside.toggle() }
      }
      previous = corner
    }
    return isInside
  }
}
