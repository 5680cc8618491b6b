import Foundation
import Testing

@testable import ViTDetMini

/// Masks, polygons, merges and overlaps of the reference library.
struct MaskCases: Decodable {
  struct Mask: Decodable {
    let name: String
    let height, width: Int
    let rows: [String]
    let counts: [Int]
    let compressed: String
    let area: Int
    let bbox_xywh: [Float]
  }
  struct Polygon: Decodable {
    let height, width: Int
    let polygons: [[Double]]
    let each_compressed: [String]
    let compressed: String
    let area: Int
    let rows: [String]
  }
  struct Merge: Decodable {
    let height, width: Int
    let inputs: [String]
    let union, intersection: String
  }
  struct Overlap: Decodable {
    let kind: String
    let height, width: Int?
    let iscrowd: [Int]
    let iou: [[Double]]
  }
  struct MaskOverlap: Decodable { let dt, gt: [String] }
  struct BoxOverlap: Decodable { let dt, gt: [[Double]] }

  let masks: [Mask]
  let polygons: [Polygon]
  let merges: [Merge]
  let ious: [Overlap]

  static func read() throws -> MaskCases {
    try JSONDecoder().decode(
      MaskCases.self, from: Data(contentsOf: Fixture.url("coco/rle_cases.json")))
  }
}

@Suite struct RunLengthMaskTests {
  private func bits(_ rows: [String]) -> [UInt8] { rows.flatMap { $0.utf8.map { $0 - 48 } } }

  @Test func masksAgreeWithTheReference() throws {
    for wanted in try MaskCases.read().masks {
      let bitmap = bits(wanted.rows)
      let mask = RunLengthMask(width: wanted.width, height: wanted.height) { x, y in
        bitmap[y * wanted.width + x] == 1
      }
      #expect(mask.counts == wanted.counts, "\(wanted.name)")
      #expect(mask.bitmap == bitmap, "\(wanted.name)")
      #expect(mask.compressed == wanted.compressed, "\(wanted.name)")
      #expect(mask.area == wanted.area, "\(wanted.name)")
      let box = wanted.bbox_xywh
      #expect(
        mask.bounds == Box(box[0], box[1], box[0] + box[2], box[1] + box[3]), "\(wanted.name)")
      let read = try RunLengthMask(
        compressed: wanted.compressed, width: wanted.width, height: wanted.height)
      #expect(read == mask, "\(wanted.name)")
    }
  }

  @Test func polygonsAgreeWithTheReference() throws {
    for wanted in try MaskCases.read().polygons {
      let (width, height) = (wanted.width, wanted.height)
      for (polygon, text) in zip(wanted.polygons, wanted.each_compressed) {
        #expect(RunLengthMask(polygon: polygon, width: width, height: height).compressed == text)
      }
      let mask = RunLengthMask(polygons: wanted.polygons, width: width, height: height)
      #expect(mask.compressed == wanted.compressed)
      #expect(mask.area == wanted.area && mask.bitmap == bits(wanted.rows))
    }
  }

  @Test func mergesAgreeWithTheReference() throws {
    for wanted in try MaskCases.read().merges {
      let inputs = try wanted.inputs.map { text in
        try RunLengthMask(compressed: text, width: wanted.width, height: wanted.height)
      }
      #expect(RunLengthMask.union(inputs)?.compressed == wanted.union)
      let shared = inputs.dropFirst().reduce(inputs[0]) { $0.intersection($1) }
      #expect(shared.compressed == wanted.intersection)
    }
  }

  @Test func overlapsAgreeWithTheReference() throws {
    let data = try Data(contentsOf: Fixture.url("coco/rle_cases.json"))
    let cases = try MaskCases.read().ious
    struct Texts: Decodable { let ious: [Either] }
    enum Either: Decodable {
      case masks(MaskCases.MaskOverlap), boxes(MaskCases.BoxOverlap)
      init(from decoder: any Decoder) throws {
        if let masks = try? MaskCases.MaskOverlap(from: decoder) {
          self = .masks(masks)
        } else {
          self = .boxes(try MaskCases.BoxOverlap(from: decoder))
        }
      }
    }
    for (wanted, pair) in zip(cases, try JSONDecoder().decode(Texts.self, from: data).ious) {
      guard case .masks(let masks) = pair, let width = wanted.width, let height = wanted.height
      else { continue }
      for (d, detection) in masks.dt.enumerated() {
        for (g, truth) in masks.gt.enumerated() {
          let iou = try RunLengthMask(compressed: detection, width: width, height: height).iou(
            RunLengthMask(compressed: truth, width: width, height: height),
            isCrowd: wanted.iscrowd[g] == 1)
          #expect(abs(iou - wanted.iou[d][g]) < 1e-12)
        }
      }
    }
  }

  @Test func textAndRunsAreTwoFormsOfTheSame() throws {
    var random = SceneRandom(seed: 12)
    for _ in 0..<100 {
      let (width, height) = (1 + random.index(40), 1 + random.index(40))
      let share = random.unit()
      let mask = RunLengthMask(width: width, height: height) { _, _ in random.unit() < share }
      #expect(
        try RunLengthMask(compressed: mask.compressed, width: width, height: height) == mask)
      let bitmap = mask.bitmap
      #expect(mask.area == bitmap.reduce(0) { $0 + Int($1) })
      #expect(
        RunLengthMask(width: width, height: height) { bitmap[$1 * width + $0] == 1 } == mask)
      #expect(mask.union(mask) == mask && mask.intersection(mask) == mask)
      #expect(mask.area == 0 || mask.iou(mask) == 1)
    }
  }

  @Test func askingInARectangleIsAskingEverywhere() {
    var random = SceneRandom(seed: 31)
    for _ in 0..<200 {
      let (width, height) = (1 + random.index(9), 1 + random.index(9))
      let (left, top) = (random.index(width + 1), random.index(height + 1))
      let columns = left..<left + random.index(width - left + 1)
      let rows = top..<top + random.index(height - top + 1)
      let share = random.pick([0, 0.5, 1])
      let bits = (0..<width * height).map { _ in random.unit() < share }
      let part = RunLengthMask(width: width, height: height, columns: columns, rows: rows) { x, y in
        bits[y * width + x]
      }
      let whole = RunLengthMask(width: width, height: height) { x, y in
        columns ~= x && rows ~= y && bits[y * width + x]
      }
      #expect(part == whole)
      let asPixels = RunLengthMask(width: width, height: height) { x, y in
        part.bitmap[y * width + x] == 1
      }
      #expect(asPixels == part)
    }
  }

  @Test(arguments: [
    ("~", "byte 126"), ("P", "ends inside a run"), ("T1", "cover 36 pixels of 7x11"),
    ("", "cover 0 pixels"), ("?N", "do not add up"),
    (String(repeating: "o", count: 20), "too long"),
    ("oooooooo0", "do not add up"),
  ])
  func damagedTextIsRefused(text: String, reason: String) {
    let error = #expect(throws: DataError.self) {
      try RunLengthMask(compressed: text, width: 7, height: 11)
    }
    #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
  }

  @Test func runsThatDoNotFillThePictureAreRefused() {
    for counts in [[3], [3, -1, 4], [5, 5, 5], [Int.max, Int.max], []] {
      #expect(throws: DataError.self) { try RunLengthMask(checking: counts, width: 2, height: 3) }
    }
  }

  @Test func polygonsOutsideThePictureAreEmpty() {
    let mask = RunLengthMask(polygon: [50, 50, 60, 50, 60, 60], width: 20, height: 10)
    #expect(mask.area == 0 && mask.bounds == Box(0, 0, 0, 0))
    let around = RunLengthMask(
      polygon: [-9, -9, 90, -9, 90, 90, -9, 90], width: 20, height: 10)
    #expect(around.area == 200)
    #expect(RunLengthMask(polygon: [3, 3, 3, 3, 3, 3], width: 20, height: 10).area == 0)
  }
}
