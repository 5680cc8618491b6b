import Testing

@testable import Lessons

/// The axes of drawn charts, whatever the values.
@Suite struct ChartScaleTests {
  @Test(
    arguments: [
      ([], nil), ([5], nil), ([5, 5], nil), ([0, 0], nil), ([.nan, .infinity], nil),
      ([1, 2], 3...3), ([1, 2], 0...0), ([1], -.infinity ... .infinity), ([1e300, 1e300 + 1], nil),
      ([-1e308, 1e308], nil), ([1e18, 1e18 + 4096], nil), ([1e-300, 1e308], nil), ([-3, 0], nil),
    ] as [([Double], ClosedRange<Double>?)])
  func everyAxisHasARangeAndSaneTicks(values: [Double], limits: ClosedRange<Double>?) {
    for isLogarithmic in [false, true] {
      let scale = ChartScale(values, isLogarithmic: isLogarithmic, limits: limits)
      #expect(scale.range.lowerBound < scale.range.upperBound)
      #expect(scale.ticks.count <= 9 && scale.ticks.allSatisfy { $0.isFinite })
      for value in values {
        if let share = scale.share(value) { #expect((0...1).contains(share)) }
      }
    }
  }

  @Test func ticksAreRound() {
    #expect(ChartScale([0, 100], isLogarithmic: false, limits: nil).ticks == [0, 25, 50, 75, 100])
    #expect(ChartScale([], isLogarithmic: false, limits: 2...2).ticks.first == 2)
    #expect(ChartScale([1, 8], isLogarithmic: true, limits: nil).ticks == [1, 2, 4, 8])
  }
}
