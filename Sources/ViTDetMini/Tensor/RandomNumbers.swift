internal import Glibc

/// A reproducible source of random numbers: the same seed gives the same numbers on every machine.
///
/// Source: SplitMix64 (Steele, Lea and Flood, 2014), small enough to check by hand.
public struct RandomNumbers: RandomNumberGenerator, Sendable, Hashable {
  private var state: UInt64

  /// Creates a source.
  public init(seed: UInt64) {
    state = seed
  }

  /// Creates a source of its own for a name, so that adding one consumer does not change the numbers of another.
  public init(seed: UInt64, for name: String) {
    // FNV-1a spreads the name over 64 bits.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    var mixer = RandomNumbers(seed: seed ^ hash)
    state = mixer.next()
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }

  /// A number from 0 up to but not including 1.
  public mutating func uniform() -> Float {
    Float(next() >> 40) * 0x1p-24
  }

  /// A number from `range`.
  public mutating func uniform(in range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// A whole number below `bound`, or 0 if `bound` is not positive.
  public mutating func integer(below bound: Int) -> Int {
    guard bound > 0 else { return 0 }
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A number from the standard normal distribution, by the Box-Muller transform.
  public mutating func normal() -> Float {
    // The radius takes a number above 0, since the logarithm of 0 is infinite.
    let radius = sqrt(-2 * log(Double((next() >> 11) + 1) * 0x1p-53))
    let angle = 2 * Double.pi * Double(next() >> 11) * 0x1p-53
    return Float(radius * cos(angle))
  }

  /// A number from a normal distribution around 0, drawn again while it is farther out than `bound`.
  public mutating func truncatedNormal(standardDeviation: Float, bound: Float = 2) -> Float {
    while true {
      let value = normal() * standardDeviation
      if abs(value) <= bound { return value }
    }
  }
}
