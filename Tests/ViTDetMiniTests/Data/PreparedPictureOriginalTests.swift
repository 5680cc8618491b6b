import Foundation
import Testing

@testable import ViTDetMini

@Suite struct PreparedPictureOriginalTests {
  private let preparation = PicturePreparation(square: 48)
  private let picture = ShapesScene(seed: 5, size: 64).image

  private func withFile(_ body: (String) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "vitdet-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    try body(url.path)
  }

  @Test func aPictureIsDrawnOnItself() throws {
    try withFile { path in
      try picture.writePNG(to: path)
      let input = try PreparedPicture(picture, preparation)
      #expect(try input.original(path: path) == picture)
    }
  }

  @Test func numbersBecomeColoursAgain() throws {
    let small = picture.resized(width: 48, height: 32)
    let input = try PreparedPicture(small, preparation)
    #expect(input.restored(.imageNet) == small)
    let values = small.tensor.reshaped(to: [32, 48, 3]).permuted([2, 0, 1])
    try withFile { path in
      try SafeTensors.write([("image", .float(values))], to: path)
      let larger = try PreparedPicture(
        values: small.tensor, preparation, originalSize: Extent(height: 64, width: 96))
      #expect(try larger.original(path: path) == small.resized(width: 96, height: 64))
    }
  }
}
