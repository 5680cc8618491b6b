import Glibc

/// The way from one box to another as four numbers that a network can predict.
///
/// The first two move the centre, measured in sides of the source; the last two are logarithms of the
/// growth. So the same numbers mean the same change for a small and a large box.
public struct BoxDelta: Sendable, Hashable {
  /// Shift of the centre to the right.
  public var dx: Float
  /// Shift of the centre downwards.
  public var dy: Float
  /// Growth of the width.
  public var dw: Float
  /// Growth of the height.
  public var dh: Float

  /// Creates a change from its four numbers.
  public init(_ dx: Float, _ dy: Float, _ dw: Float, _ dh: Float) {
    self.dx = dx
    self.dy = dy
    self.dw = dw
    self.dh = dh
  }
}

/// Turns pairs of boxes into ``BoxDelta`` and back.
///
///     dx = weightX (centreX(target) − centreX(source)) / width(source)
///     dw = weightW ln(width(target) / width(source))
///
/// Source: R-CNN (Girshick et al., 2014), appendix C; detectron2 `modeling/box_regression.py`.
public struct BoxCoder: Sendable, Hashable {
  /// The factor of each number, which brings predictions to similar sizes.
  public let weights: BoxDelta
  /// The largest growth that is believed: from 16 to 1000 pixels.
  ///
  /// Without it one wild prediction overflows the exponential.
  public static let growthLimit: Float = 4.135166556742356  // ln(1000 / 16)

  /// For anchors: no factors.
  public static let proposals = BoxCoder(weights: BoxDelta(1, 1, 1, 1))
  /// For the box head.
  public static let boxHead = BoxCoder(weights: BoxDelta(10, 10, 5, 5))

  /// Creates a coder with the factors of dx, dy, dw and dh.
  public init(weights: BoxDelta) { self.weights = weights }

  /// The change that leads from `source` to `target`; both must have an area.
  public func encode(from source: Box, to target: Box) -> BoxDelta {
    precondition(source.isLarger() && target.isLarger(), "boxes without area: \(source), \(target)")
    return BoxDelta(
      weights.dx * (target.centerX - source.centerX) / source.width,
      weights.dy * (target.centerY - source.centerY) / source.height,
      weights.dw * log(target.width / source.width),
      weights.dh * log(target.height / source.height))
  }

  /// The box that the change leads to.
  public func decode(_ delta: BoxDelta, from source: Box) -> Box {
    let centerX = delta.dx / weights.dx * source.width + source.centerX
    let centerY = delta.dy / weights.dy * source.height + source.centerY
    let width = exp(min(delta.dw / weights.dw, Self.growthLimit)) * source.width
    let height = exp(min(delta.dh / weights.dh, Self.growthLimit)) * source.height
    return Box(
      centerX - 0.5 * width, centerY - 0.5 * height, centerX + 0.5 * width, centerY + 0.5 * height)
  }
}

extension Box {
  /// The middle between left and right edge.
  public var centerX: Float { x0 + 0.5 * width }
  /// The middle between top and bottom edge.
  public var centerY: Float { y0 + 0.5 * height }
}
