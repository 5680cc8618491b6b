/// Decides which ground-truth box each candidate is compared with, and whether it counts as right or wrong.
///
/// Source: Faster R-CNN (Ren et al., 2015), section 3.1.2; detectron2 `modeling/matcher.py`.
public struct Matcher: Sendable, Hashable {
  /// What a candidate counts as.
  public enum Label: Int, Sendable, Hashable {
    /// Too near to call: takes no part in the loss.
    case ignored = -1
    /// Background.
    case negative = 0
    /// An object.
    case positive = 1
  }

  /// For each candidate the ground-truth box of highest IoU, and what the candidate counts as.
  public struct Result: Sendable, Hashable {
    /// Indices of ground-truth boxes; 0 where there is none at all.
    public var matches: [Int]
    /// One label a candidate.
    public var labels: [Label]
  }

  /// Below this IoU a candidate is background.
  public let low: Float
  /// From this IoU on a candidate is an object; between the two it is ignored.
  public let high: Float
  /// Whether the best candidates of each ground-truth box count as objects however low their IoU is, so that no object
  /// goes without.
  public let takesLowQuality: Bool

  /// For anchors: 0.3 and 0.7, with low-quality matches.
  public static let proposals = Matcher(low: 0.3, high: 0.7, takesLowQuality: true)
  /// For the box head: 0.5, without.
  public static let boxHead = Matcher(low: 0.5, high: 0.5, takesLowQuality: false)

  /// Creates a matcher.
  public init(low: Float, high: Float, takesLowQuality: Bool) {
    precondition(low <= high, "the lower threshold \(low) is above \(high)")
    self.low = low
    self.high = high
    self.takesLowQuality = takesLowQuality
  }

  /// Matches candidates with ground-truth boxes by IoU.
  public func match(_ candidates: [Box], with truths: [Box]) -> Result {
    match(
      qualities: truths.flatMap { truth in candidates.map { truth.iou($0) } },
      truths: truths.count, candidates: candidates.count)
  }

  /// Matches by given qualities, `[truths, candidates]` row by row.
  ///
  /// A low-quality candidate keeps the index of its own best truth, even if it was lifted for another.
  public func match(qualities: [Float], truths: Int, candidates: Int) -> Result {
    precondition(
      qualities.count == truths * candidates, "\(qualities.count) for [\(truths), \(candidates)]")
    var best = [Float](repeating: 0, count: candidates)
    var matches = [Int](repeating: 0, count: candidates)
    for truth in 0..<truths {
      for candidate in 0..<candidates {
        let quality = qualities[truth * candidates + candidate]
        if truth == 0 || quality > best[candidate] {
          (best[candidate], matches[candidate]) = (quality, truth)
        }
      }
    }
    var labels: [Label] = best.map { $0 >= high ? .positive : $0 < low ? .negative : .ignored }
    if truths == 0 { labels = labels.map { _ in .negative } }
    if takesLowQuality && candidates > 0 {
      for truth in 0..<truths {
        let row = qualities[truth * candidates..<(truth + 1) * candidates]
        let highest = row.max() ?? 0
        for (candidate, quality) in row.enumerated() where quality == highest {
          labels[candidate] = .positive
        }
      }
    }
    return Result(matches: matches, labels: labels)
  }
}
