/// Keeps the best of several boxes around the same thing.
///
/// Source: torchvision `ops/boxes.py`, `nms` and `batched_nms`.
public enum NonMaximumSuppression {
  /// Goes through the boxes from the highest score down, and drops each that overlaps a kept one by more than
  /// `threshold`.
  ///
  /// - Returns: indices of the kept boxes, best first; equal scores keep their order.
  public static func keep(_ boxes: [Box], scores: [Float], threshold: Double) -> [Int] {
    keep(
      boxes, scores: scores, groups: [Int](repeating: 0, count: boxes.count), threshold: threshold)
  }

  /// The same within each group: boxes of different classes or levels never drop each other.
  ///
  /// - Parameters:
  ///   - boxes: The boxes.
  ///   - scores: Their scores.
  ///   - groups: Their groups.
  ///   - threshold: The IoU above which the worse of two boxes is dropped.
  ///   - most: How many are wanted; once they are found, the rest is not looked at.
  /// - Returns: indices of the kept boxes, best first; equal scores keep their order.
  public static func keep(
    _ boxes: [Box], scores: [Float], groups: [Int], threshold: Double, most: Int = .max
  ) -> [Int] {
    precondition(
      boxes.count == scores.count && boxes.count == groups.count,
      "\(boxes.count) boxes, \(scores.count) scores, \(groups.count) groups")
    var kept: [Int] = []
    var keptInGroup: [Int: [Box]] = [:]
    for index in scores.orderDescending {
      if kept.count == most { break }
      let box = boxes[index]
      let rivals = keptInGroup[groups[index], default: []]
      if rivals.contains(where: { Double($0.iou(box)) > threshold }) { continue }
      keptInGroup[groups[index], default: []].append(box)
      kept.append(index)
    }
    return kept
  }
}

extension [Float] {
  /// Indices from the largest element down; equal elements keep their order.
  public var orderDescending: [Int] { descending(Array<Int>(indices)) }

  /// The first `most` of ``orderDescending``.
  ///
  /// Once that many are known, only what is larger than the least of them can still be among the first, so few
  /// of many elements are ever sorted.
  ///
  /// - Parameter most: How many are wanted.
  /// - Returns: As many indices, or all if there are fewer elements.
  public func orderDescending(most: Int) -> [Int] {
    guard most > 0 else { return [] }
    var best: [Int] = []
    var least = -Float.infinity
    var isFull = false
    for (index, value) in enumerated() where !isFull || value > least {
      best.append(index)
      guard best.count == 2 * most else { continue }
      best = Array<Int>(descending(best).prefix(most))
      isFull = true
      least = self[best[most - 1]]
    }
    return Array<Int>(descending(best).prefix(most))
  }

  private func descending(_ indices: [Int]) -> [Int] {
    indices.sorted { self[$0] != self[$1] ? self[$0] > self[$1] : $0 < $1 }
  }
}
