/// A rectangle along the axes, in continuous pixel coordinates.
///
/// A pixel covers one unit and its centre is at +0.5, so the box of the top left pixel is (0, 0, 1, 1) and its
/// width is `x1 - x0`, with no pixel added.
public struct Box: Sendable, Hashable {
  /// The left edge.
  public var x0: Float
  /// The top edge.
  public var y0: Float
  /// The right edge.
  public var x1: Float
  /// The bottom edge.
  public var y1: Float

  /// Creates a box from its edges.
  public init(_ x0: Float, _ y0: Float, _ x1: Float, _ y1: Float) {
    self.x0 = x0
    self.y0 = y0
    self.x1 = x1
    self.y1 = y1
  }

  /// The distance between left and right edge; negative for a box that is turned inside out.
  public var width: Float { x1 - x0 }
  /// The distance between top and bottom edge.
  public var height: Float { y1 - y0 }
  /// Width times height.
  public var area: Float { width * height }
  /// Whether both sides are longer than `side`; a NaN is not.
  public func isLarger(than side: Float = 0) -> Bool { width > side && height > side }
  /// Whether all four edges are finite numbers.
  public var isFinite: Bool { x0.isFinite && y0.isFinite && x1.isFinite && y1.isFinite }

  /// The part inside a picture of that size.
  public func clipped(width: Float, height: Float) -> Box {
    Box(
      min(max(x0, 0), width), min(max(y0, 0), height),
      min(max(x1, 0), width), min(max(y1, 0), height))
  }

  /// The box in a picture that is larger by these factors.
  public func scaled(x: Float, y: Float) -> Box { Box(x0 * x, y0 * y, x1 * x, y1 * y) }

  /// The area that both boxes cover.
  public func intersection(with other: Box) -> Float {
    let width = min(x1, other.x1) - max(x0, other.x0)
    let height = min(y1, other.y1) - max(y0, other.y0)
    return max(width, 0) * max(height, 0)
  }

  /// Intersection over union: 0 for boxes apart, 1 for equal ones.
  public func iou(_ other: Box) -> Float {
    let shared = intersection(with: other)
    return shared > 0 ? shared / (area + other.area - shared) : 0
  }
}
