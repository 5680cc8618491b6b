import Testing
import ViTDetMini

@testable import Lessons

@Suite struct ScoredScenesTests {
  /// One object found at once, found second, not found, two objects and a wrong one between, one of two, and doubles.
  private static let cases: [(objects: Int, outcomes: [Bool], area: Double)] = [
    (1, [true], 1), (1, [false, true], 0.5), (1, [false], 0),
    (2, [true, false, true, false], 0.834983498349835), (2, [true], 0.504950495049505),
    (1, [true, true, true], 1),
  ]

  @Test func theAreaIsTheOneWorkedOutByHand() throws {
    for (objects, outcomes, area) in Self.cases {
      let scenes = ScoredScenes(objects: objects, outcomes: outcomes)
      #expect(abs(try scenes.averagePrecision() - area) < 1e-9, "\(outcomes)")
    }
  }

  @Test func theCurveTellsWhichDetectionsAreRight() throws {
    let outcomes = [true, false, true, true, false, true]
    let curve = try ScoredScenes(objects: 5, outcomes: outcomes)
      .curve(category: 1, threshold: 0, limit: 60)
    #expect(curve.isRight == outcomes)
    #expect(curve.points.map(\.recall) == [0.2, 0.2, 0.4, 0.6, 0.6, 0.8])
    #expect(curve.points.map(\.precision) == [1, 0.5, 2.0 / 3, 0.75, 0.6, 4.0 / 6])
    #expect(curve.averagePrecision.first == 0)
  }

  /// Precision made monotone and read at 101 recalls, straight from the definition.
  private func area(_ points: [(recall: Double, precision: Double)]) -> Double {
    CocoScore.recalls.map { recall in
      points.filter { $0.recall >= recall }.map(\.precision).max() ?? 0
    }.reduce(0, +) / 101
  }

  /// The scored scenes with made-up detections: every object's box, some moved, some twice, in a mixed order.
  private func scenes() throws -> ScoredScenes {
    let truth = try Laboratory.shared.scoredScenes().truth
    let made = (truth.annotations + truth.annotations.suffix(9)).enumerated().map { index, object in
      var box = object.box
      box.x += Double(index % 4) * box.width / 8
      return CocoDetection(
        pictureID: object.pictureID, categoryID: object.categoryID,
        score: Double(index * 37 % 100) / 100, box: box)
    }
    return ScoredScenes(truth: truth, detections: made)
  }

  @Test(arguments: [ShapeClass.ring, .disc, .star], [0, 5])
  func theCurveHasTheAreaOfCocoScore(shape: ShapeClass, threshold: Int) throws {
    let curve = try scenes().curve(category: shape.rawValue + 1, threshold: threshold, limit: 20)
    #expect(curve.isRight.contains(true))
    #expect(curve.averagePrecision.count == curve.detections.count + 1)
    for count in 0...curve.detections.count {
      #expect(abs(area(Array(curve.points.prefix(count))) - curve.averagePrecision[count]) < 1e-9)
    }
    let mean = curve.sampled.reduce(0, +) / 101
    #expect(abs(mean - (curve.averagePrecision.last ?? 0)) < 1e-9)
  }

  @Test func withAllDetectionsAClassHasTheAPOfTheWholeScore() throws {
    let scenes = try scenes()
    let score = try scenes.score()
    let shape = ShapeClass.star
    let curve = try scenes.curve(category: shape.rawValue + 1, threshold: 0, limit: 10_000)
    #expect(
      curve.averagePrecision.last
        == score.averagePrecision(thresholds: 0..<1, category: shape.rawValue))
  }

  @Test func theFigureDrawsTheAreaThatItNames() throws {
    let figure = try Figure.made("precision-recall", ["found": "60", "class": "triangle"])
    guard case .chart(let chart) = figure.body else {
      Issue.record("no chart")
      return
    }
    #expect(chart.limits == 0...1)
    // The drawn steps, read at COCO's recalls.
    let steps = chart.series[1].points
    let read = CocoScore.recalls.map { recall in
      steps.filter { $0.x >= recall }.map(\.y).max() ?? 0
    }
    let curve = try Laboratory.shared.precisionRecall(.triangle, threshold: 0)
    let shown = curve.averagePrecision[min(60, curve.detections.count)]
    #expect(abs(read.reduce(0, +) / 101 - shown) < 1e-9)
    #expect(figure.sentence.contains(NumberText.fixed(shown, 3)))
  }

  @Test func theScenesAreNoneThatAModelIsTrainedOn() {
    #expect(Laboratory.scoredScenes.seed != 1 && Laboratory.scoredScenes.seed != 2)
  }
}
