import Synchronization
import TUI
import Testing

@testable import Lessons

/// Questions with several right answers, with shapes and with orders in plain mode.
@Suite struct KindsPlainTests {
  private func read(
    _ step: String, language: Language = .en, columns: Int = 72, glyphs: Glyphs = .unicode,
    input: [String]? = nil, progress: ProgressFile? = nil
  ) throws -> String {
    let stage = try KindsChapter.stage()
    let chapter = try stage.chapter("kinds", language)
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

  @Test func theOptionsAreListedWithoutTheAnswer() throws {
    let multi = try read("kinds.start")
    #expect(multi.contains("a) The windows share") && multi.contains("d) Each window has 6 slots"))
    #expect(multi.contains("Answer with the letters of all that hold"))
    let shape = try read("kinds.cut")
    #expect(shape.contains("Answer with a shape") && !shape.contains("9×6×6×64"))
    let order = try read("kinds.order")
    let item = try KindsChapter.session("kinds.steps").item
    for (place, step) in OrderKind.shuffled(item).enumerated() {
      let words = item.options[step].answer.plainText
      #expect(order.contains("\(OptionLetter.text(place))) \(words)"))
    }
    for text in [multi, shape, order] { #expect(!text.contains("The model says")) }
  }

  @Test func answersComeFromLines() throws {
    let directory = try TemporaryDirectory()
    let file = ProgressFile(path: "\(directory.path)/progress.jsonl")
    let multi = try read("kinds.start", input: ["none", "a d", "never"], progress: file)
    #expect(multi.contains("They part first at c: it holds, but is not ticked."))
    #expect(multi.contains("d: ticked, but it does not hold:"))
    let shape = try read("kinds.cut", input: ["9×6×", "9 6 6 certain"], progress: file)
    #expect(shape.contains("a size is missing beside a separator."))
    #expect(shape.contains("axis 3, counted from 0: yours ends before it"))
    let letters = OrderKind.shuffled(try KindsChapter.item("kinds.steps"))
    func line(_ order: [Int]) -> String {
      order.map { OptionLetter.text(letters.firstIndex(of: $0) ?? 0) }.joined(separator: " ")
    }
    let wrong = try read("kinds.order", input: ["a b", line([1, 0, 2, 3])], progress: file)
    #expect(
      wrong.contains("They part first at place 1")
        && wrong.contains("Why the model does otherwise:"))
    let right = try read("kinds.order", input: ["h", line([0, 1, 2, 3])], progress: file)
    #expect(right.contains("\nRight.\n"))
    let events = file.read().events.filter { $0.kind == "answer" }
    #expect(events.map(\.answer) == ["0 3", "9 6 6", "1 0 2 3", "0 1 2 3"])
    let answers = zip(events, [Item.Kind.multi, .shape, .order, .order]).map { event, kind in
      event.answer.flatMap { Answer(stored: $0, kind: kind) }
    }
    #expect(
      answers == [.choices([0, 3]), .shape("9 6 6"), .order([1, 0, 2, 3]), .order([0, 1, 2, 3])])
    #expect(events.map(\.misconception) == ["k-is-the-side", nil, "pad-before-norm", nil])
    let report = ProgressReport(
      file.read(), file: file.path, course: try KindsChapter.stage().course)
    #expect(report.chapters[0].items.map(\.solved) == [false, false, true])
    #expect(report.lines(.en).contains("  open  kinds.holds  k-is-the-side"))
  }

  @Test func chineseReadsTheSameLetters() throws {
    let multi = try read("kinds.start", language: .zh, input: ["a、c"])
    #expect(multi.contains("正确。"))
    let shape = try read("kinds.cut", language: .zh, input: ["４×6×6×64"])
    #expect(shape.contains("第一处不同在轴 0（从 0 数起）：你写的是 4，模型是 9。"))
  }

  @Test func staysWithinItsWidthAndInASCII() throws {
    for step in ["kinds.start", "kinds.cut", "kinds.order"] {
      let text = try read(step, columns: 40, glyphs: .ascii, input: ["a b", "a b c d", "4 6", "s"])
      #expect(text.filter { !$0.isASCII }.isEmpty)
      for line in text.split(separator: "\n") { #expect(line.count <= 40, "\(line)") }
    }
  }
}
