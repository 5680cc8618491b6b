/// Picks the candidates that take part in the loss, so that the few objects are not drowned in background.
///
/// Source: detectron2 `modeling/sampling.py`, `subsample_labels`.
public struct Sampler: Sendable, Hashable {
  /// How many candidates of a picture are taken at most.
  public let count: Int
  /// The largest part of them that are objects.
  public let positiveFraction: Double

  /// For anchors: 256, half of them objects.
  public static let proposals = Sampler(count: 256, positiveFraction: 0.5)
  /// For the box head: 512, a quarter of them objects.
  public static let boxHead = Sampler(count: 512, positiveFraction: 0.25)

  /// Creates a sampler.
  public init(count: Int, positiveFraction: Double) {
    precondition(
      count >= 0 && 0...1 ~= positiveFraction, "\(count) samples, \(positiveFraction) positive")
    self.count = count
    self.positiveFraction = positiveFraction
  }

  /// Chooses among candidates at random; missing objects are made up for by background.
  ///
  /// - Returns: ascending indices of the objects and of the background.
  public func sample(
    _ labels: [Matcher.Label], using generator: inout some RandomNumberGenerator
  ) -> (positive: [Int], negative: [Int]) {
    let positive = labels.indices.filter { labels[$0] == .positive }
    let negative = labels.indices.filter { labels[$0] == .negative }
    let positiveCount = min(positive.count, Int(Double(count) * positiveFraction))
    let negativeCount = min(negative.count, count - positiveCount)
    return (
      Self.choose(positiveCount, of: positive, using: &generator),
      Self.choose(negativeCount, of: negative, using: &generator)
    )
  }

  /// The first steps of a shuffle.
  private static func choose(
    _ count: Int, of candidates: [Int], using generator: inout some RandomNumberGenerator
  ) -> [Int] {
    if count == candidates.count { return candidates }
    var pool = candidates
    for place in 0..<count {
      pool.swapAt(place, Int.random(in: place..<pool.count, using: &generator))
    }
    return pool[..<count].sorted()
  }
}
