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
  public static func keep(
    _ boxes: [Box], scores: [Float], groups: [Int], threshold: Double
  ) -> [Int] {
    precondition(
      boxes.count == scores.count && boxes.count == groups.count,
      "\(boxes.count) boxes, \(scores.count) scores, \(groups.count) groups")
    var kept: [Int] = []
    var keptInGroup: [Int: [Box]] = [:]
    for index in scores.orderDescending {
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
  public var orderDescending: [Int] {
    indices.sorted { self[$0] != self[$1] ? self[$0] > self[$1] : $0 < $1 }
  }
}
