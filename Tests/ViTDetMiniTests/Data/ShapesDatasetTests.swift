import Foundation
import Testing

@testable import ViTDetMini

@Suite struct ShapesDatasetTests {
  private func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let url = FileManager.default.temporaryDirectory.appending(path: "vitdet-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(url.path)
  }

  private let dataset = ShapesDataset(count: 3, seed: 11, size: 48)

  @Test func theFolderHoldsTheScenes() throws {
    try withFolder { folder in
      var steps: [Int] = []
      try dataset.write(toFolder: folder) { steps.append($0) }
      #expect(steps == [1, 2, 3])
      let read = try CocoDataset.read(path: folder + "/annotations.json")
      #expect(read.pictures.map(\.fileName) == ["000001.png", "000002.png", "000003.png"])
      #expect(read.categories.map(\.name) == ShapeClass.allCases.map(\.name))
      for (index, picture) in read.pictures.enumerated() {
        let scene = dataset.scene(index)
        #expect(try Image.read(path: "\(folder)/images/\(picture.fileName)") == scene.image)
        let annotations = read.annotations.filter { $0.pictureID == picture.id }
        #expect(annotations.map(\.segmentation) == scene.objects.map { .mask($0.mask) })
        #expect(annotations.map(\.box.edges) == scene.objects.map(\.box))
        #expect(annotations.map(\.categoryID) == scene.objects.map { $0.shape.rawValue + 1 })
        #expect(annotations.map(\.area) == scene.objects.map { Double($0.mask.area) })
      }
    }
  }

  @Test func theSameSeedGivesTheSameBytes() throws {
    func files(_ folder: String) throws -> [Data] {
      try ["annotations.json", "images/000001.png", "images/000003.png"].map {
        try Data(contentsOf: URL(filePath: "\(folder)/\($0)"))
      }
    }
    try withFolder { first in
      try withFolder { second in
        try dataset.write(toFolder: first)
        try dataset.write(toFolder: second)
        #expect(try files(first) == files(second))
        try dataset.write(toFolder: first)
        #expect(try files(first) == files(second))
      }
    }
  }

  @Test func theTruthAsDetectionsScoresOne() throws {
    try withFolder { folder in
      try dataset.write(toFolder: folder)
      let truth = try CocoDataset.read(path: folder + "/annotations.json")
      let detections = truth.annotations.map {
        CocoDetection(
          pictureID: $0.pictureID, categoryID: $0.categoryID, score: 0.5, box: $0.box,
          segmentation: $0.segmentation)
      }
      try CocoDetection.write(detections, to: folder + "/results.json")
      let read = try CocoDetection.read(path: folder + "/results.json", for: truth)
      #expect(read == detections)
      for kind in CocoScore.Kind.allCases {
        let score = try CocoScore(kind, truth: truth, detections: read)
        #expect(abs(score.averagePrecision() - 1) < 1e-9)
      }
    }
  }

  @Test func polygonsAndNamesSurviveWriting() throws {
    let original = CocoDataset(
      pictures: [.init(id: 4, width: 20, height: 10, fileName: "a \"b\"\n.png")],
      annotations: [
        .init(
          id: 9, pictureID: 4, categoryID: 2, box: CocoBox(x: 0.1, y: 2, width: 3.25, height: 4),
          area: 6.5, isCrowd: true, segmentation: .polygons([[1, 2, 3.5, 4, 5, 6.125]]))
      ], categories: [.init(id: 2, name: "日")])
    try withFolder { path in
      try original.write(to: path)
      #expect(try CocoDataset.read(path: path) == original)
    }
  }

  @Test func aFolderThatCannotBeMadeIsRefused() {
    let error = #expect(throws: DataError.self) { try dataset.write(toFolder: "/nowhere/at/all") }
    #expect(error?.description.contains("the folder cannot be made") == true)
  }

  @Test func seedsShareNoScenes() {
    let other = ShapesDataset(count: 3, seed: 12, size: 48)
    #expect(dataset.scene(0).image != other.scene(0).image)
    #expect(dataset.scene(1).image != other.scene(0).image)
  }
}
