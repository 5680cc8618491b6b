/// The dice of a scene: every draw is spelled out, so that the same seed gives the same picture for ever.
///
/// Source: SplitMix64 (Steele, Lea and Flood, 2014).
struct SceneRandom {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from 0 up to, not including, 1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number of the range, evenly.
  mutating func number(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * unit()
  }

  /// A whole number from 0 up to, not including, `count`.
  mutating func index(_ count: Int) -> Int { min(count - 1, Int(unit() * Double(count))) }

  /// One of the elements.
  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[index(elements.count)] }

  /// The elements in a random order.
  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var result = elements
    for last in stride(from: result.count - 1, to: 0, by: -1) {
      result.swapAt(last, index(last + 1))
    }
    return result
  }

  /// A turn by up to about 53 degrees either way, as cosine and sine.
  ///
  /// Made from a fraction instead of an angle, because the sine of two C libraries may differ in the last bit
  /// and then move a pixel.
  mutating func turn() -> (cosine: Double, sine: Double) {
    let half = number(-0.5...0.5)
    return ((1 - half * half) / (1 + half * half), 2 * half / (1 + half * half))
  }
}
