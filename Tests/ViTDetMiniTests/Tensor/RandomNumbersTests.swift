import Testing

@testable import ViTDetMini

@Suite struct RandomNumbersTests {
  @Test func theFirstNumbersAreThePublishedOnes() {
    // The reference implementation in C with seed 1234567.
    var random = RandomNumbers(seed: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
  }

  @Test func namesHaveNumbersOfTheirOwn() {
    var (first, again) = (RandomNumbers(seed: 1, for: "a"), RandomNumbers(seed: 1, for: "a"))
    var (other, seed) = (RandomNumbers(seed: 1, for: "b"), RandomNumbers(seed: 2, for: "a"))
    let number = first.next()
    #expect(number == again.next() && number != other.next() && number != seed.next())
  }

  @Test func normalNumbersHaveTheirMeanAndDeviation() {
    var random = RandomNumbers(seed: 3)
    let values = (0..<20_000).map { _ in Double(random.normal()) }
    let mean = values.reduce(0, +) / 20_000
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 20_000
    #expect(abs(mean) < 0.02 && abs(variance - 1) < 0.03)
  }

  @Test func truncatedNumbersStayInside() {
    var random = RandomNumbers(seed: 4)
    let values = (0..<2_000).map { _ in random.truncatedNormal(standardDeviation: 1, bound: 1.5) }
    #expect(values.allSatisfy { abs($0) <= 1.5 } && values.contains { abs($0) > 1.4 })
  }

  @Test func uniformNumbersFillTheirRange() {
    var random = RandomNumbers(seed: 5)
    let values = (0..<2_000).map { _ in random.uniform(in: -2...3) }
    #expect(values.allSatisfy { (-2...3).contains($0) })
    #expect(values.contains { $0 < -1.9 } && values.contains { $0 > 2.9 })
    let whole = (0..<200).map { _ in random.integer(below: 5) }
    #expect(Set(whole) == [0, 1, 2, 3, 4])
    #expect(random.integer(below: 0) == 0)
  }
}
