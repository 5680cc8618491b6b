internal import Glibc

/// `y ≈ a · x^slope`: on logarithmic axes a straight line.
enum PowerLaw {
  /// The slope of the straight line through the logarithms that has the least squared distance to the points.
  ///
  /// - Parameter points: Pairs of positive numbers.
  /// - Returns: The exponent; nil for fewer than two different x.
  static func slope(_ points: [(x: Double, y: Double)]) -> Double? {
    let logs = points.map { (x: log($0.x), y: log($0.y)) }
    let count = Double(logs.count)
    let meanX = logs.reduce(0) { $0 + $1.x } / count
    let meanY = logs.reduce(0) { $0 + $1.y } / count
    let spread = logs.reduce(0) { $0 + ($1.x - meanX) * ($1.x - meanX) }
    guard logs.count > 1, spread > 1e-12 else { return nil }
    return logs.reduce(0) { $0 + ($1.x - meanX) * ($1.y - meanY) } / spread
  }
}
