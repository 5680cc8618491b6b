import Synchronization
import TUI
import Testing

@testable import Lessons

/// Questions of every kind that is more than one value in plain mode.
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
    let why = try read("kinds.reason")
    #expect(why.contains("b) There are more of them\n\nWhy?\n\n1) Each window"))
    let fix = try read("kinds.repair")
    #expect(fix.contains("   x = norm(map)\n2) x = pad(x, to: 16)\n   a) x = pad(x, to: 18)\n"))
    for text in [multi, shape, order, why, fix] { #expect(!text.contains("The model says")) }
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
    let why = try read("kinds.reason", input: ["a", "a 4", "c 1", "a1"], progress: file)
    #expect(why.contains("The answer is right, the reason is not."))
    #expect(why.contains("The rule that leads there:\nEach window has attention weights"))
    #expect(try read("kinds.reason", input: ["a 2"], progress: file).contains("\nRight.\n"))
    let fix = try read("kinds.repair", input: ["2", "1 a", "2 c", "3 b"], progress: file)
    #expect(fix.contains("Line 3 does what it should. The wrong one is line 2."))
    #expect(fix.contains("The model says:\nLine 2: x = pad(x, to: 18)"))
    let events = file.read().events.filter { $0.kind == "answer" }
    #expect(
      events.map(\.answer) == ["0 3", "9 6 6", "1 0 2 3", "0 1 2 3", "0 2", "0 3", "3"])
    let kinds: [Item.Kind] = [.multi, .shape, .order, .order, .why, .why, .fix]
    let answers = zip(events, kinds).map { event, kind in
      event.answer.flatMap { Answer(stored: $0, kind: kind) }
    }
    #expect(
      answers == [
        .choices([0, 3]), .shape("9 6 6"), .order([1, 0, 2, 3]), .order([0, 1, 2, 3]),
        .choices([0, 2]), .choices([0, 3]), .choice(3),
      ])
    #expect(
      events.map(\.misconception) == [
        "k-is-the-side", nil, "pad-before-norm", nil, "windows-have-own-weights", nil,
        "windows-not-tokens",
      ])
    let report = ProgressReport(
      file.read(), file: file.path, course: try KindsChapter.stage().course)
    #expect(report.chapters[0].items.map(\.solved) == [false, false, true, true, false])
    #expect(report.lines(.en).contains("  open  kinds.holds  k-is-the-side"))
  }

  @Test func chineseReadsTheSameLetters() throws {
    let multi = try read("kinds.start", language: .zh, input: ["a、c"])
    #expect(multi.contains("正确。"))
    #expect(try read("kinds.repair", language: .zh, input: ["２、a", "2、a"]).contains("正确。"))
    let shape = try read("kinds.cut", language: .zh, input: ["４×6×6×64"])
    #expect(shape.contains("第一处不同在轴 0（从 0 数起）：你写的是 4，模型是 9。"))
  }

  @Test func staysWithinItsWidthAndInASCII() throws {
    for step in ["start", "cut", "order", "reason", "repair"].map({ "kinds.\($0)" }) {
      let text = try read(step, columns: 40, glyphs: .ascii, input: ["a b c d", "4 6", "x", "s"])
      #expect(text.filter { !$0.isASCII }.isEmpty)
      for line in text.split(separator: "\n") { #expect(line.count <= 40, "\(line)") }
    }
  }
}
