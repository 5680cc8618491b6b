import TUI
import Testing

@testable import Lessons

/// The screens of questions that are more than one value, and what their keys do.
@Suite struct KindsScreenTests {
  private func opened(
    _ step: String, _ language: Language = .en, glyphs: Glyphs = .unicode
  ) throws -> Rehearsal {
    var course = try KindsChapter.rehearsal(language, glyphs: glyphs)
    let isThere = course.go(to: "kinds", step: step)
    try #require(isThere)
    return course
  }

  @Test(arguments: Language.allCases, [Glyphs.unicode, .ascii])
  func severalOptions(language: Language, glyphs: Glyphs) throws {
    var course = try opened("kinds.start", language, glyphs: glyphs)
    var shown = [("nothing is ticked", course.canvas)]
    course.press(.down, .space, .char("c"))
    shown.append(("the second and the third are ticked", course.canvas))
    course.press(.enter)
    shown.append(("one too many and one missing", course.canvas))
    course.press(.enter, .char("b"), .char("1"), .enter)
    shown.append(("the right ones", course.canvas))
    expectScreens(shown, named: "kinds-multi-\(language)-\(glyphs.isASCII ? "ascii" : "unicode")")
  }

  @Test(arguments: Language.allCases, [Glyphs.unicode, .ascii])
  func aShape(language: Language, glyphs: Glyphs) throws {
    var course = try opened("kinds.cut", language, glyphs: glyphs)
    var shown = [("an empty field", course.canvas)]
    for character in "9xx6" { course.press(.char(character)) }
    course.press(.enter)
    shown.append(("no shape", course.canvas))
    course.press(.backspace, .backspace)
    for character in "6 x 64" { course.press(.char(character)) }
    course.press(.enter)
    shown.append(("three axes", course.canvas))
    course.press(.enter)
    for character in "1 18 18 64" { course.press(.char(character)) }
    course.press(.enter)
    shown.append(("the rule of the padded map", course.canvas))
    course.press(.enter)
    for character in "9×6×6×64" { course.press(.char(character)) }
    course.press(.enter)
    shown.append(("the model's shape", course.canvas))
    expectScreens(shown, named: "kinds-shape-\(language)-\(glyphs.isASCII ? "ascii" : "unicode")")
  }

  @Test(arguments: Language.allCases, [Glyphs.unicode, .ascii])
  func anOrder(language: Language, glyphs: Glyphs) throws {
    var course = try opened("kinds.order", language, glyphs: glyphs)
    var shown = [("mixed", course.canvas)]
    course.press(.down, .space)
    shown.append(("a step is picked up", course.canvas))
    course.press(.down, .down)
    shown.append(("it moves", course.canvas))
    course.press(.escape, .enter)
    shown.append(("the order that was shown", course.canvas))
    course.press(.enter)
    sort(&course)
    shown.append(("sorted", course.canvas))
    course.press(.enter)
    shown.append(("the right order", course.canvas))
    expectScreens(shown, named: "kinds-order-\(language)-\(glyphs.isASCII ? "ascii" : "unicode")")
  }

  @Test(arguments: Language.allCases, [Glyphs.unicode, .ascii])
  func aReason(language: Language, glyphs: Glyphs) throws {
    var course = try opened("kinds.reason", language, glyphs: glyphs)
    var shown = [("the answers", course.canvas)]
    course.press(.down, .down, .enter)
    shown.append(("the second is chosen, and the reason asked", course.canvas))
    course.press(.enter)
    shown.append(("no reason yet", course.canvas))
    course.press(.char("1"), .enter)
    shown.append(("neither holds", course.canvas))
    course.press(.enter, .char("a"), .space, .char("3"), .enter)
    shown.append(("right for a wrong reason", course.canvas))
    course.press(.enter, .char("a"), .space, .down, .down, .enter)
    shown.append(("right for the right one", course.canvas))
    expectScreens(shown, named: "kinds-why-\(language)-\(glyphs.isASCII ? "ascii" : "unicode")")
  }

  @Test(arguments: Language.allCases, [Glyphs.unicode, .ascii])
  func aRepair(language: Language, glyphs: Glyphs) throws {
    var course = try opened("kinds.repair", language, glyphs: glyphs)
    var shown = [("the piece", course.canvas)]
    course.press(.down, .down, .enter)
    shown.append(("the third line is chosen", course.canvas))
    course.press(.down, .down, .enter)
    shown.append(("the wrong line", course.canvas))
    course.press(.enter, .char("2"), .space, .char("b"), .enter)
    shown.append(("the wrong repair", course.canvas))
    course.press(.enter, .down, .enter, .down, .enter)
    shown.append(("repaired", course.canvas))
    expectScreens(shown, named: "kinds-fix-\(language)-\(glyphs.isASCII ? "ascii" : "unicode")")
  }

  @Test func theReasonsComeIntoSightWithTheAnswer() throws {
    var course = try KindsChapter.rehearsal(.en, size: Size(columns: 40, rows: 14))
    let isThere = course.go(to: "kinds", step: "kinds.reason")
    try #require(isThere)
    course.press(.char("b"), .enter)
    #expect(course.canvas.text.contains("b  There are more") && course.canvas.text.contains("Why?"))
    #expect(course.canvas.text.contains("1  Each window"))
  }

  @Test func escapeGoesBackToTheFirstPartAndThenLeaves() throws {
    var course = try opened("kinds.repair")
    course.press(.char("3"), .enter, .char("b"))
    #expect(course.app.context == .secondPart)
    course.press(.escape)
    #expect(course.app.context == .firstPart)
    course.press(.escape)
    #expect(course.app.context == .prose)
  }

  /// Brings the steps into their right order with arrows and the space bar.
  private func sort(_ course: inout Rehearsal) {
    for step in 0..<4 {
      guard case .lesson(let lesson) = course.app.screen, let session = lesson.session,
        case .order(let order)? = session.draft, let from = order.firstIndex(of: step)
      else { return }
      course.press(.char(Character("\(from + 1)")), .space)
      for _ in step..<from { course.press(.up) }
      course.press(.space)
    }
  }

  @Test func aHeldStepIsDroppedByEnterAndNotCommitted() throws {
    var course = try opened("kinds.order")
    course.press(.space, .down, .enter)
    #expect(course.canvas.text.contains("Nothing is checked yet."))
    course.press(.space, .down, .escape)
    // Escape put the step back; only the next one leaves the question.
    #expect(course.app.context == .order)
    course.press(.escape)
    #expect(course.app.context == .prose)
  }

  @Test func lettersThatBelongToAShapeAreTyped() throws {
    var course = try opened("kinds.cut")
    course.press(.char("9"), .char("x"), .char("6"), .char("h"))
    #expect(course.canvas.text.contains("9x6_") && course.canvas.text.contains("Hint:"))
    course.send(.event(.paste("torch.Size([9, 6, 6, 64])")))
    #expect(course.canvas.text.contains("9x6([9, 6, 6, 64])_"))
  }

  @Test func theAnswersAreKept() throws {
    var course = try opened("kinds.start")
    course.press(.char("a"), .char("d"), .tab, .right, .enter)
    let events = course.app.unwritten.filter { $0.kind == "answer" }
    #expect(events.map(\.answer) == ["0 3"] && events.map(\.confidence) == ["guess"])
    #expect(events.map(\.misconception) == ["k-is-the-side"])
    let record = course.app.progress.chapters["kinds"]?.items["kinds.holds"]
    #expect(record?.firstTry == false && record?.misconception == "k-is-the-side")
  }

  @Test func theOtherLanguageHasTheSameTicksShapeAndOrder() throws {
    var course = try opened("kinds.start")
    course.press(.char("c"), .char("L"))
    #expect(course.canvas.text.contains("c [x]"))
    course = try opened("kinds.order")
    course.press(.space, .down, .space)
    guard case .lesson(let lesson) = course.app.screen else { return }
    course.press(.char("L"))
    guard case .lesson(let other) = course.app.screen else { return }
    #expect(other.session?.draft == lesson.session?.draft && other.session?.draft != nil)
  }

  @Test func notKnowingShowsTheWholeAnswer() throws {
    let answers = [
      ("start", "Padded slots"), ("cut", "9×6×6×64"), ("order", "1. Normalise"),
      ("reason", "Every window goes"), ("repair", "Line 2: x = pad(x, to: 18)"),
    ]
    for (step, part) in answers {
      var course = try opened("kinds.\(step)")
      course.press(.char("s"))
      #expect(course.canvas.text.contains("The model says"))
      #expect(course.canvas.text.contains(part))
    }
  }
}
