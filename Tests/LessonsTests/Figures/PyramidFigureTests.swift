import Testing
import ViTDetMini

@testable import Lessons

@Suite struct PyramidFigureTests {
  private func flow(_ preset: String) throws -> [FlowRow] {
    guard case .flow(let rows) = try Figure.made("shape-flow", ["preset": preset]).body else {
      return []
    }
    return rows
  }

  @Test(arguments: [("tiny", 256, 64, 64), ("base", 1024, 768, 256)])
  func theFlowHasTheShapesOfTheRunningModel(
    preset: String, side: Int, width: Int, channels: Int
  ) throws {
    let rows = try flow(preset)
    let grid = side / 16
    #expect(rows.first?.shape == [1, side, side, 3])
    #expect(rows[1].name == "patch_embed" && rows[1].shape == [1, grid, grid, width])
    let made = rows.filter { $0.remark.contains("→ p") }
    let sides = [4 * grid, 2 * grid, grid, grid / 2, grid / 4]
    #expect(made.map(\.shape) == sides.map { [1, $0, $0, channels] })
    #expect(
      rows.filter { $0.name.hasPrefix("simfp_2") }.map(\.name)
        == ["simfp_2.0", "simfp_2.1", "simfp_2.3", "simfp_2.4", "simfp_2.5"])
    #expect(rows.allSatisfy { !$0.readOut.isEmpty })
  }

  @Test func theFlowOfTheSmallModelHasTheShapesThatWereRecorded() throws {
    let recording = try Laboratory.shared.detectorRecording(Laboratory.shared.detector)
    let rows = try flow("tiny")
    for (row, level) in zip(
      rows.filter { $0.remark.contains("→ p") }, ["p2", "p3", "p4", "p5", "p6"])
    {
      #expect(try recording.map(level).shape == row.shape)
    }
  }

  @Test(arguments: [
    ("backbone", ["image", "patch_embed"], 11), ("p2", ["blocks.7", "simfp_2.0"], 6),
    ("p4", ["blocks.7", "simfp_4.0"], 3), ("p5", ["blocks.7", "simfp_5.0"], 4),
    ("p6", ["simfp_5.2", "top_block"], 2),
  ])
  func aPartBeginsWithWhatGoesIn(part: String, names: [String], count: Int) throws {
    guard case .flow(let rows) = try Figure.made("shape-flow", ["part": part]).body else {
      Issue.record("no flow")
      return
    }
    #expect(rows.prefix(2).map(\.name) == names)
    #expect(rows.count == count)
  }

  @Test func theModulesAddUpToTheDetectorsBackbone() throws {
    let table = try #require(try Figure.made("shape-flow", ["preset": "base"]).evidence)
    func sum(_ column: Int) -> Int {
      table.rows.reduce(0) { $0 + (Int($1[column].filter(\.isNumber)) ?? 0) }
    }
    #expect(sum(2) == 85_889_024 + 5_560_000)
    let reports = DetectorConfiguration(.base).modules().filter { $0.name.hasPrefix("backbone.") }
    #expect(sum(3) == reports.reduce(0) { $0 + $1.cost.multiplyAdds })
    #expect(sum(4) == reports.reduce(0) { $0 + $1.cost.bytes })
  }

  @Test func theMapOfALevelIsTheOneTheNeckMade() throws {
    let laboratory = Laboratory.shared
    let recording = try laboratory.detectorRecording(laboratory.detector)
    let network = try ViTDet(laboratory.detector, parameters: laboratory.detectorParameters)
    let maps = network.levels(of: try recording.map("backbone.last_feat"))
    for (level, map) in zip(laboratory.detector.neckLevels, maps) {
      #expect(try recording.map(level.name) == map)
      let grid = try #require(
        try Figure.made("pyramid-maps", ["level": level.name, "channel": "5"], view: 1).grid)
      #expect((grid.rows, grid.columns) == (level.rows, level.columns))
      #expect(grid.values[grid.columns + 2] == map[0, 1, 2, 5])
    }
  }

  @Test func theOverviewOfAFineLevelIsTheMeanOfItsCells() throws {
    let whole = try #require(
      try Figure.made("pyramid-maps", ["level": "p2", "channel": "3"], view: 1).grid)
    let overview = try #require(
      try Figure.made("pyramid-maps", ["level": "p2", "channel": "3"]).grid)
    #expect((overview.rows, overview.columns) == (16, 16))
    let cells: [Float] = (0..<16).map { (index: Int) -> Float in
      let (row, column) = (20 + index / 4, 8 + index % 4)
      return whole.values[row * 64 + column]
    }
    let mean: Float = cells.reduce(0, +) / 16
    #expect(abs(overview.values[5 * 16 + 2] - mean) < 1e-5)
    #expect(overview.readOuts[5 * 16 + 2].hasSuffix(" x 32–47 y 80–95"))
    #expect(whole.readOuts[65].hasSuffix(" x 4–7 y 4–7"))
    #expect(try Figure.made("pyramid-maps", ["level": "p5"]).grid?.rows == 8)
  }

  @Test func distancesFromTheMeanAreZeroForEqualCells() {
    let equal = Tensor(shape: [1, 2, 2, 3], storage: [0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2])
    #expect(equal.distancesFromTheMean() == [0, 0, 0, 0])
    let two = Tensor(shape: [1, 1, 2, 1], storage: [1, 5])
    #expect(two.distancesFromTheMean() == [2, 2])
    let grid: [Float] = [1, 2, 3, 4, 5, 6, 7, 8]
    #expect(grid.meanPooled(rows: 2, columns: 4, step: 2) == [3.5, 5.5])
  }

  /// The cells that a figure shows as changed.
  private func changed(_ level: String, _ cell: Token) throws -> Set<Token> {
    let grid = try #require(
      try Figure.made("level-influence", ["level": level], focus: cell).grid)
    // The cell in focus is one of them, whatever it is marked with.
    return grid.places(of: "#")
  }

  private func square(_ top: Int, _ left: Int, _ side: Int) -> Set<Token> {
    Set((0..<side * side).map { Token(row: top + $0 / side, column: left + $0 % side) })
  }

  @Test func aTokenReachesItsOwnCellsAndARimOfOne() throws {
    // Token (8,6) lies under the rows 32…35 and the columns 24…27 of p2.
    #expect(try changed("p2", Token(row: 34, column: 25)) == square(31, 23, 6))
    #expect(try changed("p3", Token(row: 17, column: 12)) == square(15, 11, 4))
    #expect(try changed("p4", Token(row: 8, column: 6)) == square(7, 5, 3))
    #expect(try changed("p5", Token(row: 4, column: 3)) == square(3, 2, 3))
    #expect(try changed("p5", Token(row: 0, column: 0)) == square(0, 0, 2))
    // p6 takes every second cell of p5, and the 16 tokens under its cell reach 4×4 of those.
    #expect(try changed("p6", Token(row: 2, column: 1)).contains(Token(row: 2, column: 1)))
  }

  @Test func theTwoRulesOfLevelsDisagreeWhereTheTextSaysSo() throws {
    let figure = try Figure.made("level-of-size", ["size": "64"])
    let row = try #require(figure.table?.rows.first { $0[0] == "64 *" })
    #expect(row[1] == "p5" && row[3] == "p4" && row[4] == "4")
    let base = try Figure.made("level-of-size", ["size": "224", "preset": "base"])
    let square = try #require(base.table?.rows.first { $0[0] == "224 *" })
    #expect(square[3] == "p4" && square[4] == "14")
    for line in try #require(figure.evidence?.rows) { #expect(line.count == 6) }
  }

  @Test func coverageIsThatOfTheMatcher() throws {
    let laboratory = Laboratory.shared
    let coverage = laboratory.anchorCoverage()
    #expect(coverage.objects.count > 100)
    let scene = ShapesDataset(count: 1, seed: Laboratory.seed, size: 256).scene(0)
    let anchors = (0..<5).flatMap { level in
      laboratory.detector.proposals.anchors.anchors(
        level: level, rows: 64 >> level, columns: 64 >> level)
    }
    for (object, known) in zip(scene.objects, coverage.objects) {
      let best = anchors.map { object.box.iou($0) }.max() ?? 0
      #expect(abs(known.simple - best) <= 1e-6)
      #expect(known.size == SizeClass(object.box))
    }
    for size in SizeClass.allCases {
      let (loose, middle, strict) = (
        coverage.share(size, above: 0.3), coverage.share(size, above: 0.5),
        coverage.share(size, above: 0.7)
      )
      #expect(loose.simple >= middle.simple && middle.simple >= strict.simple)
      #expect(loose.lastMap >= middle.lastMap && middle.lastMap >= strict.lastMap)
      #expect(coverage.share(size, above: 0).lastMap == 1)
    }
    // What the text says: small objects lose without the pyramid.
    let small = coverage.share(.small, above: 0.5)
    #expect(small.simple > small.lastMap)
  }

  @Test func aBoxOfTwentyFourPixelsIsNoLongerSmall() {
    #expect(SizeClass(Box(0, 0, 23.9, 24)) == .small)
    #expect(SizeClass(Box(0, 0, 24, 24)) == .middle)
    #expect(SizeClass(Box(0, 0, 48, 48)) == .middle)
    #expect(SizeClass(Box(0, 0, 48, 49)) == .large)
  }

  @Test func theDesignsDifferInWhatTheyRead() throws {
    let detector = DetectorConfiguration(.base)
    #expect(PyramidDesign.stages.rows(detector).map(\.block) == [2, 5, 8, 11])
    #expect(PyramidDesign.lastMap.rows(detector).map(\.block) == [11, 11, 11, 11])
    #expect(PyramidDesign.lastMap.rows(detector).compactMap(\.coarser) == ["p3", "p4", "p5"])
    #expect(PyramidDesign.simple.rows(detector).map(\.stride) == [4, 8, 16, 32])
    #expect(PyramidDesign.simple.rows(detector).allSatisfy { $0.coarser == nil })
    #expect(PyramidDesign.none.rows(detector).map(\.stride) == [16])
    let published = try #require(try Figure.made("pyramid-designs", view: 1).table)
    #expect(published.rows.last == ["simple *", "51.2", "45.5", "54.6", "48.6"])
  }

  @Test func faultsNameTheLevelsThereAre() {
    #expect(throws: FigureError("the detector has no level «p7»; it has p2, p3, p4, p5, p6")) {
      try Laboratory.shared.level("p7")
    }
    #expect(throws: FigureError.self) { try Figure.made("pyramid-maps", ["level": "p7"]) }
    #expect(throws: FigureError.self) { try Figure.made("level-of-size", ["size": "3"]) }
  }
}
