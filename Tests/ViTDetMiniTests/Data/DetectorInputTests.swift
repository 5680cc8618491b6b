import Foundation
import Testing

@testable import ViTDetMini

@Suite struct DetectorInputTests {
  private func withFile(_ body: (String) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "vitdet-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    try body(url.path)
  }

  private let preparation = PicturePreparation(square: 48)
  private let picture = ShapesScene(seed: 5, size: 64).image

  @Test func aPictureIsResizedAndRemembered() throws {
    try withFile { path in
      try picture.writePNG(to: path)
      let input = try DetectorInput.read(path: path, for: preparation)
      #expect(input.picture == picture)
      #expect(input.prepared.pixels == (try PreparedPicture(picture, preparation)).pixels)
    }
  }

  @Test func numbersAreTakenAsTheyAre() throws {
    let small = picture.resized(width: 48, height: 32)
    let values = small.tensor.reshaped(to: [32, 48, 3]).permuted([2, 0, 1])
    try withFile { path in
      try SafeTensors.write(
        [("image", .float(values)), ("original_size", .int64([80, 120], shape: [2]))], to: path)
      let input = try DetectorInput.read(path: path, for: preparation)
      #expect(input.prepared.originalSize == Extent(height: 80, width: 120))
      #expect(input.prepared.size == Extent(height: 32, width: 48))
      #expect(input.prepared.pixels.rows(0..<1) == (try PreparedPicture(small, preparation)).pixels)
      #expect(input.picture.width == 120 && input.picture.height == 80)
      try SafeTensors.write([("image", .float(values))], to: path)
      #expect(try DetectorInput.read(path: path, for: preparation).picture == small)
    }
  }

  @Test func numbersOfAnotherShapeAreRefused() throws {
    func reason(_ tensors: [(String, SafeTensorsValue)]) throws -> String {
      var text = ""
      try withFile { path in
        try SafeTensors.write(tensors, to: path)
        do { _ = try DetectorInput.read(path: path, for: preparation) } catch { text = "\(error)" }
      }
      return text
    }
    let fine = Tensor(zeros: [3, 8, 8])
    #expect(try reason([("picture", .float(fine))]).contains("image"))
    #expect(try reason([("image", .float(Tensor(zeros: [8, 8, 3])))]).contains("[8, 8, 3]"))
    #expect(try reason([("image", .float(Tensor(zeros: [3, 0, 8])))]).contains("[3, 0, 8]"))
    #expect(
      try reason([("image", .float(Tensor(shape: [3, 8, 8], repeating: .nan)))])
        .contains("not finite"))
    #expect(
      try reason([("image", .float(Tensor(zeros: [3, 8, 49])))]).contains(
        "49x8 pixels does not fit"))
    #expect(
      try reason([("image", .float(fine)), ("original_size", .int64([1, 2, 3], shape: [3]))])
        .contains("[1, 2, 3]"))
    #expect(
      try reason([("image", .float(fine)), ("original_size", .int64([0, 2], shape: [2]))])
        .contains("2x0"))
  }
}
