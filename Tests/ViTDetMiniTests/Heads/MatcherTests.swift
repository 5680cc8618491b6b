import Testing

@testable import ViTDetMini

@Suite struct MatcherTests {
  @Test(arguments: [("matcher.0", Matcher.proposals), ("matcher.1", Matcher.boxHead)])
  func agreesWithTheReference(name: String, matcher: Matcher) throws {
    let cases = try OperationCases()
    let quality = try cases.values("\(name).in.quality")
    let result = matcher.match(
      qualities: quality.floats, truths: quality.shape[0], candidates: quality.shape[1])
    #expect(result.matches == (try cases.values("\(name).out.matches").ints))
    #expect(result.labels.map(\.rawValue) == (try cases.values("\(name).out.labels").ints))
  }

  @Test func aCandidateThatWasLiftedKeepsItsOwnBestTruth() {
    let result = Matcher.proposals.match(
      qualities: [0.15, 0.45, 0.2, 0.6, 0.3, 0.65, 0.05, 0.1, 0.05, 0.4, 0.25, 0.4],
      truths: 3, candidates: 4)
    #expect(result.matches == [1, 1, 2, 0])
    #expect(result.labels.map(\.rawValue) == [-1, 1, 0, 1])
  }

  @Test func theLowerEndOfABandBelongsToIt() {
    let matcher = Matcher(low: 0.25, high: 0.75, takesLowQuality: false)
    let result = matcher.match(qualities: [0.2, 0.25, 0.5, 0.75], truths: 1, candidates: 4)
    #expect(result.labels == [.negative, .ignored, .ignored, .positive])
  }

  @Test func withoutTruthsEverythingIsBackground() {
    let result = Matcher.proposals.match([Box(0, 0, 1, 1), Box(5, 5, 9, 9)], with: [])
    #expect(result.labels == [.negative, .negative] && result.matches == [0, 0])
    #expect(Matcher.proposals.match([], with: [Box(0, 0, 1, 1)]).labels.isEmpty)
  }

  @Test func everyTruthGetsACandidateWithLowQualityMatches() {
    let candidates = (0..<6).map { Box(Float($0) * 4, 0, Float($0) * 4 + 4, 4) }
    let truths = [Box(1, 1, 2, 2), Box(9, 0, 14, 4), Box(16, 0, 20, 4)]
    let result = Matcher.proposals.match(candidates, with: truths)
    for truth in truths.indices {
      #expect(
        candidates.indices.contains {
          result.matches[$0] == truth && result.labels[$0] == .positive
        }
      )
    }
  }
}
