import Testing
import ViTDetMini

@testable import Lessons

@Suite struct PatchFigureTests {
  @Test(arguments: [("8", "32×32 = 1,024"), ("16", "16×16 = 256"), ("32", "8×8 = 64")])
  func thePatchGridCountsItsPatches(patch: String, count: String) throws {
    let figure = try Figure.made("patch-grid", ["patch": patch])
    #expect(figure.sentence.contains(count))
    guard case .image(let image) = figure.body else {
      Issue.record("no picture")
      return
    }
    #expect(image.patch == Int(patch))
    #expect(image.mosaic.pixels.count == 3 * (256 / image.patch) * (256 / image.patch))
  }

  @Test func aMosaicHasTheMeanColours() {
    let image = ImageContent(
      width: 4, height: 2,
      pixels: [10, 0, 0, 20, 0, 0, 0, 8, 0, 0, 8, 0, 30, 0, 0, 40, 0, 0, 0, 8, 0, 0, 8, 4],
      patch: 2)
    #expect(image.mosaic.pixels == [25, 0, 0, 0, 8, 1])
  }

  @Test func aPatchIsTheSameAsPixelsAndAsNumbers() throws {
    let focus = Token(row: 3, column: 9)
    guard case .image(let pixels) = try Figure.made("patch-pixels", focus: focus).body else {
      Issue.record("no picture")
      return
    }
    let values = try #require(try Figure.made("patch-pixels", focus: focus, view: 1).grid?.values)
    #expect(values == stride(from: 0, to: 768, by: 3).map { Float(pixels.pixels[$0]) })
    let corner = Laboratory.shared.picture[x: 9 * 16, y: 3 * 16]
    #expect(pixels.pixels.prefix(3) == [corner.red, corner.green, corner.blue])
  }

  @Test func theTokenIsTheWeightedSumOfThePatchesPixels() throws {
    let laboratory = Laboratory.shared
    let focus = Token(row: 3, column: 9)
    let shown = try #require(try Figure.made("patch-pixels", focus: focus, view: 2).grid?.values)
    let patches = unfoldPatches(laboratory.picture.normalised(), patch: 16)
    let weight = try laboratory.parameter("patch_embed.proj.weight")
    let bias = try laboratory.parameter("patch_embed.proj.bias")
    for channel in [0, 17, 63] {
      var sum = bias[channel]
      for index in 0..<768 {
        sum += patches[0, 3, 9, index] * weight.storage[channel * 768 + index]
      }
      #expect(abs(sum - shown[channel]) < 1e-4)
    }
  }

  @Test func convolutionAndMatrixProductDifferByRounding() throws {
    let measured = try Laboratory.shared.projection()
    #expect(measured.values == 256 * 64)
    #expect(measured.matrixDifference < 64 * measured.unit)
    #expect(measured.modelDifference < 64 * measured.unit)
    #expect(measured.shiftedDifference > 1000 * measured.matrixDifference)
  }

  @Test func tokensAreCountedForEverySide() throws {
    let table = try #require(try Figure.made("token-count").table)
    #expect(table.rows.map { $0[2] } == ["196", "256", "1,024", "4,096"])
    #expect(table.rows.map { $0[3] } == ["38,416", "65,536", "1,048,576", "16,777,216"])
  }

  @Test func positionRowsPassThroughTheirShapes() throws {
    guard case .flow(let rows) = try Figure.made("position-rows").body else {
      Issue.record("no flow")
      return
    }
    #expect(
      rows.map(\.shape) == [
        [1, 65, 64], [1, 64, 64], [1, 8, 8, 64], [1, 16, 16, 64], [1, 16, 16, 64],
      ])
  }

  @Test(arguments: ["8", "16"]) func aPositionIsMostLikeItselfAndThenItsNeighbours(grid: String)
    throws
  {
    let focus = Token(row: 5, column: 3)
    let content = try #require(
      try Figure.made("position-similarity", ["grid": grid], focus: focus).grid)
    let side = try #require(Int(grid))
    #expect(content.rows == side)
    let values = content.values
    #expect(abs(values[5 * side + 3] - 1) < 1e-5)
    #expect(values[5 * side + 4] > values[5 * side + side - 1])
  }

  @Test func tokensMoveWithThePictureByWholePatchesWithoutPosition() throws {
    let laboratory = Laboratory.shared
    #expect(try laboratory.shift(0, position: true, stage: .tokens).error == 0)
    // The same sums stand in other rows of the matrix product, which may round them differently.
    #expect(try laboratory.shift(16, position: false, stage: .tokens).error < 1e-6)
    #expect(try laboratory.shift(16, position: true, stage: .tokens).error > 0.05)
    #expect(try laboratory.shift(1, position: false, stage: .tokens).error > 0.05)
    #expect(try laboratory.shift(8, position: false, stage: .tokens).error > 0.1)
  }

  @Test func featuresAfterWindowsDoNotMoveWithThePicture() throws {
    #expect(try Laboratory.shared.shift(16, position: false, stage: .features).error > 0.001)
  }

  @Test func shiftingWrapsRoundAndComesBack() {
    let picture = Laboratory.shared.picture
    let moved = picture.shiftedRight(by: 5)
    #expect(moved[x: 5, y: 9] == picture[x: 0, y: 9])
    #expect(moved[x: 0, y: 9] == picture[x: 251, y: 9])
    #expect(moved.shiftedRight(by: 251) == picture)
  }

  @Test func aMapShiftsByWholeColumnsExactlyAndByPartsOnALine() {
    let map = Tensor(shape: [1, 1, 4, 1], storage: [0, 10, 20, 30])
    #expect(map.shiftedRight(by: 1, and: 0).storage == [30, 0, 10, 20])
    #expect(map.shiftedRight(by: 0, and: 0.5).storage == [15, 5, 15, 25])
    #expect(map.shiftedRight(by: 1, and: 0.25).storage[2] == 7.5)
  }
}
