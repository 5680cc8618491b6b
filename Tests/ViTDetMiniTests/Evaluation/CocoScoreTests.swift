import Foundation
import Testing

@testable import ViTDetMini

@Suite struct CocoScoreTests {
  struct Expected: Decodable {
    struct Numbers: Decodable {
      let stats: [String: Double]
      let ap: [[[[Double]]]]
      let recall: [[[[Double]]]]
      let per_category_AP: [String: Double]
    }
    let stats_order: [String]
    let iou_thresholds, recall_thresholds: [Double]
    let category_order: [Int]
    let bbox, segm: Numbers
  }

  private func read(_ name: String) throws -> (CocoDataset, [CocoDetection], Expected) {
    let truth = try CocoDataset.read(path: Fixture.path("coco/\(name)/ground_truth.json"))
    let detections = try CocoDetection.read(
      path: Fixture.path("coco/\(name)/detections.json"), for: truth)
    let data = try Data(contentsOf: Fixture.url("coco/\(name)/expected.json"))
    return (truth, detections, try JSONDecoder().decode(Expected.self, from: data))
  }

  @Test(
    arguments: ["basic", "crowd_and_area", "ties_empty_exact"], CocoScore.Kind.allCases)
  func agreesWithPycocotools(name: String, kind: CocoScore.Kind) throws {
    let (truth, detections, expected) = try read(name)
    let wanted = kind == .bbox ? expected.bbox : expected.segm
    let score = try CocoScore(kind, truth: truth, detections: detections)
    #expect(score.summary.map(\.name) == expected.stats_order)
    var worst = 0.0
    for number in score.summary {
      let value = try #require(wanted.stats[number.name])
      worst = max(worst, abs(number.value - value))
      #expect(abs(number.value - value) < 1e-9, "\(number.name)")
    }
    #expect(score.categories == expected.category_order)
    for threshold in 0..<10 {
      for category in score.categories.indices {
        for area in CocoScore.AreaRange.allCases {
          for limit in 0..<3 {
            let precision = score.averagePrecision(
              thresholds: threshold..<threshold + 1, area: area, category: category, limit: limit)
            let recall = score.averageRecall(
              thresholds: threshold..<threshold + 1, area: area, category: category, limit: limit)
            let place = [threshold, category, area.rawValue, limit]
            #expect(
              abs(precision - wanted.ap[threshold][category][area.rawValue][limit]) < 1e-9,
              "\(place)")
            #expect(
              abs(recall - wanted.recall[threshold][category][area.rawValue][limit]) < 1e-9,
              "\(place)")
          }
        }
      }
    }
    for (category, id) in score.categories.enumerated() {
      let wantedAP = try #require(wanted.per_category_AP[String(id)])
      #expect(abs(score.averagePrecision(category: category) - wantedAP) < 1e-9)
    }
  }

  @Test func thresholdsAreTheReferencesToTheBit() throws {
    let (_, _, expected) = try read("basic")
    #expect(CocoScore.thresholds == expected.iou_thresholds)
    #expect(CocoScore.recalls == expected.recall_thresholds)
  }

  private let dataset = CocoDataset(
    pictures: [.init(id: 1, width: 100, height: 100, fileName: "")],
    annotations: [
      .init(
        id: 7, pictureID: 1, categoryID: 3,
        box: CocoBox(x: 10, y: 10, width: 40, height: 40), area: 1600)
    ],
    categories: [.init(id: 3, name: "disc")])

  private func detection(_ score: Double, x: Double = 10, category: Int = 3) -> CocoDetection {
    CocoDetection(
      pictureID: 1, categoryID: category, score: score,
      box: CocoBox(x: x, y: 10, width: 40, height: 40))
  }

  @Test func aPerfectDetectionScoresOneAndNoneScoresZero() throws {
    let perfect = try CocoScore(.bbox, truth: dataset, detections: [detection(0.3)])
    #expect(abs(perfect.averagePrecision() - 1) < 1e-9 && perfect.averageRecall() == 1)
    #expect(perfect.averagePrecision(area: .small) == -1)
    let none = try CocoScore(.bbox, truth: dataset, detections: [])
    #expect(none.averagePrecision() == 0 && none.averageRecall() == 0)
    #expect(none.json.hasPrefix(#"{"AP": 0.0, "AP50": 0.0, "AP75": 0.0, "APs": -1.0, "APm""#))
    #expect(none.table.contains("APs       -  precision, objects under"))
  }

  @Test func aWrongDetectionHurtsOnlyAboveARightOne() throws {
    let below = try CocoScore(
      .bbox, truth: dataset, detections: [detection(0.9), detection(0.5, x: 70)])
    #expect(abs(below.averagePrecision() - 1) < 1e-9)
    let above = try CocoScore(
      .bbox, truth: dataset, detections: [detection(0.9, x: 70), detection(0.5)])
    #expect(abs(above.averagePrecision() - 0.5) < 1e-9)
  }

  @Test func unknownCategoriesAreLeftOutAndUnknownPicturesRefused() throws {
    let score = try CocoScore(
      .bbox, truth: dataset, detections: [detection(0.9, category: 99), detection(0.5)])
    #expect(abs(score.averagePrecision() - 1) < 1e-9)
    var lost = detection(0.5)
    lost.pictureID = 2
    #expect(throws: DataError.self) {
      try CocoScore(.bbox, truth: dataset, detections: [lost])
    }
    let error = #expect(throws: DataError.self) {
      try CocoScore(.segm, truth: dataset, detections: [])
    }
    #expect(error?.description == "annotation 7 has no segmentation to compare")
  }

  @Test func anObjectWithIdZeroIsNeverFoundAsInPycocotools() throws {
    var zero = dataset
    zero.annotations[0].id = 0
    let score = try CocoScore(.bbox, truth: zero, detections: [detection(0.9)])
    #expect(score.averagePrecision() == 0)
  }

  @Test func boxesWithoutAreaMatchNothing() throws {
    var flat = dataset
    flat.annotations[0].box.width = 0
    let line = CocoDetection(
      pictureID: 1, categoryID: 3, score: 1, box: CocoBox(x: 10, y: 10, width: 0, height: 40))
    let score = try CocoScore(.bbox, truth: flat, detections: [line])
    #expect(score.averagePrecision() == 0)
  }

  @Test func scaleOfScoresDoesNotMatter() throws {
    let (truth, detections, expected) = try read("ties_empty_exact")
    let squashed = detections.map { detection in
      var copy = detection
      copy.score = detection.score * 1e-3 - 5
      return copy
    }
    let score = try CocoScore(.bbox, truth: truth, detections: squashed)
    #expect(abs(score.averagePrecision() - (expected.bbox.stats["AP"] ?? 0)) < 1e-9)
  }

  @Test func boxOverlapsAgreeWithPycocotools() throws {
    struct Case: Decodable {
      let kind: String
      let iscrowd: [Int]
      let iou: [[Double]]
      let dt: [[Double]]?
      let gt: [[Double]]?
      init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        kind = try values.decode(String.self, forKey: .kind)
        iscrowd = try values.decode([Int].self, forKey: .iscrowd)
        iou = try values.decode([[Double]].self, forKey: .iou)
        dt = try? values.decode([[Double]].self, forKey: .dt)
        gt = try? values.decode([[Double]].self, forKey: .gt)
      }
      enum Key: String, CodingKey { case kind, iscrowd, iou, dt, gt }
    }
    struct Cases: Decodable { let ious: [Case] }
    let data = try Data(contentsOf: Fixture.url("coco/rle_cases.json"))
    var compared = 0
    for wanted in try JSONDecoder().decode(Cases.self, from: data).ious {
      guard let detections = wanted.dt, let truths = wanted.gt else { continue }
      func box(_ edges: [Double]) -> CocoBox {
        CocoBox(x: edges[0], y: edges[1], width: edges[2], height: edges[3])
      }
      for (d, detection) in detections.enumerated() {
        for (g, truth) in truths.enumerated() {
          let iou = box(detection).iou(box(truth), isCrowd: wanted.iscrowd[g] == 1)
          #expect(abs(iou - wanted.iou[d][g]) < 1e-12)
          compared += 1
        }
      }
    }
    #expect(compared > 10)
  }
}
