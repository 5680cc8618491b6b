import Testing

@testable import Lessons

@Suite struct CourseTests {
  private func course(
    yaml: String = "format: 1\nchapters: [windows]\n", en: String = SampleChapter.text
  ) throws -> Course {
    let directory = try TemporaryDirectory()
    try directory.write(yaml, to: "course.yaml")
    try directory.write(en, to: "en/03-windows.md")
    try directory.write(SampleChapter.text, to: "zh/03-windows.md")
    for language in ["en", "zh"] {
      try directory.write(SampleChapter.misconceptions, to: "misconceptions.\(language).md")
    }
    return try Course.load(from: directory.path, as: "lessons")
  }

  @Test func readsBothLanguagesAndTheCatalogue() throws {
    let course = try course()
    #expect(course.problems.isEmpty && course.entries.map(\.id) == ["windows"])
    #expect(course.entries[0].number == 3 && course.entries[0].title(.zh) == "Window partition")
    #expect(course.chapter("windows", .zh)?.language == .zh)
    #expect(course.misconceptions[.en]?.count == 3)
  }

  /// Every kind of bad chapter takes itself away, with the reason, and nothing else.
  @Test(arguments: [
    SampleChapter.text.replacing("{note}", with: "{aside}"),
    SampleChapter.text.replacing(":id: windows.map", with: ":id: windows.cut"),
    SampleChapter.text.replacing("minutes: 15", with: "minutes: ["),
    SampleChapter.text.replacing("{= grid.h}", with: "{= grid.h + }"),
    SampleChapter.text + "\u{1B}[2J", SampleChapter.text + String(repeating: "x", count: 10 << 20),
    SampleChapter.text + String(repeating: "- ", count: 10_000),
    SampleChapter.text.replacing("id: windows\n", with: "id: window\n"), "",
  ])
  func aBrokenChapterIsUnavailableAndTheRestWorks(text: String) throws {
    let course = try course(en: text)
    let errors = course.entries[0][.en].errors
    #expect(!errors.isEmpty && course.chapter("windows", .en) == nil)
    #expect(errors[0].file == "lessons/en/03-windows.md" && errors[0].line > 0)
    #expect(course.chapter("windows", .zh) != nil)
  }

  @Test func aMissingTranslationIsUnavailable() throws {
    let course = try course(yaml: "format: 1\nchapters: [windows, patches]\n")
    #expect(course.entries[1][.zh].errors[0].summary.contains("no file NN-patches.md"))
    #expect(course.entries[1].title(.en) == "patches")
  }

  @Test func aFileThatNoChapterOwnsIsReported() throws {
    let course = try course(yaml: "format: 1\nchapters: []\n")
    #expect(course.problems.count == 2)
    #expect(course.problems[0].summary.contains("belongs to no chapter"))
  }

  @Test(arguments: [
    "", "chapters: [a]", "format: 2\nchapters: [a]", "format: 1\nchapters: a",
    "format: 1\nchapters: [a, a]", "format: 1\nchapters: [a]\nmore: 1", "format: [",
  ])
  func refusesABadCourseFile(yaml: String) {
    #expect(throws: LessonError.self) { try course(yaml: yaml) }
  }

  @Test func refusesADirectoryWithoutACourse() {
    let error = #expect(throws: LessonError.self) { try Course.load(from: "/nonexistent") }
    #expect(error?.file == "/nonexistent/course.yaml")
  }

  @Test func aChapterWhoseExpressionsHaveNoValueIsWithheld() throws {
    let real = SampleChapter.checked.replacing("{= all", with: "{= everything()")
    var sound = try course(en: real)
    sound.withhold { $0.language == .en ? CourseCheck.withoutModel.unevaluable(in: $0) : [] }
    #expect(sound.entries[0][.en].errors.map(\.summary) == [])
    var broken = try course(
      en: real.replacing("{= grid.h}", with: "{= grid.x + padShare(token(1, 1))}"))
    broken.withhold { $0.language == .en ? CourseCheck.withoutModel.unevaluable(in: $0) : [] }
    let errors = broken.entries[0][.en].errors
    #expect(errors.count == 1 && errors[0].summary.contains("nothing is named 'grid.x'"))
    #expect(broken.chapter("windows", .zh) != nil)
  }

  @Test func measuredFunctionsAreCheckedWithoutTheModel() throws {
    func faults(_ expression: String) throws -> [LessonError] {
      let text = SampleChapter.checked.replacing("{= grid.h}", with: "{= \(expression)}")
      return CourseCheck.withoutModel.unevaluable(in: try SampleChapter.chapter(text))
    }
    #expect(try faults("padShare(token(1, 1)) * shiftError(1, 0)").isEmpty)
    #expect(try faults("count(influenceCells(token(1, 1), 2))").isEmpty)
    #expect(try faults("padShare(3)").count == 1)
    #expect(try faults("padShare(token(99, 1))").count == 1)
  }
}
