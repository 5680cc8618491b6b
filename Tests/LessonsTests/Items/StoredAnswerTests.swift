import Testing

@testable import Lessons

/// Answers as the progress file keeps them.
@Suite struct StoredAnswerTests {
  static let answers: [(Item.Kind, Answer, String)] = [
    (.choice, .choice(2), "2"), (.multi, .choices([3, 0]), "0 3"), (.multi, .choices([1]), "1"),
    (.number, .number("16,384"), "16,384"), (.shape, .shape("(1, 16, 16)"), "(1, 16, 16)"),
    (.order, .order([2, 0, 1]), "2 0 1"),
    (.why, .choices([0, 3]), "0 3"), (.fix, .choice(2), "2"),
    (.paint, .cells([Token(row: 0, column: 0), Token(row: 0, column: 1)]), "0,0-0,1"),
  ]

  @Test(arguments: answers.indices)
  func anAnswerIsReadBack(index: Int) {
    let (kind, answer, text) = Self.answers[index]
    #expect(answer.text == text)
    #expect(Answer(stored: text, kind: kind) == answer)
    #expect(Answer(stored: Answer.dontKnow.text, kind: kind) == .dontKnow)
  }

  @Test func everyKindHasOne() {
    #expect(Set(Self.answers.map(\.0)) == Set(Item.Kind.allCases))
  }

  @Test(arguments: [
    (Item.Kind.choice, "a"), (.choice, "-1"), (.multi, ""), (.multi, "0 0"), (.multi, "0  1"),
    (.multi, "-1"),
    (.order, "0 1 1"), (.order, "x"), (.why, "0"), (.why, "0 1 2"), (.why, "3 3"), (.fix, "a"),
    (.fix, "-1"), (.paint, "z"),
  ])
  func whatIsNoneIsNotRead(kind: Item.Kind, text: String) {
    #expect(Answer(stored: text, kind: kind) == nil)
  }
}
