import Testing
import TUI

@testable import Lessons

/// Whole screens as text, compared with files that a person has looked at.
@Suite struct ScreenTests {
  static let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 60, rows: 20), Size(columns: 100, rows: 30),
  ]
  static let looks = Language.allCases.flatMap { language in
    [Glyphs.unicode, .ascii].map { (language, $0) }
  }

  @Test(arguments: sizes, looks)
  func aLearnersWayThroughWindows(size: Size, look: (language: Language, glyphs: Glyphs)) throws {
    let stage = try Stage()
    var course = stage.rehearsal(language: look.language, size: size, glyphs: look.glyphs)
    var shown: [(String, Canvas)] = [("home", course.canvas)]
    func show(_ title: String) { shown.append((title, course.canvas)) }

    let isThere = course.go(to: "windows")
    try #require(isThere)
    show("a number is asked for")
    course.press(.char("h"), .char("4"), .enter)
    show("four windows: the rule is named")
    course.press(.enter, .char("9"), .enter)
    show("nine windows")
    course.press(.pageDown)
    show("a map with a knob")
    course.press(.tab, .tab, .right)
    show("the knob is turned")
    course.press(.pageDown, .space, .down, .char("f"))
    show("a row is painted")
    course.press(.enter)
    show("the paint is compared")
    course.press(.pageDown, .down)
    show("three options")
    course.press(.char("?"))
    show("keys")
    course.press(.escape, .escape, .char("i"))
    show("what is not shown")

    let name =
      "windows-\(size.columns)x\(size.rows)-\(look.language)-\(look.glyphs.isASCII ? "ascii" : "unicode")"
    expectScreens(shown, named: name)
  }

  @Test(arguments: [
    Size(columns: 0, rows: 0), Size(columns: 20, rows: 5), Size(columns: 39, rows: 12),
  ])
  func aSmallWindowSaysHowLargeItMustBe(size: Size) throws {
    let stage = try Stage()
    var course = stage.rehearsal(language: .en, size: size, glyphs: .ascii)
    let isThere = course.go(to: "windows")
    try #require(isThere)
    let text = course.canvas.text
    #expect(size.rows < 2 || text.contains("needs 40x12"))
    course.press(.char("4"), .enter)
    #expect(course.canvas.text == text)
  }

  @Test func everyStepOfEveryChapterFitsThePromisedSizes() throws {
    let directory = try LessonsDirectory.locate()
    let course = try Course.load(from: directory.lessons)
    let check = CourseCheck(directory: directory, laboratory: Laboratory(directory: directory))
    let problems = check.problems(in: course)
    #expect(problems.isEmpty, "\(problems.map(\.description).joined(separator: "\n"))")
    #expect(course.entries.count >= 2)
  }
}
