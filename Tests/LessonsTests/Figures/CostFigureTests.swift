import Foundation
import TUI
import Testing
import ViTDetMini

@testable import Lessons

/// What a block costs as the picture grows: counted, by formula and in stages.
@Suite struct CostFigureTests {
  @Test func theSlopeOfAPowerIsItsExponent() throws {
    for exponent in [0.5, 1, 2, 3.5] {
      let points = [1.0, 2, 7, 50].map { x in (x: x, y: 3 * pow(x, exponent)) }
      let slope = try #require(PowerLaw.slope(points))
      #expect(abs(slope - exponent) < 1e-9)
    }
    #expect(PowerLaw.slope([]) == nil && PowerLaw.slope([(2, 3)]) == nil)
    #expect(PowerLaw.slope([(2, 3), (2, 5)]) == nil)
  }

  @Test(arguments: BlockChoice.allCases) func aRunCountsWhatTheFormulasSay(block: BlockChoice)
    throws
  {
    let laboratory = Laboratory.shared
    for side in [128, 192, 256] {
      let run = try laboratory.blockRun(block, side: side)
      #expect(run.cost == laboratory.predictedCost(block, side: side))
      #expect(run.tokens == (side / 16) * (side / 16) && run.seconds > 0 && run.keptBytes == 0)
    }
    let pairs = try laboratory.blockRun(block, side: 192).cost.pairs
    // 12×12 tokens, or four windows of 6×6.
    #expect(pairs == (block == .global ? 144 * 144 : 4 * 36 * 36))
  }

  @Test func keptWeightsTakeMemoryAndNoWork() throws {
    let laboratory = Laboratory.shared
    let kept = try laboratory.blockRun(.global, side: 128, keepsWeights: true)
    let passing = try laboratory.blockRun(.global, side: 128)
    #expect(kept.cost == passing.cost)
    #expect(kept.keptBytes == 4 * 4 * 64 * 64)
    let table = try #require(try Figure.made("fused-block", ["image": "128"]).table)
    #expect(table.rows.map { $0[2] } == ["65.5 kB", "0.0 kB"])
    #expect(table.rows[0][1] == table.rows[1][1])
  }

  @Test func growthIsMeasuredInStages() throws {
    let laboratory = Laboratory()
    let request = FigureRequest(name: "cost-growth", knobs: ["largest": "512"])
    for stage in 1...5 {
      let figure = try FigureCatalog.stage(of: request, laboratory: laboratory)
      #expect(figure.isUnfinished == (stage < 5))
      #expect(figure.caution == (stage < 5 ? "measuring: \(stage) of 5 sizes" : nil))
      guard case .chart(let chart) = figure.body else {
        Issue.record("no chart")
        return
      }
      // The formulas are there from the beginning.
      #expect(chart.series.map(\.points.count) == [5, 5, stage, stage, stage])
      #expect(chart.series[2].points == Array(chart.series[0].points.prefix(stage)))
      #expect(chart.series[3].points == Array(chart.series[1].points.prefix(stage)))
    }
    let figure = try FigureCatalog.figure(request, laboratory: laboratory)
    guard case .chart(let chart) = figure.body else { return }
    #expect(chart.series[2].name == "pairs counted, slope 2.00")
    #expect(
      figure.sentence.contains("16.0× the tokens") && figure.sentence.contains("differ by 0."))
    #expect(figure.evidence?.rows.map { $0[1] } == ["64", "144", "256", "576", "1,024"])
  }

  @Test func whoLeavesTheFigureEndsItsMeasuring() throws {
    let stage = try SharedStage.get()
    let laboratory = Laboratory()
    var app = Rehearsal(
      course: stage.course, directory: stage.directory, laboratory: laboratory, language: .en,
      size: Size(columns: 80, rows: 24), glyphs: .ascii
    ).app
    app.open("cost")
    app.apply(.event(.key(.pageDown)))
    func figureWork() -> [Work] {
      app.takeWork().filter { if case .figure = $0 { true } else { false } }
    }
    let first = figureWork()
    try #require(first.count == 1)
    // While a stage is being made, no other is asked for.
    #expect(figureWork().isEmpty)
    for message in first[0].results() { app.apply(message) }
    let second = figureWork()
    #expect(second.count == 1)
    app.apply(.event(.key(.pageDown)))
    for message in second.flatMap({ $0.results() }) { app.apply(message) }
    #expect(figureWork().isEmpty)
    #expect(laboratory.knownBlockRun(.global, side: 192) != nil)
    #expect(laboratory.knownBlockRun(.global, side: 256) == nil)
    // Back again it goes on where it was.
    app.apply(.event(.key(.pageUp)))
    for message in figureWork().flatMap({ $0.results() }) { app.apply(message) }
    #expect(laboratory.knownBlockRun(.global, side: 256) != nil)
  }

  @Test(arguments: ["tiny", "base", "large", "huge"]) func thePartsOfABlockAreAllOfIt(
    preset: String
  ) throws {
    let model = try #require(ModelFacts.presets[preset])
    let parts = BlockParts(model, side: 512)
    let index = try #require(model.globalBlockIndexes.first)
    let block = try #require(
      model.modules(image: Extent(side: 512)).first { $0.name == "blocks.\(index)" })
    #expect(parts.multiplyAdds == block.cost.multiplyAdds)
    let (n, c) = (1024, model.embedDim)
    #expect(parts[.scores].multiplyAdds == n * n * c && parts.products == 2 * n * n * c)
    #expect(parts[.mlp].multiplyAdds == 2 * n * c * model.mlpHidden)
    #expect(parts[.qkv].multiplyAdds == 3 * n * c * c)
    #expect(parts[.softmax].bytes == 4 * model.numHeads * n * n)
    // Height and width tables have 2·32 − 1 rows each.
    #expect(parts[.relative].multiplyAdds == n * 2 * 63 * c)
  }

  @Test func theLinesCrossAtTheHiddenWidth() throws {
    let base = try #require(ModelFacts.presets["base"])
    func parts(_ tokensAlongASide: Int) -> BlockParts {
      BlockParts(base, side: tokensAlongASide * base.patchSize)
    }
    // 55² < 3,072 < 56²
    #expect(parts(55).products < parts(55)[.mlp].multiplyAdds)
    #expect(parts(56).products > parts(56)[.mlp].multiplyAdds)
    let figure = try Figure.made("cost-crossing", ["preset": "base"])
    #expect(figure.sentence.contains("equal at 3,072 tokens"))
  }

  @Test func theLogitsOfThePublishedDetector() throws {
    let table = try #require(try Figure.made("logit-memory", ["preset": "base"]).table)
    #expect(table.rows[2] == ["1024", "4,096", "805.3 MB", "12.6 MB"])
    let half = try #require(
      try Figure.made("logit-memory", ["preset": "base", "dtype": "f16"]).table)
    #expect(half.rows[2] == ["1024", "4,096", "402.7 MB", "6.3 MB"])
  }

  @Test func lessonsNameWhatWasCounted() throws {
    let facts = ModelFacts(configuration: .tiny, laboratory: .shared)
    func value(_ text: String) throws -> Value {
      try Expression(parsing: text).evaluate(in: facts)
    }
    #expect(try value("counted(\"pairs\", \"global\", 192)") == .number(144 * 144))
    #expect(try value("round(countedSlope(\"pairs\", \"global\", 256) * 1000)") == .number(2000))
    for wrong in [
      "counted(\"joules\", \"global\", 192)", "counted(\"pairs\", \"local\", 192)",
      "counted(\"pairs\", \"global\", 9999)", "countedSlope(\"pairs\", \"global\", 128)",
    ] {
      #expect(throws: (any Error).self) { try value(wrong) }
    }
  }
}
