/// What a learner answers.
public enum Answer: Sendable, Hashable {
  /// The option at an index.
  case option(Int)
  /// A number as it was typed.
  case number(String)
  /// The painted cells.
  case cells(Set<Token>)
  /// «I don't know»: recorded, never held against anyone.
  case dontKnow
}

/// How sure a learner says to be.
public enum Confidence: String, Sendable, Hashable, CaseIterable, Codable {
  case guess, fairly, certain
}

/// What the model says to an answer.
public struct Grade: Sendable, Hashable {
  /// True if the answer is the model's.
  public var isRight: Bool
  /// True if the learner gave none.
  public var isOpen: Bool
  /// The foreseen answer that was given, by index.
  public var option: Int?
  /// The misconception behind it.
  public var misconception: String?
  /// The answer in words, for «You said».
  public var given: String
  /// The model's answer in words.
  public var expected: String
  /// For painted cells: the first place in reading order where learner and model part, and how many there are.
  public var firstDifference: Localized?
  /// For painted cells: the model's set, to be drawn beside the learner's.
  public var expectedCells: Set<Token>?

  /// Creates a grade.
  public init(
    isRight: Bool, isOpen: Bool = false, option: Int? = nil, misconception: String? = nil,
    given: String, expected: String, firstDifference: Localized? = nil,
    expectedCells: Set<Token>? = nil
  ) {
    self.isRight = isRight
    self.isOpen = isOpen
    self.option = option
    self.misconception = misconception
    self.given = given
    self.expected = expected
    self.firstDifference = firstDifference
    self.expectedCells = expectedCells
  }
}
