import Testing

@testable import ViTDetMini

@Suite struct ImageResizeTests {
  @Test(arguments: 0..<4) func agreesWithPillowToTheByte(number: Int) throws {
    let cases = try OperationCases()
    let name = "resize_shortest_edge.\(number)"
    let source = try cases.values("\(name).in.image")
    let expected = try cases.values("\(name).out.image")
    let parameters = try cases.parameters(name)
    let image = Image(width: source.shape[1], height: source.shape[0], pixels: source.bytes)
    let size = image.size(
      shortEdge: try #require(parameters["short_edge_length"] as? Int),
      longest: try #require(parameters["max_size"] as? Int))
    #expect([size.height, size.width, 3] == expected.shape)
    #expect(image.resized(width: size.width, height: size.height).pixels == expected.bytes)
  }

  @Test func theSameSizeIsTheSamePicture() {
    let image = ShapesScene(seed: 1, size: 32).image
    #expect(image.resized(width: 32, height: 32) == image)
  }

  @Test func oneColourStaysOneColour() {
    let image = Image(width: 7, height: 5, color: (9, 130, 255))
    #expect(
      image.resized(width: 3, height: 11) == Image(width: 3, height: 11, color: (9, 130, 255)))
  }

  @Test func halvingTakesTheTriangleMean() {
    // New pixel 0 has its centre at 1.0; old centres 0.5, 1.5 and 2.5 weigh 3, 3 and 1 of 7.
    let image = Image(width: 4, height: 1, pixels: [0, 70, 140, 210].flatMap { [$0, $0, $0] })
    #expect(image.resized(width: 2, height: 1).pixels == [50, 50, 50, 160, 160, 160])
  }

  @Test func extremeShapesKeepAtLeastOnePixel() {
    let image = Image(width: 900, height: 1, color: (1, 2, 3))
    let size = image.size(shortEdge: 64, longest: 64)
    #expect(size.width == 64 && size.height == 1)
    #expect(image.resized(longestSide: 64) == Image(width: 64, height: 1, color: (1, 2, 3)))
  }

  @Test(arguments: [(100, 50), (50, 100), (333, 77), (64, 64), (1, 1)])
  func theLongestSideIsAsAsked(width: Int, height: Int) {
    let resized = Image(width: width, height: height, color: (0, 0, 0)).resized(longestSide: 48)
    #expect(max(resized.width, resized.height) == 48)
  }
}
