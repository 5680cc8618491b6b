import Testing

@testable import Lessons

/// Questions of every kind that is more than one value, as chapter files have them.
@Suite struct KindsParserTests {
  @Test func readsSeveralRightAnswersAndTheRuleOfLeavingOneOut() throws {
    let item = try KindsChapter.item("kinds.holds")
    #expect(item.kind == .multi && item.options.map(\.isRight) == [true, false, true, false])
    #expect(
      item.options.map(\.misconception) == [
        "windows-have-own-weights", "windows-overlap-or-shift", nil, "k-is-the-side",
      ])
    #expect(item.options[0].answer == [.text("The windows share one set of weights", [])])
    #expect(
      item.options[0].feedback == [.paragraph([.text("The weights belong to the block.", [])])])
  }

  @Test func readsSizesAsExpressionsAndNumbers() throws {
    let item = try KindsChapter.item("kinds.shape")
    #expect(
      item.kind == .shape && item.isPrediction
        && item.options.map(\.isRight) == [true, false, false])
    #expect(
      item.options[1].answer == [
        .text("1 × ", []), .expression(try Expression(parsing: "padded.h"), []), .text(" × ", []),
        .expression(try Expression(parsing: "padded.w"), []), .text(" × ", []),
        .expression(try Expression(parsing: "dim"), []),
      ])
  }

  @Test func readsStepsInTheirOrderAndTheWrongOrders() throws {
    let item = try KindsChapter.item("kinds.steps")
    #expect(item.kind == .order && item.options.count == 4)
    #expect(
      item.options.map(\.answer.plainText) == [
        "Normalise", "Pad to {= padded.h}×{= padded.w}", "Cut into windows", "Attend",
      ])
    #expect(item.options[0].feedback.count == 1 && item.options[1].feedback.isEmpty)
    #expect(item.wrongOrders.map(\.steps) == [[1, 0], [3, 2, 1]])
    #expect(item.wrongOrders.map(\.misconception) == ["pad-before-norm", "windows-not-tokens"])
    #expect(item.wrongOrders.map(\.feedback.count) == [1, 1])
    #expect(item.prompt == [.paragraph([.text("Bring them into order.", [])])])
  }

  @Test func readsAnswersAndReasons() throws {
    let item = try KindsChapter.item("kinds.weights")
    #expect(item.kind == .why && item.options.map(\.group) == [0, 0, 1, 1, 1])
    #expect(item.options.map(\.isRight) == [true, false, false, true, false])
    #expect(item.lines == [[.text("Why?", [])]])
    #expect(item.prompt == [.paragraph([.text("What happens to the weights of block 0?", [])])])
  }

  @Test func readsThePieceAndItsRepairs() throws {
    let item = try KindsChapter.item("kinds.line")
    #expect(item.kind == .fix && item.options.map(\.group) == [1, 1, 2, 2])
    #expect(
      item.lines.map(\.plainText) == [
        "x = norm(map)", "x = pad(x, to: {= grid.w})", "x = cut(x, {= window})", "x = attend(x)",
      ])
    #expect(item.options[0].answer.plainText == "x = pad(x, to: {= padded.w})")
    #expect(item.options[2].misconception == "k-is-the-side")
  }

  @Test func bothLanguagesHaveTheSameParts() throws {
    let chinese = try KindsChapter.chapter(KindsChapter.translated, language: .zh)
    #expect(chinese.items.map(\.id) == (try KindsChapter.items().map(\.id)))
    let check = TranslationCheck(original: try KindsChapter.chapter(), translation: chinese)
    #expect(check.problems().map(\.summary) == [])
  }

  /// What is replaced, by what, the faulty line (the new words for nil), its column, and a part of the message.
  static let faults: [(old: String, new: String, line: String?, column: Int, part: String)] = [
    (
      ":kind: multi", ":kind: choice",
      "- The windows share one set of weights  @ok @windows-have-own-weights", 3,
      "this answer has two tags; keep one of @ok and @windows-have-own-weights"
    ),
    (
      "neighbours  @windows-overlap-or-shift", "neighbours  @k-is-the-side @ok",
      "- A window sees its neighbours  @k-is-the-side @ok", 3, "this answer has two tags"
    ),
    (
      "slots  @k-is-the-side", "slots", "- Each window has {= window} slots", 3,
      "this answer has no tag"
    ),
    (
      "- {= windows} × {= window} × {= window} × {= dim}  @ok", "- {= windows}, {= window}  @ok",
      nil, 3, "sizes with × between them; write - {= grid.h} × {= grid.w}  @ok"
    ),
    (
      "- 1 × {= padded.h} × {= padded.w} × {= dim}  @windows-not-tokens",
      "- × {= dim}  @windows-not-tokens", nil, 3,
      "an answer of kind shape is sizes with × between them"
    ),
    (
      "- 1 × {= padded.h} × {= padded.w} × {= dim}  @windows-not-tokens",
      "- 1 × × {= dim}  @windows-not-tokens", nil, 3,
      "an answer of kind shape is sizes with × between them"
    ),
    (
      "- 1 × {= padded.h} × {= padded.w} × {= dim}  @windows-not-tokens",
      "- 1 × {= dim} ×  @windows-not-tokens", nil, 3,
      "an answer of kind shape is sizes with × between them"
    ),
    (
      "- 1 × {= padded.h} × {= padded.w} × {= dim}  @windows-not-tokens",
      "- 1 2 × {= dim}  @windows-not-tokens", nil, 3,
      "an answer of kind shape is sizes with × between them"
    ),
    (
      "- 1 × {= padded.h} × {= padded.w} × {= dim}  @windows-not-tokens",
      "- 1 {= dim}  @windows-not-tokens", nil, 3,
      "an answer of kind shape is sizes with × between them"
    ),
    (
      "- 1 × {= padded.h} × {= padded.w} × {= dim}  @windows-not-tokens",
      "- {= dim}4  @windows-not-tokens", nil, 3,
      "an answer of kind shape is sizes with × between them"
    ),
    (
      "- 1 × {= padded.h} × {= padded.w} × {= dim}  @windows-not-tokens",
      "- 1 × wide  @windows-not-tokens", nil, 3,
      "an answer of kind shape is sizes with × between them"
    ),
    (
      "- 1 × {= padded.h} × {= padded.w} × {= dim}  @windows-not-tokens",
      "- 1 x {= dim}  @windows-not-tokens", nil, 3,
      "an answer of kind shape is sizes with × between them"
    ),
    (
      "- 2 → 1  @pad-before-norm", "- 2 → 9  @pad-before-norm", nil, 3,
      "'2 → 9' is no order of the steps 1 to 4; write - 2 → 1"
    ),
    ("- 2 → 1  @pad-before-norm", "- 0 → 1  @pad-before-norm", nil, 3, "is no order of the steps"),
    (
      "\n\nWhy?\n\n", "\n", "```{quiz}", 1,
      "a why is a prompt, a list of answers, a question and a list of reasons"
    ),
    (
      "- There are more of them  @weights-grow-with-image",
      "- There are more of them  @ok", "```{quiz}", 1,
      "2 answers of 'kinds.weights' are tagged @ok; exactly one is right"
    ),
    (
      "- Every window goes through the same weights  @ok",
      "- Every window goes through the same weights  @pad-is-masked", "```{quiz}", 1,
      "0 answers of 'kinds.weights' are tagged @ok"
    ),
    (
      "- 2 → `x = pad(x, to: {= padded.w})`  @ok", "- `x = pad(x, to: {= padded.w})`  @ok", nil, 3,
      "a repair begins with the number of its line, 1 to 4; write - 2 → words"
    ),
    (
      "- 2 → `x = pad(x, to: {= padded.w})`  @ok", "- 5 → `x = pad(x)`  @ok", nil, 3,
      "a repair begins with the number of its line"
    ),
    (
      "- 2 → `x = pad(x, to: {= padded.w})`  @ok", "- 2 →  @ok", nil, 3, "this repair has no words"
    ),
    (
      "- 2 → `x = pad(x, to: {= windowTokens})`", "- 3 → `x = pad(x, to: {= windowTokens})`",
      "- 2 → `x = pad(x, to: {= padded.w})`  @ok", 1,
      "the number of repairs gives the wrong line away"
    ),
    (
      "1. `x = norm(map)`\n2. `x = pad(x, to: {= grid.w})`\n3. `x = cut(x, {= window})`\n4. `x = attend(x)`\n",
      "", "```{quiz}", 1,
      "a fix is a prompt, a numbered list of lines and a list of repairs"
    ),
    (
      "4. `x = attend(x)`", "4. `x = attend(x)`\n\n   And so on.", "4. `x = attend(x)`", 4,
      "a line of a piece is one line of words"
    ),
    ("- 2 → 1  @pad-before-norm", "- 2  @pad-before-norm", nil, 3, "is no order of the steps"),
    ("- 2 → 1  @pad-before-norm", "- 2 → 2  @pad-before-norm", nil, 3, "is no order of the steps"),
    ("- 2 → 1  @pad-before-norm", "- 2 →  @pad-before-norm", nil, 3, "is no order of the steps"),
    (
      "- 2 → 1  @pad-before-norm", "- 2 before 1  @pad-before-norm", nil, 3,
      "is no order of the steps"
    ),
    (
      "- 2 → 1  @pad-before-norm", "- 1 → 2  @pad-before-norm", nil, 3, "'1 → 2' is the right order"
    ),
    (
      "- 2 → 1  @pad-before-norm", "- {= 2} → 1  @pad-before-norm", nil, 3,
      "a wrong order is numbers of steps with → between them"
    ),
    ("- 2 → 1  @pad-before-norm", "- 2 → 1  @ok", nil, 3, "a wrong order is not @ok"),
    ("- 2 → 1  @pad-before-norm", "- 2 → 1", nil, 3, "no tag"),
    (
      "3. Cut into windows", "3. Cut into windows  @ok", nil, 4,
      "a step of an order has no tag; remove @ok"
    ),
    (
      "3. Cut into windows\n4. Attend\n", "", "1. Normalise", 1,
      "an order of 2 steps is no question; write 3 to 8 steps"
    ),
    (
      ":kind: order", ":kind: order\n:unit: steps", ":unit: steps", 1,
      "only kind number has a :unit:"
    ),
    (
      ":kind: multi", ":kind: multi\n:tolerance: 1", ":tolerance: 1", 1,
      "only kind number has a :tolerance:"
    ),
    (
      ":kind: shape", ":kind: shap", nil, 8,
      "the kinds are choice, multi, number, shape, order, paint, why, fix"
    ),
    (
      "Bring them into order.\n\n1. Normalise", "1. Normalise", "```{quiz}", 1,
      "an order is a prompt, a numbered list and a list of wrong orders"
    ),
    (
      "- 2 → 1  @pad-before-norm\n  The padding would be shifted by the norm.\n- 4 → 3 → 2  @windows-not-tokens\n  Attention runs inside the windows.\n",
      "", "```{quiz}", 1, "an order is a prompt"
    ),
  ]

  @Test(arguments: faults.indices)
  func namesTheFaultAndItsPlace(index: Int) throws {
    let (old, new, line, column, part) = Self.faults[index]
    let text = KindsChapter.text.replacing(old, with: new, maxReplacements: 1)
    try #require(text != KindsChapter.text)
    let errors = SampleChapter.errors(text)
    let found = errors.contains {
      $0.excerpt == line ?? new && $0.column == column && $0.summary.contains(part)
    }
    #expect(found, "\(errors.map(\.description))")
  }

  @Test(arguments: [
    ("@windows-overlap-or-shift", "@ok", "@k-is-the-side", "@ok", "4 answers"),
    (
      "  @ok @windows-have", "  @windows-have", "compared as well  @ok", "compared  @pad",
      "0 answers"
    ),
  ])
  func severalRightAnswersNeedARightAndAWrongOne(
    old: String, new: String, other: String, replacement: String, count: String
  ) {
    let text = KindsChapter.text.replacing(old, with: new).replacing(other, with: replacement)
    let errors = SampleChapter.errors(text).map(\.summary)
    #expect(
      errors.contains { $0.contains("\(count) of 'kinds.holds' are tagged @ok; at least one") })
  }

  @Test func aListOfTwoIsNotEnoughToTick() {
    let from =
      "- A window sees its neighbours  @windows-overlap-or-shift\n  Windows do not overlap.\n"
    let to = "- Each window has {= window} slots  @k-is-the-side\n  That is the side.\n"
    let text = KindsChapter.text.replacing(from, with: "").replacing(to, with: "")
      .replacing("compared as well  @ok", with: "compared as well  @pad-is-masked")
    let errors = SampleChapter.errors(text).map(\.summary)
    #expect(errors.contains { $0.contains("write 3 to 7 answers") }, "\(errors)")
  }
}
