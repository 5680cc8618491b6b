import Testing

@testable import Lessons

@Suite struct ShapeKindTests {
  private func session() throws -> ItemSession { try KindsChapter.session("kinds.shape") }

  private func grade(_ typed: String) throws -> Grade {
    var session = try session()
    session.fill(.shape(typed))
    let grade = session.commit()
    return try #require(grade, "\(typed)")
  }

  @Test(arguments: [
    "9×6×6×64", "9x6x6x64", "9X6 X 6x64", "9*6*6*64", "9, 6, 6, 64", "9,6,6,64", "9 6 6 64",
    "  9   6 6  64 ",
    "(9, 6, 6, 64)", "[9, 6, 6, 64]", "([9, 6, 6, 64])", "９×６×６×６４", "9，6，6，64", "9、6、6、64",
    "9 × 6×6 ×64",
    "9ｘ6ｘ6ｘ64",
  ])
  func readsAShape(typed: String) throws {
    #expect(try ShapeText.sizes(in: typed) == [9, 6, 6, 64])
    #expect(try grade(typed).isRight)
  }

  static let refused: [(String, ShapeText.Fault)] = [
    ("", .empty), ("  ", .empty), ("()", .empty), ("9××6", .gap), ("×9", .gap), ("9×", .gap),
    ("9,,6", .gap),
    ("9 × × 6", .gap), ("9×6,64", .mixed), ("9 6×64", .mixed), ("9, 6 64", .mixed),
    ("1,024", .leadingZero("024")),
    ("9×06", .leadingZero("06")), ("9×a", .character("a")), ("-1×6", .character("-")),
    ("9.5×6", .character(".")),
    ("(9×6", .character("(")), ("9×6)", .character(")")), ("1234567890", .tooLarge("1234567890")),
    ("1 2 3 4 5 6 7 8 9", .tooMany),
  ]

  @Test(arguments: refused.indices)
  func refusesWhatIsNoShapeAndSaysWhy(index: Int) throws {
    let (typed, fault) = Self.refused[index]
    #expect(throws: fault) { try ShapeText.sizes(in: typed) }
    var session = try session()
    session.fill(.shape(typed))
    #expect(session.whyNotReady == fault.sentence && session.commit() == nil)
    // Nothing is lost.
    #expect(session.typed == typed)
  }

  @Test func aShapeTypedAsTheModelWritesItIsRead() throws {
    for shape in [[1], [0], [2, 3], [1, 16, 16, 64], [9, 36, 192], [1, 1024, 1024, 256, 3]] {
      #expect(ShapeText.shape(in: Value.shape(shape).text(.en)) == shape)
    }
  }

  @Test(arguments: [
    ("It is 9×6×6×64, of course.", true), ("(9, 6, 6, 64)", true), ("共 9×6×6×64。", true),
    ("９×６×６×６４", true), ("1×9×6×6×64", false), ("9×6×6×64×2", false), ("9×6×6", false),
    ("9 windows of 6×6×64", false), ("99×6×6×64", false), ("", false), ("9×6×6×640", false),
    ("In 9 steps: 9 × 6 × 6 × 64", true), ("12345678901234567890×6 9 6 6 64", true),
  ])
  func findsAShapeInProse(line: String, stands: Bool) {
    #expect(ShapeText.stands([9, 6, 6, 64], in: line) == stands)
  }

  @Test func gradesByTheRuleThatLeadsThere() throws {
    let right = try grade("9×6×6×64")
    #expect(right.isRight && right.misconception == nil && right.expected == .shape([9, 6, 6, 64]))
    #expect(try grade("1×18×18×64").misconception == "windows-not-tokens")
    #expect(try grade("4×6×6×64").misconception == "drops-the-rest")
    let unforeseen = try grade("64×9×6×6")
    #expect(!unforeseen.isRight && unforeseen.misconception == nil && unforeseen.option == nil)
  }

  @Test(arguments: [
    ([9, 6, 6, 64], "nil", ""), ([9, 6, 7, 64], "2", "7 in yours, 6 in the model's."),
    (
      [9, 6, 6], "3",
      "yours ends before it, the model's goes on with 64. Yours has 3 axes, the model's 4."
    ),
    (
      [9, 6, 6, 64, 1], "4", "yours goes on with 1, the model's has no such axis. Yours has 5 axes"
    ),
    ([6, 9, 6, 64], "0", "The sizes are the same, in another order."),
    ([324, 64], "0", "324 in yours, 9 in the model's. Yours has 2 axes, the model's 4."),
  ])
  func saysAtWhichAxisShapesPart(given: [Int], axis: String, part: String) {
    let difference = ShapeDifference(given: given, right: [9, 6, 6, 64])
    #expect(difference.axis.map(String.init) ?? "nil" == axis)
    #expect(difference.sentence(.en)?.contains(part) ?? part.isEmpty)
    #expect((difference.sentence(.zh) == nil) == part.isEmpty)
  }

  @Test func theSentenceStandsInTheFeedback() throws {
    let feedback = Feedback(
      try session().item, try grade("9×6×7×64"), misconceptions: [:], language: .en)
    #expect(
      feedback.sections.map(\.title.en) == ["Your answer", "Where they part", "The model says"])
    #expect(feedback.sections[0].prose == [.paragraph([.text("9×6×7×64", .strong)])])
    #expect(feedback.sections[2].prose.first == .paragraph([.text("9×6×6×64", .strong)]))
  }

  @Test func typesWhatBelongsToAShape() throws {
    var session = try session()
    for character in "9x6, ah(6)" { session.take(.type(character)) }
    #expect(session.typed == "9x6, (6)")
    session.take(.deleteBackward)
    #expect(session.typed == "9x6, (6" && session.whyNotReady?.en == "( is no part of a shape")
    for _ in 0..<100 { session.take(.type("9")) }
    #expect(session.typed.count == Entry.maximumTyped)
  }

  @Test func sizesMustBeWholeNumbers() throws {
    var item = try KindsChapter.item("kinds.shape")
    for expression in ["window / 4", "0 - 1", "token(0, 0)", "unknown"] {
      item.options[0].answer = [.expression(try Expression(parsing: expression), [])]
      #expect(throws: ExpressionError.self) { try GradedItem(item, in: SmallEnvironment()) }
    }
  }
}
