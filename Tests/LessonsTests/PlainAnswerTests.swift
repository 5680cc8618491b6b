import Testing

@testable import Lessons

@Suite struct PlainAnswerTests {
  private func answer(_ line: String, _ kind: Item.Kind) -> PlainAnswer {
    PlainAnswer(line, kind: kind, options: 3)
  }

  @Test func aChoiceIsALetterOrANumber() {
    #expect(answer("b", .choice) == .answer(.choice(1), nil))
    #expect(answer(" C ", .choice) == .answer(.choice(2), nil))
    #expect(answer("1\r", .choice) == .answer(.choice(0), nil))
    for wrong in ["d", "0", "4", "ab", "", "-1"] { #expect(answer(wrong, .choice) == .unclear) }
  }

  @Test func confidenceMayFollow() {
    #expect(answer("b certain", .choice) == .answer(.choice(1), .certain))
    #expect(answer("16,384 Guess", .number) == .answer(.number("16,384"), .guess))
    #expect(answer("0,0 1,1 fairly", .paint).confidence == .fairly)
    #expect(answer("certain", .choice) == .unclear)
  }

  @Test func hintsAndDontKnowAreLetters() {
    #expect(answer("h", .number) == .hint && answer("H", .paint) == .hint)
    #expect(answer("s", .choice) == .dontKnow)
    #expect(answer("h h", .choice) == .unclear)
  }

  @Test func numbersAndCellsAreReadAsOnTheScreen() {
    #expect(answer("16 777 216", .number) == .answer(.number("16 777 216"), nil))
    #expect(answer("many", .number) == .unclear)
    #expect(
      answer("0,0-0,1", .paint)
        == .answer(.cells([Token(row: 0, column: 0), Token(row: 0, column: 1)]), nil))
    #expect(answer("b", .paint) == .unclear)
  }
}

extension PlainAnswer {
  fileprivate var confidence: Confidence? {
    if case .answer(_, let confidence) = self { confidence } else { nil }
  }
}
