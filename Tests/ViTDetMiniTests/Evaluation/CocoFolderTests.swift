import Foundation
import Testing

@testable import ViTDetMini

@Suite struct CocoFolderTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "vitdet-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    try ShapesDataset(count: 4, seed: 2, size: 64).write(toFolder: url.path)
    try body(url.path)
  }

  /// A detector that knows the answer for pictures of the data set.
  private func oracle(_ image: Image) -> [Detection] {
    let scenes = (0..<4).map { ShapesDataset(count: 4, seed: 2, size: 64).scene($0) }
    return scenes.first { $0.image == image }?.objects.map {
      Detection(box: $0.box, score: 0.9, classIndex: $0.shape.rawValue, mask: $0.mask)
    } ?? []
  }

  @Test func knowingTheAnswerScoresOneAndKnowingNothingZero() throws {
    try withFolder { path in
      let folder = try CocoFolder.read(path)
      var steps: [Int] = []
      let perfect = try folder.evaluate(
        classCount: 7, progress: { steps.append($0) }, detect: oracle)
      #expect(steps == [1, 2, 3, 4])
      #expect(abs(perfect.bbox.averagePrecision() - 1) < 1e-9)
      #expect(abs((perfect.segm?.averagePrecision() ?? 0) - 1) < 1e-9)
      let blind = try folder.evaluate(classCount: 7) { _ in [] }
      #expect(blind.bbox.averagePrecision() == 0 && blind.segm?.averagePrecision() == 0)
    }
  }

  @Test func boxesAloneGiveNoMaskScore() throws {
    try withFolder { path in
      let result = try CocoFolder.read(path).evaluate(classCount: 7) { image in
        oracle(image).map {
          Detection(box: $0.box, score: $0.score, classIndex: $0.classIndex)
        }
      }
      #expect(result.segm == nil && abs(result.bbox.averagePrecision() - 1) < 1e-9)
    }
  }

  @Test(arguments: ["../a.png", "/etc/a.png", "a/../../b.png", ""])
  func picturesAreInsideTheFolder(name: String) throws {
    let picture = CocoDataset.Picture(id: 7, width: 9, height: 9, fileName: name)
    let folder = CocoFolder(
      dataset: CocoDataset(pictures: [picture], annotations: [], categories: []),
      pictureFolder: "data/images")
    let error = #expect(throws: DataError.self) { _ = try folder.image(of: picture) }
    #expect(error?.description.hasPrefix("picture 7 has the file name “\(name)”") == true)
    let inside = CocoDataset.Picture(id: 8, width: 9, height: 9, fileName: "val/a..png")
    #expect(try folder.path(of: inside) == "data/images/val/a..png")
  }

  @Test func whatDoesNotFitIsRefused() throws {
    func reason(_ body: () throws -> Void) -> String {
      (#expect(throws: DataError.self) { try body() })?.description ?? ""
    }
    try withFolder { path in
      let folder = try CocoFolder.read(path)
      #expect(
        reason { _ = try folder.evaluate(classCount: 4) { _ in [] } }
          .contains("knows 4 classes, but the data has 7"))
      try Image(width: 9, height: 9, color: (0, 0, 0)).writePNG(to: path + "/images/000002.png")
      #expect(
        reason { _ = try folder.evaluate(classCount: 7) { _ in [] } }
          .contains("has 9x9 pixels, but the annotations say 64x64"))
      try FileManager.default.removeItem(atPath: path + "/images/000001.png")
      #expect(
        reason { _ = try folder.evaluate(classCount: 7) { _ in [] } }.contains("no such file"))
      try FileManager.default.removeItem(atPath: path + "/annotations.json")
      #expect(reason { _ = try CocoFolder.read(path) }.contains("annotations.json"))
      #expect(reason { _ = try CocoFolder.read(path + "/images") }.contains("no folder “images”"))
      #expect(reason { _ = try CocoFolder.read(path + "/nothing") }.contains("no such file"))
    }
  }
}
