import Testing

@testable import ViTDetMini

@Suite struct NonMaximumSuppressionTests {
  @Test(arguments: ["batched_nms.0", "batched_nms.1"])
  func agreesWithTheReference(name: String) throws {
    let cases = try OperationCases()
    let boxes = try cases.values("\(name).in.boxes").rows.map { Box($0[0], $0[1], $0[2], $0[3]) }
    let kept = NonMaximumSuppression.keep(
      boxes, scores: try cases.values("\(name).in.scores").floats,
      groups: try cases.values("\(name).in.groups").ints,
      threshold: try #require(try cases.parameters(name)["iou_threshold"] as? Double))
    #expect(kept == (try cases.values("\(name).out.keep").ints))
  }

  private let boxes = [Box(0, 0, 10, 10), Box(1, 0, 11, 10), Box(30, 0, 40, 10), Box(0, 0, 10, 5)]

  @Test func theBetterOfTwoOverlappingBoxesStays() {
    let kept = NonMaximumSuppression.keep(boxes, scores: [0.8, 0.9, 0.1, 0.7], threshold: 0.5)
    #expect(kept == [1, 3, 2])
  }

  @Test func anOverlapOfExactlyTheThresholdStays() {
    // The half box overlaps the first by exactly a half.
    #expect(
      NonMaximumSuppression.keep([boxes[0], boxes[3]], scores: [2, 1], threshold: 0.5) == [0, 1])
  }

  @Test func groupsDoNotTouchEachOther() {
    let kept = NonMaximumSuppression.keep(
      boxes, scores: [0.8, 0.9, 0.1, 0.7], groups: [0, 1, 0, 1], threshold: 0.3)
    #expect(kept == [1, 0, 2])
  }

  @Test func keepingTwiceChangesNothing() {
    var random = SceneRandom(seed: 4)
    let many = (0..<80).map { _ in
      let (x, y) = (Float(random.number(0...50)), Float(random.number(0...50)))
      return Box(x, y, x + Float(random.number(1...30)), y + Float(random.number(1...30)))
    }
    let scores = many.map { _ in Float(random.unit()) }
    let kept = NonMaximumSuppression.keep(many, scores: scores, threshold: 0.4)
    #expect(kept.count < many.count)
    let again = NonMaximumSuppression.keep(
      kept.map { many[$0] }, scores: kept.map { scores[$0] }, threshold: 0.4)
    #expect(again == Array(kept.indices))
  }

  @Test func theFirstFewAreThoseOfTheWholeOrder() {
    var random = SceneRandom(seed: 5)
    // Few different numbers, so that many are equal.
    let scores = (0..<300).map { _ in Float(random.index(40)) }
    for most in [0, 1, 7, 100, 150, 299, 300, 1000] {
      #expect(scores.orderDescending(most: most) == Array(scores.orderDescending.prefix(most)))
    }
    let many = (0..<80).map { _ in
      let (x, y) = (Float(random.number(0...50)), Float(random.number(0...50)))
      return Box(x, y, x + 10, y + 10)
    }
    let values = many.map { _ in Float(random.unit()) }
    let groups = many.indices.map { $0 % 3 }
    let all = NonMaximumSuppression.keep(many, scores: values, groups: groups, threshold: 0.3)
    let few = NonMaximumSuppression.keep(
      many, scores: values, groups: groups, threshold: 0.3, most: 9)
    #expect(all.count > 9)
    #expect(few == Array(all.prefix(9)))
  }

  @Test func equalScoresAndEmptyListsAreFine() {
    #expect(NonMaximumSuppression.keep([], scores: [], threshold: 0.5).isEmpty)
    #expect(
      NonMaximumSuppression.keep([boxes[0], boxes[0]], scores: [1, 1], threshold: 0.5) == [0])
    #expect([Float](arrayLiteral: 1, 3, 1, 2).orderDescending == [1, 3, 0, 2])
  }
}
