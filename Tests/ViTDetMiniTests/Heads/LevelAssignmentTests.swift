import Testing

@testable import ViTDetMini

@Suite struct LevelAssignmentTests {
  @Test func agreesWithTheReference() throws {
    let cases = try OperationCases()
    let boxes = try cases.values("assign_levels.0.in.boxes").rows
    let expected = try cases.values("assign_levels.0.out.level_minus_min").ints
    let rule = LevelAssignment(levels: 2...5)
    for (row, level) in zip(boxes, expected) {
      #expect(rule.level(of: Box(row[0], row[1], row[2], row[3])) == level + 2)
    }
  }

  @Test(arguments: [(50, 2), (113, 3), (223, 3), (225, 4), (447, 4), (449, 5), (5000, 5)])
  func eachDoublingOfTheSideIsALevel(side: Float, level: Int) {
    #expect(LevelAssignment(levels: 2...5).level(of: Box(3, 4, 3 + side, 4 + side)) == level)
  }

  @Test func boxesWithoutAreaGoToTheFinestLevel() {
    let rule = LevelAssignment(levels: 2...5)
    #expect(rule.level(of: Box(7, 7, 7, 7)) == 2)
    #expect(rule.level(of: Box(7, 7, 6, 9)) == 2)
    #expect(2...5 ~= rule.level(of: Box(.nan, 0, .infinity, 1)))
  }
}
