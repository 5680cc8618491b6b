import Foundation
import Testing

@testable import ViTDetMini

@Suite struct LabResultsTests {
  @Test func whatIsWrittenIsRead() throws {
    let results = try LabResults.made(.starts, ["random": [0.1, 0.2], "mae": [1]])
    let path = temporaryPath() + ".json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try results.write(to: path)
    #expect(try LabResults(path: path) == results)
    #expect(results.runs[0][.box] == 10 && results.runs[0][.medium] == nil)
    #expect(results.runs[2].classes == ["disc": 0.5])
    #expect(throws: CheckpointError.self) { try results.write(to: path + "/no/such/place") }
  }

  @Test func meansAndSpreadsAreOfSeeds() throws {
    let results = try LabResults.made(.starts, ["random": [0.1, 0.2, 0.6], "mae": [0.4]])
    let random = try #require(LabTable.starts.row(named: "random"))
    let spread = results.spread(of: random, .box)
    #expect(abs(spread.mean - 30) < 1e-9)
    // √((20² + 10² + 30²) / 2)
    #expect(abs(try #require(spread.deviation) - 700.0.squareRoot()) < 1e-9)
    let mae = try #require(LabTable.starts.row(named: "mae"))
    #expect(results.spread(of: mae, .box).deviation == nil)
    #expect(results.spread(of: mae, .medium).values.isEmpty)
    #expect(!results.isComplete)
  }

  @Test func differencesPairSeeds() throws {
    let whole = try LabResults.made(.pyramids, ["none": [0.1, 0.3, 0.2], "simple": [0.2, 0.35]])
    let comparison = try #require(LabTable.pyramids.comparisons.first { $0.row.name == "simple" })
    let values = whole.differences(comparison, .box).values
    #expect(values.map { ($0 * 10).rounded() } == [100, 50])
    // Without its first seed a row is compared by the others.
    let torn = LabResults(
      table: .pyramids, steps: 1, batch: 1, scenes: 1, seeds: 3, minutes: nil, start: .mae,
      settings: [:],
      runs: Array(whole.runs.dropFirst()))
    #expect(torn.differences(comparison, .box).values == [values[1]])
  }

  @Test(arguments: [
    ([0.1, 0.1, 0.1], [0.2, 0.3, 0.11], LabTrend.held),
    ([0.1, 0.1, 0.1], [0.05, 0.0, 0.09], .reversed),
    ([0.1, 0.1, 0.1], [0.05, 0.2, 0.2], .undecided),
    ([0.1, 0.1, 0.1], [0.1, 0.2, 0.2], .undecided),
    ([0.1, 0.1], [0.2, 0.2], .tooFewSeeds),
    ([], [], .tooFewSeeds),
  ])
  func trendsNeedEverySeed(baseline: [Double], row: [Double], trend: LabTrend) throws {
    let results = try LabResults.made(.starts, ["random": baseline, "mae": row])
    let comparison = try #require(
      LabTable.starts.comparisons.first { $0.row.name == "mae" && $0.baseline.name == "random" })
    #expect(results.trend(comparison) == trend)
    // The paper has classification below a random start, so being better is no agreement.
    let other = try LabResults.made(.starts, ["random": baseline, "classified": row])
    let opposite: [LabTrend: LabTrend] = [.held: .reversed, .reversed: .held]
    #expect(other.trend(LabTable.starts.comparisons[0]) == opposite[trend] ?? trend)
  }

  @Test func smallGainsOfThePaperAreNoOrder() throws {
    let results = try LabResults.made(
      .propagation, ["none": [0.1, 0.1, 0.1], "first": [0.2, 0.2, 0.2]])
    let comparison = try #require(LabTable.propagation.comparisons.first { $0.row.name == "first" })
    #expect(results.trend(comparison) == .noOrder)
  }

  @Test func markdownTellsAllOfIt() throws {
    let results = try LabResults.made(
      .pyramids,
      ["none": [0.1, 0.2, 0.3], "last-map": [0.2, 0.3, 0.4], "simple": [0.05, 0.1, 0.2]])
    let text = results.markdown
    #expect(text.hasPrefix("# Table 1 in miniature: feature pyramids on a plain backbone\n"))
    #expect(text.contains("10 steps of 4 pictures a run, 1.5 minutes of processor time"))
    #expect(text.contains("3 seeds. All begin with “mae”."))
    #expect(
      text.contains(
        "| none | 3 | 20.0 ± 10.0 | 10.0 ± 0.0 | 25.0 ± 0.0 | – | 50.0 ± 0.0 | 13 | 47.8 / 42.5 | 51.2 / 45.4 |"
      ))
    #expect(text.contains("| last-map − none | +10.0 ± 0.0 | 0.0 ± 0.0 | +3.1 | held |"))
    #expect(text.contains("| simple − none | −8.3 ± 2.9 | 0.0 ± 0.0 | +3.4 | reversed |"))
    #expect(
      text.contains("| simple − last-map | −18.3 ± 2.9 | 0.0 ± 0.0 | +0.3 | none to repeat |"))
    let partly = try LabResults.made(.pyramids, ["none": [0.1]]).markdown
    #expect(partly.contains("not finished: of 3 seeds") && partly.contains("| simple | 0 | – |"))
    #expect(partly.contains("| simple − none | – | – | +3.4 | too few seeds |"))
  }

  @Test(arguments: [
    ("", "is no configuration"), ("[]", "is no configuration"),
    ("{\"format\": 1", "no configuration"),
    ("{}", "format must be a whole number"), ("{\"format\": 2}", "format must be 1"),
    ("{\"format\": 1, \"table\": 3}", "table must be 1, 2 or 4"),
    ("HEAD, \"runs\": 3}", "runs must be an array"),
    ("HEAD, \"runs\": [{}]}", "pyramid must be a string"),
    ("HEAD, \"runs\": [RUN, RUN]}", "two runs"),
    ("HEAD, \"steps\": 3, \"runs\": []}", "twice"),
    ("HEAD, \"runs\": [{\"pyramid\": \"deep\"}]}", "simple or lastMap or none"),
    ("HEAD, \"runs\": [{\"pyramid\": \"none\", \"propagation\": \"shift\"}]}", "propagation must"),
    ("HEAD, \"runs\": [LOUD]}", "runs[].bbox.AP must be from 0 to 1"),
    ("HEAD, \"runs\": [BARE]}", "runs[].segm.AP must be a number"),
    ("HEAD, \"runs\": [PLAIN]}", "must be a row of table 4, not none-even-mae"),
    (
      "{\"format\": 1, \"table\": 1, \"steps\": 2, \"batch\": 1, \"scenes\": 1, \"seeds\": 1, \"start\": 4}",
      "start must be a string"
    ),
  ])
  func brokenFilesAreNamed(text: String, fault: String) throws {
    let head = """
      {"format": 1, "table": 4, "steps": 2, "batch": 1, "scenes": 1, "seeds": 1, "settings": {}
      """
    func run(_ box: String, _ mask: String) -> String {
      """
      {"pyramid": "simple", "propagation": "even", "start": "mae", "seed": 1, "bbox": {"AP": \(box)}, \
      "segm": {\(mask)}, "classes": {}, "step_milliseconds": 1}
      """
    }
    let path = temporaryPath() + ".json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try text.replacing("HEAD", with: head).replacing("RUN", with: run("0.5", "\"AP\": 0.5"))
      .replacing("LOUD", with: run("1e9", "\"AP\": 0.5")).replacing("BARE", with: run("0.5", ""))
      .replacing(
        "PLAIN", with: run("0.5", "\"AP\": 0.5").replacing("\"simple\"", with: "\"none\"")
      )
      .write(toFile: path, atomically: true, encoding: .utf8)
    do {
      _ = try LabResults(path: path)
      Issue.record("\(text) was read")
    } catch {
      #expect("\(error)".contains(fault) && "\(error)".contains(path), "\(error)")
    }
  }

  @Test func everyTornFileIsRefused() throws {
    let results = try LabResults.made(.starts, ["random": [0.1], "mae": [1]])
    let path = temporaryPath() + ".json"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try results.write(to: path)
    let bytes = try Data(contentsOf: URL(filePath: path))
    for length in stride(from: 0, to: bytes.count - 2, by: 7) {
      try bytes.prefix(length).write(to: URL(filePath: path))
      #expect(throws: CheckpointError.self) { try LabResults(path: path) }
    }
  }
}
