import Testing

@testable import Lessons

/// What a broken editor or a hostile author could put into a chapter.
@Suite struct HostileChapterTests {
  private func errors(inserting line: String) -> [LessonError] {
    SampleChapter.errors(
      SampleChapter.text.replacing("A query attends to its window.", with: line))
  }

  @Test(arguments: [
    ("a\u{7}b", 2, "U+7", #"a\u{7}b"#), ("a\tb", 2, "U+9", #"a\u{9}b"#),
    ("ab\u{1B}[2J", 3, "U+1B", #"ab\u{1B}[2J"#), ("\u{202E}ab", 1, "U+202E", #"\u{202E}ab"#),
    ("ab\u{F0000}", 3, "U+F0000", #"ab\u{F0000}"#), ("中\u{9B}", 2, "U+9B", #"中\u{9B}"#),
  ])
  func refusesControlCharacters(line: String, column: Int, code: String, shown: String) throws {
    let error = try #require(errors(inserting: line).first)
    #expect(error.line == 49 && error.column == column)
    #expect(error.message.contains(code) && error.excerpt == shown)
    #expect(error.suggestion != nil)
  }

  @Test func refusesWindowsLineEnds() throws {
    let error = try #require(
      SampleChapter.errors(SampleChapter.text.replacing("\n", with: "\r\n")).first)
    #expect(error.line == 1 && error.suggestion == "save the file with LF line ends")
  }

  @Test func refusesBytesThatAreNoText() throws {
    var bytes = Array(SampleChapter.text.utf8)
    let place = try #require(bytes.firstIndex(of: UInt8(ascii: "#")))
    bytes[place + 2] = 0xFF
    let thrown = #expect(throws: LessonErrors.self) { try LessonText(bytes: bytes, file: "f.md") }
    let error = try #require(thrown?.first)
    #expect(error.line == 12 && error.column == 3 && error.message.contains("UTF-8"))
  }

  @Test func refusesALineOfTenMegabytes() throws {
    let line = String(repeating: "x", count: 10 << 20)
    let clock = ContinuousClock()
    var found: [LessonError] = []
    let time = clock.measure { found = errors(inserting: line) }
    let error = try #require(found.first)
    #expect(found.count == 1 && error.line == 49 && error.message.contains("longer than"))
    #expect(error.excerpt.count < 100)
    #expect(time < .seconds(5))
  }

  @Test func refusesAFileOfManyLines() throws {
    let error = try #require(errors(inserting: String(repeating: "word\n", count: 300_000)).first)
    #expect(error.message.contains("larger than"))
  }

  @Test(arguments: ["- ", "> ", "1. ", "* ", "+ ", "- > "])
  func refusesTenThousandNestedLists(opening: String) throws {
    let found = errors(inserting: String(repeating: opening, count: 10_000) + "x")
    let error = try #require(found.first)
    #expect(error.line == 49, "\(found.map(\.summary))")
    #expect(error.message.contains("nested") || error.message.contains("longer"))
  }

  @Test func refusesListsNestedByIndentation() throws {
    let lines = (0..<700).map { String(repeating: "  ", count: $0) + "- x" }
    let error = try #require(errors(inserting: lines.joined(separator: "\n")).first)
    #expect(error.message.contains("nested"))
  }

  @Test(arguments: ["*a **b ", "[", "![", "`", "<a ", "&#", "\\", "_a_", "[a](", "***a"])
  func survivesRepeatedMarks(mark: String) {
    let clock = ContinuousClock()
    let time = clock.measure { _ = errors(inserting: String(repeating: mark, count: 4_000)) }
    #expect(time < .seconds(5))
  }

  @Test func refusesDeepYAML() throws {
    for needs in [
      String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000),
      "\n" + String(repeating: "- ", count: 5_000) + "x", "&a [*a, *a]", "!!binary x",
    ] {
      let text = SampleChapter.text.replacing("needs: [patches]", with: "needs: \(needs)")
      #expect(!SampleChapter.errors(text).isEmpty)
    }
  }

  @Test(arguments: ["", "---", "---\n---", "---\n: :\n---\n", "# Title", "---\n- a\n---\n", "\n\n"])
  func refusesWhatIsNoChapter(text: String) {
    #expect(!SampleChapter.errors(text).isEmpty)
  }

  @Test func boundsTheNumberOfErrors() {
    let many = errors(inserting: String(repeating: "{= 1 + }\n", count: 1_000))
    #expect(many.count == LessonText.maximumErrors)
  }

  @Test func survivesEveryTruncation() {
    let bytes = Array(SampleChapter.text.utf8)
    for length in stride(from: 0, to: bytes.count, by: 7) {
      let text = String(decoding: bytes[..<length], as: UTF8.self)
      _ = SampleChapter.errors(text)
    }
    #expect(SampleChapter.errors(SampleChapter.text).isEmpty)
  }

  @Test func refusesWhatIsNoFile() {
    for path in ["/dev/zero", "/nonexistent/chapter.md", "/"] {
      let error = #expect(throws: LessonErrors.self) { try LessonText.read(path, as: "x.md") }
      #expect(error?.first.file == "x.md")
    }
  }
}
