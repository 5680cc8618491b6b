import Foundation
import Testing
import ViTDetMini

@testable import Lessons

/// What a detector inherits, how it is fine-tuned, and what came of it.
@Suite struct FineTuneFigureTests {
  /// A laboratory like that of the race, with a directory of its own.
  private func laboratory(_ lessons: String) -> Laboratory {
    let shared = RaceChapter.laboratory
    return Laboratory(shared.detector, parameters: shared.detectorParameters, lessons: lessons)
  }

  private func figure(
    _ name: String, _ knobs: [String: String] = [:], view: Int = 0, in laboratory: Laboratory,
    _ language: Language = .en
  ) throws -> Figure {
    try FigureCatalog.figure(
      FigureRequest(name: name, knobs: knobs, view: view, language: language),
      laboratory: laboratory)
  }

  private func flow(_ figure: Figure) -> [FlowRow] {
    if case .flow(let rows) = figure.body { rows } else { [] }
  }

  private func chart(_ figure: Figure) throws -> ChartContent {
    guard case .chart(let chart) = figure.body else { throw StageError("no chart") }
    return chart
  }

  /// A plain transformer of the race's backbone, where the course would have it.
  private func plainTransformer(in directory: TemporaryDirectory) throws {
    var plain = RaceChapter.laboratory.configuration
    plain.windowBlockIndexes = []
    plain.useRelPos = false
    try directory.write("", to: "models/none")
    try ModelDirectory.write(
      .backbone(plain), parameters: Parameters(plain.parameterSpecifications(), seed: 9),
      to: directory.path + "/models/tiny-mae")
  }

  @Test func aCheckpointIsToldPartByPart() throws {
    let directory = try TemporaryDirectory()
    try plainTransformer(in: directory)
    let laboratory = laboratory(directory.path)
    let all = flow(try figure("inheritance", in: laboratory))
    let marks = all.map { $0.name.prefix(1) }
    #expect(marks.contains("=") && marks.contains("+"))
    #expect(all.allSatisfy { !$0.readOut.isEmpty })
    // Weight and bias of both blocks are one part.
    let fc1 = try #require(all.first { $0.name.contains("fc1") })
    #expect(fc1.readOut.contains("2 tensors") && fc1.shape == [32, 8])
    let missing = flow(try figure("inheritance", ["rows": "missing"], in: laboratory))
    #expect(
      missing.contains { $0.name == "+roi_heads" }
        && missing.contains { $0.name == "+blocks.*.rel_pos" })
    #expect(missing.allSatisfy { $0.name.hasPrefix("+") })
    let inherited = try laboratory.inheritance()
    let table = try #require(try figure("inheritance", in: laboratory).evidence)
    #expect(table.rows.compactMap { Int($0[3]) }.reduce(0, +) == inherited.rows.count)
  }

  @Test func missingWeightsAreToldKindly() throws {
    let directory = try TemporaryDirectory()
    let laboratory = laboratory(directory.path)
    for name in ["inheritance", "training-log", "lab-table"] {
      for language in Language.allCases {
        _ = try figure(name, in: laboratory, language)
      }
    }
    let race = try figure("fine-tuning", in: laboratory)
    #expect(race.caution?.contains("tiny-mae") == true)
    #expect(try figure("fine-tuning", ["start": "random"], in: laboratory).caution == nil)
    #expect(throws: FigureError.self) {
      try FigureCatalog.trainer(FigureRequest(name: "fine-tuning"), laboratory: laboratory)
    }
  }

  @Test func bothRacersLearnTheSameFromDifferentWeights() throws {
    let directory = try TemporaryDirectory()
    try plainTransformer(in: directory)
    let trainer = try FigureCatalog.trainer(
      FigureRequest(name: "fine-tuning", knobs: ["decay": "0.7"]),
      laboratory: laboratory(directory.path))
    #expect(trainer.lanes.map(\.name) == ["mae", "random"])
    #expect(trainer.lanes[0].recipe == trainer.lanes[1].recipe)
    #expect(trainer.lanes[0].recipe.layerDecay == 0.7)
    let name = "backbone.net.blocks.0.mlp.fc1.weight"
    #expect(trainer.lanes[0].start[name] != nil && trainer.lanes[1].start[name] == nil)
  }

  @Test func layersLearnAtPowersOfTheDecay() throws {
    let points = try chart(.made("layer-rates")).series[0].points
    #expect(points.count == 14)
    #expect(abs(points[0].y - pow(0.7, 13)) < 1e-9 && abs(points[12].y - 0.7) < 1e-9)
    #expect(points[13].y == 1)
    let rows = flow(try Figure.made("layer-rates", ["preset": "large", "decay": "0.8"], view: 1))
    #expect(rows.count == 26 && rows[0].name == "patch_embed" && rows[0].remark == "0.003778")
    #expect(
      try chart(.made("layer-rates", ["decay": "1"])).series[0].points.allSatisfy { $0.y == 1 })
  }

  @Test func branchesAreLeftOutAsOftenAsTheRateSays() throws {
    let none = try #require(Figure.made("drop-path", ["rate": "0"]).grid)
    #expect(none.places(of: ".").count == none.rows * none.columns)
    var dropped = 0
    for step in 1...8 {
      let grid = try #require(
        Figure.made("drop-path", ["preset": "huge", "rate": "0.5", "step": "\(step)"]).grid)
      #expect(grid.rows == 32)
      // The first block never leaves anything out.
      #expect(grid.places(of: ".").count { $0.row == 0 } == grid.columns)
      dropped +=
        grid.places(of: "a").count + grid.places(of: "m").count + 2 * grid.places(of: "x").count
    }
    let share = Double(dropped) / Double(8 * 32 * 16 * 2)
    #expect(abs(share - 0.25) < 0.02)
  }

  @Test func aLogIsReadLineByLine() throws {
    let directory = try TemporaryDirectory()
    try directory.write(
      """
      {"step": 1, "seconds": 2, "lr": 0.1, "total_loss": 4, "loss_cls": 3}
      not a line
      {"step": 10, "seconds": 120, "lr": 0.2, "total_loss": 2, "loss_cls": 1}
      {"step": 10, "scenes": 5, "scenes_seed": 2, "bbox": {"AP": 0.25, "AP50": 0.5, "AP75": 0.1, "APl": -1}, "classes": {}}
      """, to: "models/tiny/log.jsonl")
    let laboratory = laboratory(directory.path)
    let losses = try chart(figure("training-log", ["mean": "1"], in: laboratory)).series[0].points
    #expect(losses == [.init(x: 1, y: 4), .init(x: 10, y: 2)])
    let means = try chart(figure("training-log", ["show": "loss_cls"], in: laboratory)).series[0]
    #expect(means.points == [.init(x: 10, y: 2)])
    let scores = try chart(figure("training-log", ["show": "AP"], in: laboratory)).series
    #expect(scores.map { $0.points.map(\.y) } == [[25], [50], [10]])
    let sizes = try chart(figure("training-log", ["show": "sizes"], in: laboratory)).series
    #expect(sizes.allSatisfy { $0.points.isEmpty })
  }

  @Test func aTableThatWasNotRunHasThePapersNumbersOnly() throws {
    let figure = try Figure.made("lab-table", ["table": "1"])
    let table = try #require(figure.table)
    #expect(table.rows.map { $0[2] } == ["–", "–", "–"])
    #expect(table.rows.map { $0[3] } == ["47.8", "50.9", "51.2"])
    #expect(figure.caution?.contains("not run") == true && figure.evidence == nil)
    let trends = try #require(Figure.made("lab-table", ["table": "1"], view: 1).table)
    #expect(trends.rows.map { $0[0] } == ["b−a", "c−a", "c−b"])
    #expect(trends.rows.map { $0[2] } == ["+3.1", "+3.4", "+0.3"])
  }

  @Test func aTableThatWasRunHasMeansAndTrends() throws {
    let directory = try TemporaryDirectory()
    let runs = [("random", [0.30, 0.32, 0.31]), ("mae", [0.40, 0.41, 0.42])].flatMap {
      start, scores in
      scores.enumerated().map { seed, score in
        """
        {"pyramid": "simple", "propagation": "even", "start": "\(start)", "seed": \(seed + 1), \
        "bbox": {"AP": \(score)}, "segm": {"AP": 0.2}, "classes": {}, "step_milliseconds": 9}
        """
      }
    }
    try directory.write(
      """
      {"format": 1, "table": 4, "steps": 7, "batch": 4, "scenes": 5, "seeds": 3, "settings": {},
       "runs": [\(runs.joined(separator: ", "))]}
      """, to: "results/table-4.json")
    let laboratory = laboratory(directory.path)
    let figure = try figure("lab-table", ["table": "4"], in: laboratory)
    #expect(figure.table?.rows.map { $0[2] } == ["31.0 ± 1.0", "–", "41.0 ± 1.0"])
    #expect(figure.caution?.contains("6 of 9") == true)
    #expect(figure.evidence?.rows.count == 6)
    let trends = try #require(self.figure("lab-table", view: 1, in: laboratory).table)
    #expect(trends.rows.contains { $0[0] == "c−a" && $0[3] == "held" })
    #expect(trends.rows.contains { $0[0] == "b−a" && $0[1] == "–" })
  }
}
