import Testing

@testable import Lessons

@Suite struct PlainAnswerTests {
  private func answer(_ line: String, _ kind: Item.Kind) throws -> PlainAnswer {
    let items = try SampleChapter.items() + KindsChapter.items()
    return PlainAnswer(line, to: try #require(items.first { $0.kind == kind }))
  }

  @Test func aChoiceIsALetterOrANumber() throws {
    #expect(try answer("b", .choice) == .answer(.choice(1), nil))
    #expect(try answer(" C ", .choice) == .answer(.choice(2), nil))
    #expect(try answer("1\r", .choice) == .answer(.choice(0), nil))
    for wrong in ["d", "0", "4", "ab", "", "-1"] {
      #expect(try answer(wrong, .choice) == .unclear(nil))
    }
  }

  @Test func confidenceMayFollow() throws {
    #expect(try answer("b certain", .choice) == .answer(.choice(1), .certain))
    #expect(try answer("16,384 Guess", .number) == .answer(.number("16,384"), .guess))
    #expect(try answer("0,0 1,1 fairly", .paint).confidence == .fairly)
    #expect(try answer("certain", .choice) == .unclear(nil))
  }

  @Test func hintsAndDontKnowAreLetters() throws {
    #expect(try answer("h", .number) == .hint)
    #expect(try answer("H", .paint) == .hint)
    #expect(try answer("s", .choice) == .dontKnow)
    #expect(try answer("h h", .choice) == .unclear(nil))
  }

  @Test func severalOptionsAreTheirLetters() throws {
    for line in ["a c", "c a", "ac", "a,c", "1 3", "A、C", "a, c"] {
      #expect(try answer(line, .multi) == .answer(.choices([0, 2]), nil), "\(line)")
    }
    #expect(try answer("b guess", .multi) == .answer(.choices([1]), .guess))
    for wrong in ["a a", "a e", "0", "5", "a;b", ""] {
      #expect(try answer(wrong, .multi) == .unclear(nil), "\(wrong)")
    }
  }

  @Test func anOrderIsEveryLetterOfTheMixedStepsOnce() throws {
    let item = try KindsChapter.item("kinds.steps")
    let letters = (0..<4).map { step in
      OptionLetter.text(OrderKind.shuffled(item).firstIndex(of: step) ?? 0)
    }
    let right = Answer.order([0, 1, 2, 3])
    #expect(try answer(letters.joined(separator: " "), .order) == .answer(right, nil))
    #expect(try answer(letters.joined() + " certain", .order) == .answer(right, .certain))
    for wrong in ["a b c", "a b c c", "abcde", "h a b c"] {
      #expect(try answer(wrong, .order) == .unclear(nil), "\(wrong)")
    }
  }

  @Test func aShapeIsReadAndWhatIsNoneIsToldWhy() throws {
    #expect(try answer("1x16x16x64", .shape) == .answer(.shape("1x16x16x64"), nil))
    #expect(try answer("(1, 16, 16) fairly", .shape) == .answer(.shape("(1, 16, 16)"), .fairly))
    #expect(try answer("1xx16", .shape) == .unclear(ShapeText.Fault.gap.sentence))
    #expect(try answer("wide", .shape) == .unclear(ShapeText.Fault.character("w").sentence))
    #expect(try answer("", .shape) == .unclear(nil))
  }

  @Test func numbersAndCellsAreReadAsOnTheScreen() throws {
    #expect(try answer("16 777 216", .number) == .answer(.number("16 777 216"), nil))
    #expect(try answer("many", .number) == .unclear(nil))
    #expect(
      try answer("0,0-0,1", .paint)
        == .answer(.cells([Token(row: 0, column: 0), Token(row: 0, column: 1)]), nil))
    #expect(try answer("b", .paint) == .unclear(nil))
  }
}

extension PlainAnswer {
  fileprivate var confidence: Confidence? {
    if case .answer(_, let confidence) = self { confidence } else { nil }
  }
}
