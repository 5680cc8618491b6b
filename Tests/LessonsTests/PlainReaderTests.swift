import Synchronization
import TUI
import Testing

@testable import Lessons

@Suite struct PlainReaderTests {
  /// What a reader writes for one step of a real chapter, answers taken from `input`.
  private func read(
    _ step: String, language: Language = .en, columns: Int = 72, glyphs: Glyphs = .unicode,
    input: [String]? = nil, progress: ProgressFile? = nil
  ) throws -> String {
    let stage = try SharedStage.get()
    let chapter = try stage.chapter("windows", language)
    let lines = Mutex<[String]>([])
    let rest = Mutex(input ?? [])
    let answers = input.map { _ in
      PlainReader.Answers(
        input: { rest.withLock { $0.isEmpty ? nil : $0.removeFirst() } }, progress: progress)
    }
    let reader = PlainReader(
      chapter, stage: stage, columns: columns, glyphs: glyphs, answers: answers,
      output: { line in lines.withLock { $0.append(line) } })
    try reader.read(only: stage.step(step, of: chapter))
    return lines.withLock { $0.joined(separator: "\n") }
  }

  @Test func aQuestionIsShownWithoutItsAnswer() throws {
    let text = try read("windows.start")
    #expect(text.contains("PREDICT\nHow many windows are there?"))
    #expect(text.contains("Answer with a number (windows)."))
    for given in ["Why:", "The model says", "drops"] { #expect(!text.contains(given)) }
  }

  @Test func aWrongAnswerHearsItsRuleAndTheModel() throws {
    let text = try read("windows.start", input: ["4"])
    #expect(text.contains("Not what the model does."))
    #expect(text.contains("Your answer:\n4 windows"))
    #expect(text.contains("The rule that leads there:"))
    #expect(text.contains("The model says:\n9 windows"))
  }

  @Test func aRightAnswerIsRight() throws {
    let text = try read("windows.start", input: ["9"])
    #expect(text.contains("\nRight.\n") && text.contains("Why:"))
  }

  @Test func hintsComeOneByOneAndCostNothing() throws {
    let directory = try TemporaryDirectory()
    let file = ProgressFile(path: "\(directory.path)/progress.jsonl")
    let text = try read(
      "windows.start", input: ["huh", "h", "h", "h", "h", "9 certain"], progress: file)
    #expect(text.contains("worked:") && text.contains("That was the last hint."))
    let answer = try #require(file.read().events.last)
    #expect(
      answer.right == true && answer.confidence == "certain" && answer.item == "windows.count")
    #expect(file.read().events.map(\.kind) == ["start", "step", "hint", "hint", "hint", "answer"])
  }

  @Test func dontKnowShowsTheAnswer() throws {
    let text = try read("windows.start", input: ["s"])
    #expect(text.contains("Left open; here is the answer.") && text.contains("9 windows"))
  }

  @Test func theEndOfInputLeavesTheQuestionOpen() throws {
    let text = try read("windows.start", input: [])
    #expect(!text.contains("The model says"))
  }

  @Test func paintedCellsAreGraded() throws {
    let text = try read("windows.sees", input: ["0,12-5,15"])
    #expect(text.contains("They part first at (0,16): seen, but not painted."))
  }

  @Test func anObservationIsShownAsItComesAbout() throws {
    let text = try read("windows.map")
    #expect(text.contains("[window = 6]") && text.contains("OBSERVE"))
    #expect(text.contains("[window = 2]"))
  }

  @Test func sourceIsTheDeclarationItself() throws {
    let text = try read("windows.shared")
    #expect(text.contains("Sources/ViTDetMini/") && text.contains("    "))
  }

  @Test func staysWithinItsWidthInBothLanguages() throws {
    for language in Language.allCases {
      for columns in [40, 72] {
        let text = try read("windows.start", language: language, columns: columns, input: ["4"])
        for line in text.split(separator: "\n") {
          #expect(TextWidth.columns(of: line) <= columns, "\(line)")
        }
      }
    }
  }

  @Test func writesASCIIWhenAsked() throws {
    let text = try read("windows.map", glyphs: .ascii)
    #expect(text.filter { !$0.isASCII }.isEmpty)
  }

  @Test func readsEveryChapterToItsEnd() throws {
    let stage = try SharedStage.get()
    // The languages take turns: figures are the same in both, and take most of the time.
    for (index, entry) in stage.course.entries.enumerated() {
      let chapter = try stage.chapter(entry.id, index.isMultiple(of: 2) ? .en : .zh)
      let count = Mutex(0)
      try PlainReader(chapter, stage: stage, columns: 80, glyphs: .unicode) { _ in
        count.withLock { $0 += 1 }
      }.read()
      #expect(count.withLock { $0 } > 100)
    }
  }
}
