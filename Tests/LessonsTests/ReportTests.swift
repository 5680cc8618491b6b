import Testing

@testable import Lessons

/// What `list`, `progress` and `check` print.
@Suite struct ReportTests {
  private func directory(en: String = SampleChapter.checked) throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try directory.write("format: 1\nchapters: [windows]\n", to: "lessons/course.yaml")
    let sound = { (text: String) in text.replacing("needs: [patches]", with: "needs: []") }
    try directory.write(sound(en), to: "lessons/en/03-windows.md")
    try directory.write(sound(SampleChapter.translated), to: "lessons/zh/03-windows.md")
    for language in ["en", "zh"] {
      try directory.write(
        SampleChapter.misconceptions, to: "lessons/misconceptions.\(language).md")
    }
    return directory
  }

  private let check = CourseCheck(facts: { _, knobs in
    var facts = SmallEnvironment()
    facts.values.merge(knobs) { $1 }
    return facts
  })

  @Test func theOutlineNamesWhatThereIs() throws {
    let directory = try directory()
    let course = try Course.load(from: "\(directory.path)/lessons")
    let outline = CourseOutline(course, language: .en)
    #expect(outline.lines == ["3  windows  Window partition  (15 min, 4 steps, 3 questions)"])
    #expect(CourseOutline(course, language: .zh).lines[0].hasSuffix("（15 分钟，4 步，3 题）"))
    let json = try jsonText(outline)
    #expect(json.contains(#""id" : "windows""#))
  }

  @Test func theOutlineSaysWhyAChapterIsMissing() throws {
    let directory = try directory(en: "nothing")
    let course = try Course.load(from: "\(directory.path)/lessons", as: "lessons")
    let line = CourseOutline(course, language: .en).lines[0]
    #expect(line.contains("unavailable: lessons/en/03-windows.md:1:1: the front matter is missing"))
  }

  @Test func progressIsReportedByChapter() throws {
    let directory = try directory()
    let course = try Course.load(from: "\(directory.path)/lessons")
    var wrong = ProgressEvent(
      .answer, session: "s", time: "t", chapter: "windows", item: "windows.slots")
    wrong.right = false
    wrong.misconception = "k-is-the-side"
    var right = ProgressEvent(
      .answer, session: "s", time: "t", chapter: "windows", item: "windows.paint")
    right.right = true
    var contents = ProgressFile.Contents()
    contents.events = [
      ProgressEvent(.step, session: "s", chapter: "windows", step: "windows.cut"), wrong, right,
    ]
    let report = ProgressReport(contents, file: "f", course: course)
    #expect(
      report.lines(.en) == [
        "windows  steps 1/4  questions 1/3, 1 at the first try",
        "  open  windows.slots  k-is-the-side",
      ])
    #expect(report.chapters[0].items.map(\.id) == ["windows.paint", "windows.slots"])
    #expect(report.lines(.zh)[0] == "windows  步骤 1/4  题目 1/3，首次答对 1")
  }

  @Test func checksADirectoryOrOneFile() throws {
    let directory = try directory(en: SampleChapter.checked.replacing("{= grid.h}", with: "{= no}"))
    let whole = try CheckReport(path: "\(directory.path)/lessons/", check: check)
    #expect(whole.chapters == 2 && whole.problems.count == 3)
    let file = try CheckReport(path: "\(directory.path)/lessons/en/03-windows.md", check: check)
    #expect(file.problems.map(\.line) == [19] && file.chapters == 1)
    #expect(file.problems[0].summary.contains("nothing is named 'no'"))
  }

  @Test func checksAFileThatBelongsToNoCourse() throws {
    let directory = try TemporaryDirectory()
    try directory.write(SampleChapter.checked, to: "draft.md")
    #expect(try CheckReport(path: "\(directory.path)/draft.md", check: check).problems.isEmpty)
    try directory.write("---", to: "draft.md")
    #expect(try CheckReport(path: "\(directory.path)/draft.md", check: check).problems.count == 1)
    #expect(throws: LessonError.self) { try CheckReport(path: directory.path, check: check) }
  }

  @Test func theCourseThatIsShippedHasNoFaults() throws {
    let directory = try LessonsDirectory.locate()
    let check = CourseCheck(
      laboratory: Laboratory(directory: directory), source: SourceIndex(directory: directory.source)
    )
    let report = try CheckReport(path: directory.lessons, check: check)
    #expect(report.problems.map(\.summary) == [])
    #expect(report.chapters > 0)
  }
}
