import Testing

@testable import Lessons

@Suite struct MisconceptionsTests {
  @Test func readsTheThreeParts() throws {
    let all = try MisconceptionsParser.parse(
      """
      # Misconceptions

      For authors.

      ## pad-is-masked

      Rule: Padding is *masked*.

      Computed: {= realKeys(token(0, 0))}.

      Refutation: Nothing masks it.

      More words.

      ## 甲

      """.replacing("## 甲\n", with: "## k-is-the-side\n\n规则：甲。\n\n算法：乙。\n\n反驳：丙。"),
      file: "m.md")
    #expect(all.map(\.name) == ["pad-is-masked", "k-is-the-side"])
    #expect(
      all[0].rule.first
        == .paragraph([
          .text("Padding is ", []), .text("masked", .emphasis), .text(".", []),
        ]))
    #expect(all[0].computed.expressions.count == 1 && all[0].refutation.count == 2)
    #expect(all[1].rule == [.paragraph([.text("甲。", [])])])
    #expect(all[0].line == 5)
  }

  @Test(arguments: [
    ("## a\n\nRule: r.\n\nComputed: c.\n", "'a' is not complete"),
    ("## a\n\nComputed: c.\n", "'a' is not marked"),
    ("## A b\n\nRule: r.\n", "is no name"),
    (
      "## a\n\nRule: r.\n\nComputed: c.\n\nRefutation: x.\n\n## a\n\nRule: r.\n\nComputed: c.\n\nRefutation: x.",
      "stands in line 1 already"
    ),
    ("## a\n\nRule: {= 1 + }.\n\nComputed: c.\n\nRefutation: x.", "where a value should"),
    ("## a\n\nRule:\n\nComputed: c.\n\nRefutation: x.", "is not marked"),
  ])
  func refuses(text: String, part: String) {
    let error = #expect(throws: LessonError.self) {
      try MisconceptionsParser.parse(text, file: "m.md")
    }
    #expect(error?.summary.contains(part) == true, "\(error?.summary ?? "")")
  }
}
