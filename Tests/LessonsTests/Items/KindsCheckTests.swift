import TUI
import Testing

@testable import Lessons

/// What the check asks of questions that are more than one value.
@Suite struct KindsCheckTests {
  private func problems(_ text: String) throws -> [String] {
    let catalogue = try SharedStage.get().course.misconceptions[.en]
    let chapter = try KindsChapter.chapter(text)
    return CourseCheck.withoutModel.problems(in: chapter, misconceptions: catalogue).map(\.summary)
  }

  @Test func theChapterIsSound() throws { #expect(try problems(KindsChapter.text) == []) }

  @Test(arguments: [
    (
      "- Padded slots are compared as well  @ok", "- Each window has 6 slots  @ok",
      "this answer is the same as the one"
    ),
    (
      "1 × {= padded.h} × {= padded.w} ×", "9 × 6 × {= window} ×",
      "this answer is the same as the one"
    ),
    ("3. Cut into windows", "3. Normalise", "this answer is the same as the one in line"),
    ("4 → 3 → 2", "2 → 1", "this order is the same as the one in line"),
    (
      "1 × {= padded.h}", "{= window / 4} × {= padded.h}",
      "a size of a shape is a whole number, not 1.5"
    ),
    (
      "1 × {= padded.h}", "{= token(0, 0)} × {= padded.h}",
      "a size of a shape is a number, not a token"
    ),
    ("1 × {= padded.h}", "{= widow} × {= padded.h}", "nothing is named 'widow'"),
    (
      "@ok @windows-have-own-weights", "@ok @windows-have-weights",
      "did you mean @windows-have-own-weights?"
    ),
    ("@pad-before-norm", "@pad-before-nrm", "did you mean @pad-before-norm?"),
    ("The padding would be", "{= nothing} would be", "nothing is named 'nothing'"),
    (
      "The map is padded and cut.", "The map is cut into 9×6×6×64.",
      "the answer 9×6×6×64 stands in the text"
    ),
    (
      "The map is padded and cut.", "It is (9, 6, 6, 64) then.",
      "the answer 9×6×6×64 stands in the text"
    ),
    (
      "Bring them into order.", "First normalise, then pad to 18×18, cut into windows, attend.",
      "the answer Normalise → Pad to 18×18 → Cut into windows → Attend stands in the text"
    ),
    (
      "- There are more of them", "- They stay {= blockParameters} numbers",
      "this answer is the same as the one"
    ),
    (
      "- A window sees no other window", "- Each window has weights of its own",
      "this answer is the same as the one"
    ),
    (
      "@weights-grow-with-image", "@weights-grow-with-imag", "did you mean @weights-grow-with-image"
    ),
    ("x = norm(map)", "x = norm({= mp})", "nothing is named 'mp'"),
    (
      "cut(x, {= windowTokens})", "cut(x, {= window})", "this repair leaves line 3 as it is"
    ),
    (
      "cut(x, {= windowTokens})", "cut(x, {= windows})", "this answer is the same as the one"
    ),
    (
      "The stages of block 0 on", "First `x = pad(x, to: 18)`, on",
      "the answer x = pad(x, to: 18) stands in the text"
    ),
    ("worked: shoes", "shoes", "no worked sibling"),
  ])
  func findsTheFault(old: String, new: String, part: String) throws {
    let text = KindsChapter.text.replacing(old, with: new, maxReplacements: 1)
    try #require(text != KindsChapter.text)
    let found = try problems(text)
    #expect(found.contains { $0.contains(part) }, "\(found)")
  }

  @Test(arguments: [
    (
      "  @ok @windows-have-own-weights", "  @ok",
      "tags or their order differ; there they are @ok@windows"
    ),
    ("- 1 × {= padded.h}", "- 2 × {= padded.h}", "the answer's sizes differ"),
    ("4 → 3 → 2", "4 → 3", "the wrong orders or their tags differ"),
    ("- 会变多  @weights-grow-with-image", "- 会变多  @forgets-square", "tags or their order differ"),
    (
      "- 3 → `x = cut(x, {= windowTokens})`  @k-is-the-side\n  按窗口的边长来切。\n- 3 →",
      "- 4 → `x = cut(x, {= windowTokens})`  @k-is-the-side\n  按窗口的边长来切。\n- 4 →",
      "tags or their order differ"
    ),
    ("`x = cut(x, {= window})`", "`x = cut(x)`", "the lines or their expressions differ"),
    ("@pad-before-norm", "@pad-copies-edge", "the wrong orders or their tags differ"),
    ("填充到 {= padded.h}×{= padded.w}", "填充到 {= padded.h}", "the answer's expressions differ"),
  ])
  func findsWhatATranslationChanged(old: String, new: String, part: String) throws {
    let text = KindsChapter.translated.replacing(old, with: new, maxReplacements: 1)
    try #require(text != KindsChapter.translated)
    let found = TranslationCheck(
      original: try KindsChapter.chapter(),
      translation: try KindsChapter.chapter(text, language: .zh)
    ).problems().map(\.summary)
    #expect(found.contains { $0.contains(part) }, "\(found)")
  }

  @Test func everyStepFitsThePromisedSizesBeforeAndAfterTheAnswer() throws {
    let stage = try KindsChapter.stage()
    let screens = ScreenCheck(directory: stage.directory, laboratory: stage.laboratory)
    for language in Language.allCases {
      let chapter = try stage.chapter("kinds", language)
      for step in chapter.steps { #expect(screens.problems(chapter, step) == []) }
    }
  }
}
