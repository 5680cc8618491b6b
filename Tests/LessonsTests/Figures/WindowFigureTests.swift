import Testing
import ViTDetMini

@testable import Lessons

@Suite struct WindowFigureTests {
  private let cut = WindowGeometry(rows: 16, columns: 16, window: 6)
  private let edge = Token(row: 1, column: 15)

  @Test func theWindowMapShowsEachWindowInItsLetter() throws {
    let grid = try #require(try Figure.made("window-map").grid)
    #expect((grid.rows, grid.columns, grid.ruleEvery) == (18, 18, 6))
    for (number, letter) in "abcdefghi".enumerated() {
      let corner = Token(row: number / 3 * 6, column: number % 3 * 6)
      #expect(grid.places(of: letter) == cut.tokens(sharedWith: corner))
    }
    #expect(grid.places(of: ".").count == 68)
    #expect(grid.focus == Token(row: 2, column: 7))
  }

  @Test(arguments: [(2, 64), (4, 16), (8, 4), (16, 1), (5, 16)])
  func theWindowMapFollowsItsKnob(window: Int, windows: Int) throws {
    let figure = try Figure.made("window-map", ["window": String(window)])
    let table = try #require(figure.evidence)
    #expect(table.rows.count == windows)
    #expect(table.rows.map { Int($0[3]) ?? 0 }.reduce(0, +) == 256)
  }

  @Test func theMaskShowsTheKeysThatCarryWeight() throws {
    let grid = try #require(try Figure.made("attention-mask", focus: edge).grid)
    #expect(grid.places(of: "#") == cut.tokens(sharedWith: edge))
    #expect(grid.places(of: "#").count == 24)
    #expect(grid.places(of: "o").count == 12)
    #expect(grid.focus == edge)
  }

  @Test func theWeightsOfAQueryAddUpToOne() throws {
    for block in [0, 1] {
      for head in 0..<4 {
        let knobs = ["block": String(block), "head": String(head)]
        let grid = try #require(try Figure.made("attention-weights", knobs, focus: edge).grid)
        #expect(abs(grid.values.reduce(0, +) - 1) < 1e-5)
        #expect(grid.rows == (block == 0 ? 18 : 16))
        let seen = zip(cut.slots, grid.values).filter { $0.1 > 0 }.map(\.0)
        if block == 0 { #expect(Set(seen) == cut.slots(sharedWith: edge)) }
        if block == 1 { #expect(grid.values.allSatisfy { $0 > 0 }) }
      }
    }
  }

  @Test func paddingReceivesAttentionExactlyWhereAWindowHasSome() throws {
    let grid = try #require(try Figure.made("pad-share").grid)
    for (place, share) in zip(cut.places, grid.values) {
      #expect((share > 0) == (place.row >= 12 || place.column >= 12))
    }
  }

  @Test(arguments: [
    ("norm", [1, 16, 16, 64]), ("pad", [1, 18, 18, 64]), ("cut", [9, 6, 6, 64]),
    ("attend", [9, 6, 6, 64]), ("join", [1, 18, 18, 64]), ("crop", [1, 16, 16, 64]),
  ])
  func eachStageLeavesItsShape(stage: String, shape: [Int]) throws {
    let recording = try Laboratory.shared.recording(.tiny)
    #expect(try WindowStage(rawValue: stage)?.map(in: recording).shape == shape)
    let figure = try Figure.made("window-steps", ["stage": stage], view: 1)
    guard case .flow(let rows) = figure.body else {
      Issue.record("no flow")
      return
    }
    #expect(rows.first { $0.name.hasSuffix(stage) }?.shape == shape)
    #expect(rows.filter { $0.name.hasPrefix("→") }.map(\.name) == ["→ " + stage])
  }

  @Test func paddingIsZeroUntilAttentionFillsIt() throws {
    func sizes(_ stage: String) throws -> [Float] {
      let grid = try #require(try Figure.made("window-steps", ["stage": stage]).grid)
      return grid.values
    }
    let padding = cut.slots.indices.filter { !cut.isReal(cut.slots[$0]) }
    for stage in ["pad", "cut"] {
      let values = try sizes(stage)
      #expect(padding.allSatisfy { values[$0] == 0 })
    }
    let attended = try sizes("attend")
    #expect(padding.allSatisfy { attended[$0] > 0 })
  }

  @Test func croppingGivesWhatTheBlockWouldAdd() throws {
    let recording = try Laboratory.shared.recording(.tiny)
    let cropped = try WindowStage.crop.map(in: recording)
    let joined = try WindowStage.join.map(in: recording)
    #expect(cropped[0, 15, 15, 3] == joined[0, 15, 15, 3])
    #expect(
      try WindowStage.pad.map(in: recording)[0, 3, 4, 5]
        == recording.map("blocks.0.norm1")[0, 3, 4, 5])
  }

  @Test func permutingTheWindowsChangesNothingButRounding() throws {
    let measured = try Laboratory.shared.permutation()
    #expect(measured.windows == 9)
    // A matrix product may round a row differently at another place, by one unit in the last place or two.
    #expect(measured.largestDifference <= 4 * Double(Float(measured.largestValue).ulp))
    #expect(measured.largestValue > 0.01)
  }

  @Test func attentionOverTheWindowsIsTheModelsOwn() throws {
    let laboratory = Laboratory.shared
    let recording = try laboratory.recording(.tiny)
    let own = try laboratory.attention(over: recording.map("blocks.0.windows"))
    #expect(try own.largestDifference(from: recording.map("blocks.0.attn.proj")) < 1e-6)
  }

  @Test func windowsBringNoParametersAndRelativePositionsFew() throws {
    let table = try #require(try Figure.made("window-sharing").table)
    #expect(table.rows.map { $0[1] } == ["9", "36", "121"])
    #expect(Set(table.rows.map { $0[2] }) == ["50,336"])
    #expect(table.rows.map { $0[3] } == ["50,976", "52,000", "54,048"])
  }

  @Test func theModelCountsThePairsOfTheFormula() throws {
    let table = try #require(try Figure.made("window-cost").evidence)
    #expect(table.rows.count == 8)
    for row in table.rows { #expect(row[2] == row[3]) }
    #expect(table.rows[0][2] == "11,664")
    #expect(table.rows[1][2] == "65,536")
  }

  @Test func thePapersWindowSavesSeventeenTimes() throws {
    let figure = try Figure.made("window-cost", ["preset": "base", "window": "14"])
    let row = try #require(figure.table?.rows.first { $0[0] == "14 *" })
    #expect(row == ["14 *", "70×70", "25", "196", "960,400", "17.5×"])
    #expect(figure.table?.rows.last?.contains("16,777,216") == true)
  }
}
