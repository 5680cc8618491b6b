/// A drawn picture with everything known about it: shapes on a textured ground, each with its exact mask.
///
/// The sizes of the shapes spread over a factor of ten, some shapes stand in front of others, and what is painted is what
/// is annotated, pixel for pixel. In one corner stands a sun or a moon, which is no object but decides the
/// class of the gems far away from it (``ShapeClass``). The same seed and size give the same bytes on every machine.
public struct ShapesScene: Sendable {
  /// One shape.
  public struct Object: Sendable, Hashable {
    /// What it is.
    public let shape: ShapeClass
    /// Its pixels, without those that another shape hides.
    public let mask: RunLengthMask
    /// The smallest box around ``mask``.
    public let box: Box
  }

  /// What stands in the corner.
  public enum Sign: Sendable, Hashable { case sun, moon }

  /// The picture.
  public let image: Image
  /// The shapes, from the back to the front.
  public let objects: [Object]
  /// Whether it is day or night.
  public let sign: Sign
  /// Where the sun or moon stands.
  public let signBox: Box

  /// The least part of the picture's side that separates a gem from the sign.
  ///
  /// Just more than one window of the tiny preset, 6 tokens of 16 pixels in 256.
  public static let contextDistance = 0.38

  /// Draws a scene.
  ///
  /// - Parameters:
  ///   - seed: chooses the scene.
  ///   - size: the side of the square picture in pixels, at least 32.
  public init(seed: UInt64, size: Int) {
    precondition(size >= 32, "a scene needs 32 pixels a side, not \(size)")
    var random = SceneRandom(seed: seed)
    var painter = ScenePainter(size: size, random: &random)
    sign = random.pick([.sun, .moon])
    signBox = painter.drawSign(sign, random: &random)
    let gem: ShapeClass = sign == .sun ? .dayGem : .nightGem
    let others: [ShapeClass] = [.disc, .ring, .square, .triangle, .star]

    // One gem for sure, then any shapes; large ones first, so that none disappears behind another.
    let classes = [gem] + (0..<2 + random.index(5)).map { _ in random.pick(others + [gem]) }
    let plans = classes.map { shape -> (shape: ShapeClass, diameter: Double) in
      let share = 0.05 * powerOfTen(random.unit())
      return (shape, max(7, Double(size) * (shape.needsContext ? min(share * 1.5, 0.26) : share)))
    }
    for plan in plans.sorted(by: { $0.diameter > $1.diameter }) {
      painter.place(plan.shape, diameter: plan.diameter, away: signBox, random: &random)
    }
    image = painter.image
    objects = painter.objects
  }
}

/// Ten to the power of a number from 0 to 1, by a polynomial that is the same on every machine (within 1 %).
private func powerOfTen(_ exponent: Double) -> Double {
  let x = exponent * 2.302585092994046
  return 1 + x * (1 + x * (0.5 + x * (1.0 / 6 + x * (1.0 / 24 + x * (1.0 / 120 + x / 600)))))
}
