/// A pattern over the plane with values from -1 to 1, made of arithmetic that is the same on every machine.
struct SceneTexture {
  private enum Pattern { case bands, checks, clouds, dots }

  private let pattern: Pattern
  private let period: Double
  private let cosine: Double
  private let sine: Double
  private let phase: Double
  private let lattice: [Double]
  private static let latticeSide = 16

  /// Draws a pattern whose features are about `period` pixels apart.
  init(_ random: inout SceneRandom, period: Double) {
    pattern = random.pick([.bands, .checks, .clouds, .dots])
    self.period = max(2, period)
    (cosine, sine) = random.turn()
    phase = random.unit() * 64
    lattice = (0..<Self.latticeSide * Self.latticeSide).map { _ in random.number(-1...1) }
  }

  func value(_ x: Double, _ y: Double) -> Double {
    let u = (x * cosine - y * sine) / period + phase
    let v = (x * sine + y * cosine) / period + phase
    switch pattern {
    case .bands: return Self.wave(u)
    case .checks: return Self.wave(u) * Self.wave(v) > 0 ? 0.7 : -0.7
    case .clouds: return 0.7 * cloud(u, v) + 0.3 * cloud(2 * u, 2 * v)
    case .dots:
      let (a, b) = (Self.wave(u), Self.wave(v))
      return a * a + b * b < 0.3 ? 0.9 : -0.4
    }
  }

  /// A triangle wave of period 2 between -1 and 1, zero at the whole numbers.
  private static func wave(_ position: Double) -> Double {
    let fraction = (position + 0.5) / 2 - wholePart((position + 0.5) / 2)
    return 1 - 4 * abs(fraction - 0.5)
  }

  /// Random numbers on a lattice, smoothed in between.
  private func cloud(_ u: Double, _ v: Double) -> Double {
    let (left, top) = (wholePart(u), wholePart(v))
    let (column, row) = (Int(left), Int(top))
    func node(_ x: Int, _ y: Int) -> Double {
      let side = Self.latticeSide
      return lattice[((y % side) + side) % side * side + ((x % side) + side) % side]
    }
    let (a, b) = (u - left, v - top)
    let (wa, wb) = (a * a * (3 - 2 * a), b * b * (3 - 2 * b))
    let upper = node(column, row) * (1 - wa) + node(column + 1, row) * wa
    let lower = node(column, row + 1) * (1 - wa) + node(column + 1, row + 1) * wa
    return upper * (1 - wb) + lower * wb
  }
}

/// What `rounded(.down)` gives for numbers that an `Int` can hold, without the call that it is on older processors.
private func wholePart(_ x: Double) -> Double {
  let towardsZero = Double(Int(x))
  return x < towardsZero ? towardsZero - 1 : towardsZero
}
