import Testing

@testable import Lessons

@Suite struct GradeTests {
  private func graded(_ id: String) throws -> GradedItem {
    try GradedItem(SampleChapter.item(id), in: SmallEnvironment())
  }

  @Test(arguments: [
    ("36", 36.0), ("16,777,216", 16_777_216), ("16 777 216", 16_777_216), ("１６，７７７", 16777),
    ("１９６", 196), ("-0.5", -0.5), ("+7", 7), ("17.5×", 17.5), ("17.5x", 17.5), ("1e6", 1e6),
    ("36 slots", 36), ("  36  ", 36), ("1_000_000", 1e6), ("1,234.5", 1234.5), ("−3", -3),
    ("3０", 30), ("1'000", 1000),
  ])
  func readsANumber(typed: String, number: Double) {
    #expect(Answer.number(in: typed, unit: "slots") == number)
  }

  @Test(arguments: [
    "", " ", "abc", "3,5", "1,23,456", "12 34", "0x10", "inf", "nan", "1e999", "--3", "3..5",
    "36 apples",
    ",100", "1.000,5", "٣",
  ])
  func refusesWhatIsNoNumber(typed: String) {
    #expect(Answer.number(in: typed, unit: "slots") == nil)
  }

  @Test func gradesAChoiceByItsIndex() throws {
    let item = try graded("windows.pad-keys")
    let right = item.grade(.choice(1))
    #expect(right.isRight && right.misconception == nil && right.expected == .number(36))
    let wrong = item.grade(.choice(0))
    #expect(!wrong.isRight && wrong.misconception == "pad-is-masked" && wrong.given == .number(24))
    #expect(!item.grade(.choice(9)).isRight && !item.grade(.choice(-1)).isRight)
  }

  @Test func gradesANumberWithItsTolerance() throws {
    let item = try graded("windows.slots")
    #expect(item.grade(.number("36")).isRight)
    #expect(item.grade(.number("36.4")).isRight)
    #expect(!item.grade(.number("36.6")).isRight)
    #expect(item.grade(.number("6")).misconception == "k-is-the-side")
    let unforeseen = item.grade(.number("40"))
    #expect(!unforeseen.isRight && unforeseen.option == nil && unforeseen.given == .number(40))
    #expect(!item.grade(.number("many")).isRight)
  }

  @Test func gradesPaintedCells() throws {
    let item = try graded("windows.paint")
    let window = Set(
      (0..<6).flatMap { row in (6..<12).map { Token(row: row, column: $0) } })
    #expect(item.grade(.cells(window)).isRight)
    let slipped = window.subtracting([Token(row: 2, column: 7)]).union([Token(row: 9, column: 9)])
    let grade = item.grade(.cells(slipped))
    #expect(!grade.isRight && grade.option == nil)
    #expect(grade.difference?.first == Token(row: 2, column: 7))
    #expect(grade.difference?.missing.count == 1 && grade.difference?.extra.count == 1)
  }

  @Test func recognisesAWrongRuleExactlyAndThroughASlip() throws {
    let item = try graded("windows.paint")
    let rule = Set((0..<6).flatMap { row in (0..<6).map { Token(row: row, column: $0) } })
    #expect(item.grade(.cells(rule)).misconception == "pad-is-masked")
    let slipped = rule.subtracting([Token(row: 3, column: 3)])
    #expect(item.grade(.cells(slipped)).misconception == "pad-is-masked")
    #expect(item.grade(.cells([Token(row: 0, column: 0)])).misconception == nil)
  }

  @Test func namesTheFirstPlaceInReadingOrder() throws {
    let right: Set<Token> = [Token(row: 1, column: 1), Token(row: 2, column: 0)]
    let extra = CellDifference(painted: right.union([Token(row: 0, column: 5)]), right: right)
    #expect(extra.sentence(.en)?.contains("(0,5): painted, but not seen") == true)
    let missing = CellDifference(painted: [Token(row: 9, column: 9)], right: right)
    #expect(missing.sentence(.en)?.contains("(1,1): seen, but not painted") == true)
    #expect(missing.sentence(.zh)?.contains("漏涂 2 个") == true)
    #expect(CellDifference(painted: right, right: right).sentence(.en) == nil)
  }

  @Test func anAnswerOfAnotherKindIsWrong() throws {
    #expect(!(try graded("windows.slots").grade(.choice(0)).isRight))
    #expect(!(try graded("windows.paint").grade(.dontKnow).isRight))
  }

  @Test func refusesOptionsOfTheWrongKind() throws {
    var item = try SampleChapter.item("windows.slots")
    item.options[0].answer = [.expression(try Expression(parsing: "token(0, 0)"), [])]
    #expect(throws: ExpressionError.self) { try GradedItem(item, in: SmallEnvironment()) }
    item.options[0].answer = [.expression(try Expression(parsing: "unknown"), [])]
    #expect(throws: ExpressionError.self) { try GradedItem(item, in: SmallEnvironment()) }
  }
}
