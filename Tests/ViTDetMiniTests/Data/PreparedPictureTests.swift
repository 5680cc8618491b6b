import Testing

@testable import ViTDetMini

@Suite struct PreparedPictureTests {
  private let image = ShapesScene(seed: 3, size: 64).image.resized(width: 60, height: 30)

  @Test func theLongestSideFillsTheSquareAndZerosTheRest() throws {
    let input = try PreparedPicture(image, PicturePreparation(square: 32))
    #expect(input.pixels.shape == [1, 32, 32, 3])
    #expect(input.size == Extent(height: 16, width: 32))
    #expect(input.originalSize == Extent(height: 30, width: 60))
    let below = input.pixels.storage[(16 * 32 * 3)...]
    #expect(below.allSatisfy { $0 == 0 })
    let resized = image.resized(width: 32, height: 16)
    let red = Float(resized[x: 31, y: 15].red)
    #expect(abs(input.pixels[0, 15, 31, 0] - (red - 123.675) / 58.395) < 1e-6)
  }

  @Test func boxesGoBackToTheOriginalAndStayInside() throws {
    let input = try PreparedPicture(image, PicturePreparation(square: 32))
    #expect(input.inOriginal(Box(0, 0, 32, 16)) == Box(0, 0, 60, 30))
    #expect(input.inOriginal(Box(8, 4, 16, 30)) == Box(15, 7.5, 30, 30))
  }

  @Test func detectionsOutsideTheOriginalAreDropped() throws {
    let input = try PreparedPicture(image, PicturePreparation(square: 32))
    let found = input.detections(
      [(Box(8, 4, 16, 8), 0.9, 2), (Box(4, 20, 9, 30), 0.8, 1)],
      masks: Tensor(shape: [2, 4, 4], repeating: 1))
    #expect(found.count == 1)
    #expect(found[0].box == Box(15, 7.5, 30, 15) && found[0].classIndex == 2)
    // The box starts at the centre of row 7, where the mask's edge is exactly one half.
    #expect(found[0].mask?.bounds == Box(15, 7, 30, 15))
    let plain = input.detections([(Box(8, 4, 16, 8), 0.9, 2)], masks: nil)
    #expect(plain.map(\.mask) == [nil])
  }

  @Test func aPictureThatDoesNotFitIsRefused() {
    var preparation = PicturePreparation(square: 32)
    preparation.longest = 64
    preparation.shortEdge = 64
    let error = #expect(throws: DataError.self) { try PreparedPicture(image, preparation) }
    #expect(error?.description.contains("64x32 pixels does not fit") == true)
  }

  @Test func withoutASquareTheLongerSideDecides() throws {
    var preparation = PicturePreparation(square: 0)
    preparation.shortEdge = 15
    preparation.longest = 99
    let input = try PreparedPicture(image, preparation)
    #expect(input.pixels.shape == [1, 30, 30, 3] && input.size == Extent(height: 15, width: 30))
  }

  @Test func theTableOfNormalisedBytesIsTheFormula() {
    let values = PixelStatistics.imageNet.normalised(image.tensor)
    #expect(image.normalised() == values)
  }
}
