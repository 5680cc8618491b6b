import Testing

@testable import ViTDetMini

@Suite struct SamplerTests {
  /// A generator that counts, for repeatable draws.
  private struct Counter: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state
    }
  }

  private let labels: [Matcher.Label] =
    (0..<100).map { $0 % 5 == 0 ? .positive : $0 % 5 == 1 ? .ignored : .negative }

  @Test func takesAtMostTheAskedParts() {
    var generator = Counter(state: 1)
    let sampler = Sampler(count: 16, positiveFraction: 0.25)
    let sample = sampler.sample(labels, using: &generator)
    #expect(sample.positive.count == 4 && sample.negative.count == 12)
    #expect(Set(sample.positive).count == 4 && Set(sample.negative).count == 12)
    #expect(sample.positive.allSatisfy { labels[$0] == .positive })
    #expect(sample.negative.allSatisfy { labels[$0] == .negative })
  }

  @Test func backgroundFillsUpForMissingObjects() {
    var generator = Counter(state: 1)
    let sample = Sampler(count: 60, positiveFraction: 0.5).sample(labels, using: &generator)
    #expect(sample.positive.count == 20 && sample.negative.count == 40)
  }

  @Test func takesAllIfAllFit() {
    var generator = Counter(state: 1)
    let sample = Sampler(count: 500, positiveFraction: 0.5).sample(labels, using: &generator)
    #expect(sample.positive.count == 20 && sample.negative.count == 60)
    #expect(Sampler.boxHead.sample([], using: &generator) == ([], []))
  }

  @Test func theSameGeneratorChoosesTheSame() {
    var (first, second, other) = (Counter(state: 3), Counter(state: 3), Counter(state: 4))
    let sampler = Sampler(count: 16, positiveFraction: 0.5)
    let expected = sampler.sample(labels, using: &first)
    #expect(sampler.sample(labels, using: &second) == expected)
    #expect(sampler.sample(labels, using: &other) != expected)
  }

  @Test func everyCandidateIsChosenAboutEquallyOften() {
    var generator = Counter(state: 9)
    var times = [Int](repeating: 0, count: 100)
    for _ in 0..<2000 {
      for index in Sampler(count: 20, positiveFraction: 0).sample(labels, using: &generator)
        .negative
      {
        times[index] += 1
      }
    }
    let counts = labels.indices.filter { labels[$0] == .negative }.map { times[$0] }
    // 2000 draws of 20 among 60: 667 each, deviation 21.
    #expect(counts.allSatisfy { 560...780 ~= $0 }, "\(counts)")
  }
}
