import Testing

@testable import ViTDetMini

@Suite struct LabTableTests {
  @Test func theThreeTablesHaveNineDetectors() throws {
    let rows = LabTable.allCases.flatMap(\.rows)
    #expect(rows.count == 11)
    #expect(Set(rows.map(\.variant.key)).count == 9)
    for table in LabTable.allCases {
      #expect(Set(table.rows.map(\.name)).count == table.rows.count)
      #expect(table.rows.count { $0.variant == LabVariant() } == 1)
      #expect(table.rows.last?.variant == LabVariant())
      for row in table.rows { #expect(table.row(named: row.name) == row) }
    }
    #expect(LabTable.propagation.rows.map(\.name) == ["none", "conv", "first", "last", "even"])
    #expect(LabTable.starts.row(named: "simple") == nil)
  }

  /// The paper's gains over the first row, in tenths of a point.
  @Test func thePapersGainsAreItsOwn() {
    func gains(_ table: LabTable) -> [String] {
      table.comparisons.map { "\($0.row.name)-\($0.baseline.name) \($0.paperTenths)" }
    }
    #expect(
      gains(.pyramids) == ["last-map-none 31", "simple-none 34", "simple-last-map 3"])
    #expect(
      gains(.propagation) == [
        "conv-none 21", "first-none 2", "last-none 20", "even-none 23", "even-conv 2",
        "even-first 21", "even-last 3",
      ])
    #expect(gains(.starts) == ["classified-random -5", "mae-random 31", "mae-classified 36"])
  }

  @Test func waysHaveNamesOfTheirOwn() {
    let all: [Propagation] =
      [.none] + GlobalPlacement.allCases.map { .global($0) }
      + ResidualBlockKind.allCases.map { .conv($0) }
    #expect(Set(all.map(\.name)).count == 7)
    for way in all { #expect(Propagation(name: way.name) == way) }
    #expect(Propagation(name: "shifted") == nil)
  }

  @Test func everyRowIsADetectorThatCanBeBuilt() throws {
    for row in LabTable.allCases.flatMap(\.rows) {
      let recipe = row.variant.recipe(TrainingRecipe(), starts: LabStarts(mae: "m"))
      try recipe.model.validate()
      #expect(recipe.model.pyramid == row.variant.pyramid)
      #expect(recipe.start == (row.variant.start == .mae ? "m" : nil))
      _ = ViTDet(recipe.model, seed: 1)
    }
    let simple = LabVariant().recipe(TrainingRecipe(), starts: LabStarts())
    #expect(simple.model == .tiny)
  }
}
