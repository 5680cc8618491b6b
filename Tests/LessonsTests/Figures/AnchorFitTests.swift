import Testing
import ViTDetMini

@testable import Lessons

@Suite struct AnchorFitTests {
  private let boxes: [Box] = [
    Box(3, 5, 17, 30), Box(0, 0, 8, 8), Box(100, 90, 228, 218), Box(240, 240, 256, 256),
    Box(60.5, 33, 77, 120), Box(130, 10, 140, 12), Box(0, 0, 256, 256),
  ]

  /// The best of all anchors of a level, each tried.
  private func tried(_ box: Box, _ fit: AnchorFit, _ level: NeckLevel) -> Float {
    fit.generator.anchors(level: level.index, rows: level.rows, columns: level.columns)
      .reduce(0) { max($0, box.iou($1)) }
  }

  @Test func theNearestCellHasTheBestAnchor() {
    for detector in [DetectorConfiguration.tiny, .tiny.withoutPyramid] {
      let fit = AnchorFit(detector)
      for box in boxes {
        for level in fit.levels {
          // The same place computed another way round may differ in the last bits.
          let (best, tried) = (fit.best(for: box, on: level), tried(box, fit, level))
          #expect(abs(best - tried) <= 1e-6, "\(level.name) \(box)")
        }
        #expect(fit.best(for: box) == fit.levels.map { fit.best(for: box, on: $0) }.max())
      }
    }
  }

  @Test func theLastMapHasAnchorsOfEverySizeAndFewerOfThem() {
    let fit = AnchorFit(.tiny.withoutPyramid)
    #expect(fit.levels.map(\.name) == ["p4"])
    #expect(fit.levels.first?.anchors == [8, 16, 32, 64, 128])
    #expect(fit.count == 16 * 16 * 15)
    #expect(AnchorFit(.tiny).count == 3 * (4096 + 1024 + 256 + 64 + 16))
    #expect(AnchorFit(DetectorConfiguration(.base)).count == 261_888)
  }

  @Test func aSquareOfAnAnchorsSizeBelongsToItsLevel() {
    let fit = AnchorFit(.tiny)
    for level in fit.levels.dropLast() {
      #expect(fit.bestLevel(side: level.anchors[0])?.name == level.name)
    }
    // An anchor never fits a square better than one of its own size and place.
    #expect(fit.meanBest(side: 16).allSatisfy { $0 > 0 && $0 < 1 })
  }

  @Test func aLevelsCellsLieOverTheTokensThatShareItsPixels() throws {
    let levels = DetectorConfiguration.tiny.neckLevels
    #expect(levels.map(\.name) == ["p2", "p3", "p4", "p5", "p6"])
    #expect(levels.map(\.rows) == [64, 32, 16, 8, 4])
    #expect(levels.map(\.stride) == [4, 8, 16, 32, 64])
    let modules = DetectorConfiguration.tiny.modules().filter {
      $0.name.hasPrefix("backbone.simfp_") || $0.name == "backbone.top_block"
    }
    #expect(levels.map { [1, $0.rows, $0.columns, 64] } == modules.map(\.output))
    #expect(
      levels.map { DetectorConfiguration.tiny.parameterCount(of: [$0]) }
        == modules.map(\.parameters))
    #expect(
      levels[0].tokens(under: Token(row: 34, column: 25), patch: 16) == [Token(row: 8, column: 6)])
    #expect(
      levels[2].tokens(under: Token(row: 3, column: 2), patch: 16) == [Token(row: 3, column: 2)])
    #expect(
      Set(levels[3].tokens(under: Token(row: 4, column: 3), patch: 16))
        == [
          Token(row: 8, column: 6), Token(row: 8, column: 7), Token(row: 9, column: 6),
          Token(row: 9, column: 7),
        ])
  }
}
