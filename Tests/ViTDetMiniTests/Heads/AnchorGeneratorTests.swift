import Testing

@testable import ViTDetMini

@Suite struct AnchorGeneratorTests {
  @Test(arguments: ["anchors.0", "anchors.1"]) func agreesWithTheReference(name: String) throws {
    let cases = try OperationCases()
    let parameters = try cases.parameters(name)
    let sizes = try #require(parameters["sizes"] as? [[Double]])
    let ratios = try #require(parameters["aspect_ratios"] as? [Double])
    let strides = try #require(parameters["strides"] as? [Int])
    let grids = try #require(parameters["grids"] as? [[Int]])
    let generator = AnchorGenerator(
      sizes: sizes.map { $0.map(Float.init) }, ratios: ratios.map(Float.init), strides: strides,
      offset: Float(try #require(parameters["offset"] as? Double)))
    for (level, grid) in grids.enumerated() {
      let anchors = generator.anchors(level: level, rows: grid[0], columns: grid[1])
      let expected = try cases.values("\(name).out.level\(level)").rows
      #expect(anchors.count == expected.count)
      for (anchor, row) in zip(anchors, expected) {
        for (got, wanted) in zip([anchor.x0, anchor.y0, anchor.x1, anchor.y1], row) {
          #expect(abs(got - wanted) < 1e-4)
        }
      }
    }
  }

  @Test func theFirstAnchorsAreTheOnesInThePapersCode() {
    let generator = AnchorGenerator(
      sizes: [[32, 64]], ratios: [0.25, 1, 4], strides: [4], offset: 0)
    let anchors = generator.anchors(level: 0, rows: 1, columns: 2)
    #expect(anchors.count == 12)
    #expect(
      Array(anchors[..<3]) == [Box(-32, -8, 32, 8), Box(-16, -16, 16, 16), Box(-8, -32, 8, 32)])
    #expect(anchors[6] == Box(-28, -8, 36, 8))
  }

  @Test func aMegapixelPictureHas261888Anchors() {
    let generator = AnchorGenerator(
      sizes: [[32], [64], [128], [256], [512]], ratios: [0.5, 1, 2], strides: [4, 8, 16, 32, 64],
      offset: 0)
    let counts = (0..<5).map { level in
      let side = 1024 >> (level + 2)
      return side * side * generator.shapes(level: level).count
    }
    #expect(counts.reduce(0, +) == 261_888)
  }

  @Test func everyShapeHasTheAreaOfItsSize() {
    let generator = AnchorGenerator(sizes: [[40]], ratios: [0.5, 1, 2], strides: [8], offset: 0.5)
    for (shape, ratio) in zip(generator.shapes(level: 0), generator.ratios) {
      #expect(abs(shape.area - 1600) < 0.01)
      #expect(abs(shape.height / shape.width - ratio) < 1e-5)
    }
    #expect(generator.anchors(level: 0, rows: 0, columns: 5).isEmpty)
  }
}
