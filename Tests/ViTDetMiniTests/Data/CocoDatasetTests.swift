import Foundation
import Testing

@testable import ViTDetMini

@Suite struct CocoDatasetTests {
  private func withFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result
  {
    let url = FileManager.default.temporaryDirectory.appending(
      path: "vitdet-\(UUID().uuidString).json")
    try Data(text.utf8).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(url.path)
  }

  private func file(
    images: String = #"{"id": 1, "width": 20, "height": 10, "file_name": "a.png"}"#,
    categories: String = #"{"id": 3, "name": "disc"}"#, annotations: String
  ) -> String {
    #"{"images": [\#(images)], "categories": [\#(categories)], "annotations": [\#(annotations)]}"#
  }

  private func object(_ rest: String) -> String {
    #"{"id": 5, "image_id": 1, "category_id": 3, \#(rest)}"#
  }

  @Test func readsWhatTheReferenceFilesHold() throws {
    let truth = try CocoDataset.read(path: Fixture.path("coco/crowd_and_area/ground_truth.json"))
    #expect(truth.pictures.count == 9 && truth.annotations.count == 35)
    #expect(truth.annotations.count { $0.isCrowd } == 7)
    #expect(truth.categories.map(\.id).sorted() == [2, 5, 9])
    let first = try #require(truth.annotations.first { $0.id == 16 })
    #expect(first.box == CocoBox(x: 18.21, y: 241.88, width: 94.73, height: 118.12))
    guard case .polygons(let parts) = first.segmentation else {
      Issue.record("no polygon")
      return
    }
    #expect(parts.count == 1 && parts[0].prefix(2) == [112.94, 315.95])
  }

  @Test func missingValuesFollowFromOthers() throws {
    let text = file(
      annotations: object(#""segmentation": [[2, 1, 8, 1, 8, 5, 2, 5]]"#))
    let annotation = try withFile(text) { try CocoDataset.read(path: $0) }.annotations[0]
    #expect(annotation.area == 24 && !annotation.isCrowd)
    #expect(annotation.box == CocoBox(x: 2, y: 1, width: 6, height: 4))
    let boxOnly = file(annotations: object(#""bbox": [1, 2, 3.0, 0], "iscrowd": true"#))
    let second = try withFile(boxOnly) { try CocoDataset.read(path: $0) }.annotations[0]
    #expect(second.area == 0 && second.isCrowd && second.segmentation == nil)
  }

  @Test(arguments: [
    (#""bbox": [1, 2, NaN, 4]"#, "NaN or Infinity is no number"),
    (#""bbox": [1, 2, -Infinity, 4]"#, "a number is expected"),
    (#""bbox": [1, 2, 1e999, 4]"#, "a number is too large"),
    (#""bbox": [1, 2, 3]"#, "3 numbers instead of x, y, width and height"),
    (#""bbox": [1, 2, 3, -4]"#, "a bbox has the size 3.0x-4.0"),
    (#""area": -1, "bbox": [1, 2, 3, 4]"#, "annotation 5 has the area -1.0"),
    (#""iscrowd": 2, "bbox": [1, 2, 3, 4]"#, "2 is neither 0 nor 1"),
    (#""segmentation": [[1, 2, 3, 4]]"#, "a polygon of 4 numbers"),
    (#""segmentation": [[1, 2, 3, 4, 5, 6, 7]]"#, "a polygon of 7 numbers"),
    (#""segmentation": [[1, 2, 3, 4, 5, 1e9]]"#, "a polygon reaches"),
    (
      #""segmentation": {"size": [10, 21], "counts": "X"}"#, "a mask of 21x10 in a picture of 20x10"
    ),
    (#""segmentation": {"size": [10, 20], "counts": [5, 5]}"#, "cover 10 pixels"),
    (#""segmentation": {"size": [10, 20], "counts": "zzz"}"#, "byte 122"),
    (#""segmentation": {"size": [10, 20]}"#, "the mask has no counts"),
    (#""segmentation": []"#, "neither bbox nor segmentation"),
  ])
  func damagedAnnotationsAreRefusedByName(rest: String, reason: String) throws {
    try withFile(file(annotations: object(rest))) { path in
      let error = #expect(throws: DataError.self) { try CocoDataset.read(path: path) }
      #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
      #expect(error?.description.hasPrefix(path) == true)
    }
  }

  @Test func listsThatContradictThemselvesAreRefused() throws {
    let box = #""bbox": [1, 2, 3, 4]"#
    let picture = #"{"id": 1, "width": 20, "height": 10}"#
    let cases: [(String, String)] = [
      (file(annotations: object(box) + "," + object(box)), "annotation 5 stands twice"),
      (file(images: picture + "," + picture, annotations: ""), "the picture id 1 stands twice"),
      (
        file(categories: #"{"id": 3}, {"id": 3}"#, annotations: ""),
        "the category id 3 stands twice"
      ),
      (
        file(images: "", annotations: object(box)),
        "annotation 5 is of picture 1, which is not listed"
      ),
      (file(categories: "", annotations: object(box)), "is of category 3, which is not listed"),
      (
        file(images: #"{"id": 1, "width": 0, "height": 10}"#, annotations: ""),
        "impossible size 0x10"
      ),
      (file(images: #"{"width": 9, "height": 10}"#, annotations: ""), "lacks its id"),
      (
        file(images: #"{"id": 1.5, "width": 9, "height": 9}"#, annotations: ""),
        "1.5 is no whole number"
      ),
      (#"{"images": [], "categories": []}"#, "has no list “annotations”"),
      ("[]", "an object is expected"), ("", "an object is expected"),
      (file(annotations: "") + "x", "something follows"),
      (String(repeating: "[", count: 100_000), "an object is expected"),
      (#"{"info": "# + String(repeating: "[", count: 100_000), "the nesting is too deep"),
    ]
    for (text, reason) in cases {
      try withFile(text) { path in
        let error = #expect(throws: DataError.self) { try CocoDataset.read(path: path) }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
      }
    }
  }

  @Test(arguments: [
    (#"[{"image_id": 2, "category_id": 3, "score": 1, "bbox": [1, 2, 3, 4]}]"#, "picture 2"),
    (#"[{"image_id": 1, "category_id": 3, "score": NaN, "bbox": [1, 2, 3, 4]}]"#, "NaN"),
    (
      #"[{"image_id": 1, "category_id": 3, "bbox": [1, 2, 3, 4]}]"#,
      "lacks its category_id or score"
    ),
    (#"[{"image_id": 1, "category_id": 3, "score": 1}]"#, "neither bbox nor segmentation"),
    (#"{"image_id": 1}"#, "an array is expected"),
  ])
  func damagedResultsAreRefused(text: String, reason: String) throws {
    let truth = try withFile(file(annotations: "")) { try CocoDataset.read(path: $0) }
    try withFile(text) { path in
      let error = #expect(throws: DataError.self) { try CocoDetection.read(path: path, for: truth) }
      #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }
  }

  @Test func anEmptyResultsFileIsFine() throws {
    let truth = try withFile(file(annotations: "")) { try CocoDataset.read(path: $0) }
    #expect(try withFile("[]") { try CocoDetection.read(path: $0, for: truth) }.isEmpty)
  }
}
