/// The dice of a scene: every draw is spelled out, so that the same seed gives the same picture for ever.
struct SceneRandom {
  private var bits: RandomNumbers

  init(seed: UInt64) { bits = RandomNumbers(seed: seed) }

  /// A number from 0 up to, not including, 1.
  mutating func unit() -> Double { Double(bits.next() >> 11) * 0x1p-53 }

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
