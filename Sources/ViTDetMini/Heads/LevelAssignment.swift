import Glibc

/// Chooses the pyramid level from which a box's features are taken: large boxes from coarse maps.
///
///     level = ⌊canonicalLevel + log₂(√area / canonicalSize)⌋, limited to the levels there are
///
/// Source: FPN (Lin et al., 2017), equation 1; detectron2 `modeling/poolers.py`, `assign_boxes_to_levels`.
public struct LevelAssignment: Sendable, Hashable {
  /// The finest and the coarsest level, as powers of two of the stride.
  public let levels: ClosedRange<Int>
  /// The side of a square that belongs to ``canonicalLevel``: the size that pictures of ImageNet have.
  public let canonicalSize: Float
  /// The level of such a square.
  public let canonicalLevel: Int

  /// Creates the rule; the defaults are the published ones.
  public init(levels: ClosedRange<Int>, canonicalSize: Float = 224, canonicalLevel: Int = 4) {
    self.levels = levels
    self.canonicalSize = canonicalSize
    self.canonicalLevel = canonicalLevel
  }

  /// The level of a box.
  public func level(of box: Box) -> Int {
    let exact = Float(canonicalLevel) + log2(sqrt(max(box.area, 0)) / canonicalSize + 1e-8)
    guard exact.isFinite else { return levels.upperBound }
    return min(max(Int(exact.rounded(.down)), levels.lowerBound), levels.upperBound)
  }
}
