import Testing

@testable import Lessons

@Suite struct FeedbackTests {
  private let catalogue = [
    "pad-is-masked": Misconception(
      name: "pad-is-masked", rule: [.paragraph([.text("Padding is masked.", [])])],
      computed: [.paragraph([.text("Real keys.", [])])],
      refutation: [.paragraph([.text("Nothing masks it.", [])])], line: 1)
  ]

  private func feedback(_ id: String, _ answer: Answer) throws -> Feedback {
    let graded = try GradedItem(SampleChapter.item(id), in: SmallEnvironment())
    return Feedback(
      graded.item, graded.grade(answer), misconceptions: catalogue, language: .en)
  }

  @Test func aWrongAnswerHearsItsRuleTheRefutationAndTheModel() throws {
    let feedback = try feedback("windows.pad-keys", .choice(0))
    #expect(
      feedback.sections.map(\.title.en) == [
        "Your answer", "The rule that leads there", "Why the model does otherwise",
        "The model says", "Why",
      ])
    #expect(feedback.sections[0].prose.count == 3)
    #expect(feedback.sections[3].prose.first == .paragraph([.text("36", .strong)]))
  }

  @Test func anUnforeseenAnswerHearsTheModel() throws {
    let feedback = try feedback("windows.slots", .number("40"))
    #expect(feedback.sections.map(\.title.en) == ["Your answer", "The model says", "Why"])
    #expect(feedback.sections[0].prose == [.paragraph([.text("40 slots", .strong)])])
  }

  @Test func paintedCellsHearWhereTheyPart() throws {
    let feedback = try feedback("windows.paint", .cells([Token(row: 0, column: 0)]))
    let parting = try #require(feedback.sections.first { $0.title.en == "Where they part" })
    guard case .paragraph(let inlines)? = parting.prose.first,
      case .text(let text, _)? = inlines.first
    else {
      Issue.record("no sentence")
      return
    }
    #expect(text.contains("(0,0): painted, but not seen"))
  }

  @Test func aRightAnswerIsExplainedToo() throws {
    let feedback = try feedback("windows.pad-keys", .choice(1))
    #expect(feedback.isRight && feedback.sections.map(\.title.en) == ["Right", "Why"])
  }

  @Test func dontKnowGoesStraightToTheModel() throws {
    let feedback = try feedback("windows.pad-keys", .dontKnow)
    #expect(!feedback.isRight)
    #expect(feedback.sections.map(\.title.en) == ["The model says", "Why"])
  }
}
