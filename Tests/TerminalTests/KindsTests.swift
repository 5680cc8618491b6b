import Foundation
import TUI
import Testing

/// Questions that are more than one value in a pseudo-terminal and through standard input.
@Suite(.serialized, .timeLimit(.minutes(2))) struct KindsTests {
  private let copy: CourseCopy
  private var program: String { copy.program }

  init() throws { copy = try CourseCopy() }

  private func start() throws -> PtySession {
    try PtySession(program, ["learn", "kinds", "--ascii", "--state", copy.path])
  }

  private var answers: [String] {
    let text = (try? String(contentsOfFile: copy.path + "/progress.jsonl", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").filter { $0.contains(#""kind":"answer""#) }.map(String.init)
  }

  /// Presses keys as somebody does who looks at what each of them did: keys that come while the program is busy with another
  /// one are dropped, since they were meant for the screen before.
  private func press(_ keys: Key..., in session: PtySession) throws {
    for key in keys {
      let before = session.emulator.text
      session.press(key)
      try session.wait(until: { $0.text != before }, "the key \(key.name) acted")
    }
  }

  @Test func optionsAreTickedAShapeTypedAndStepsMoved() throws {
    let session = try start()
    try session.wait(for: "Which of these hold")
    try press(.space, .down, .space, in: session)
    try session.wait(for: "> b [x]")
    try press(.space, .down, .space, .enter, in: session)
    try session.wait(for: "+ Right")
    session.press(.pageDown)
    try session.wait(for: "Which shape")
    session.send("9x6x6")
    session.press(.enter)
    try session.wait(for: "yours ends before it")
    session.press(.enter)
    try session.wait(for: "Nothing is checked yet")
    session.send("(9, 6, 6, 64)")
    session.press(.enter)
    try session.wait(for: "+ Right")
    session.press(.pageDown)
    try session.wait(for: "Bring them into order")
    // Cut, pad, normalise, attend: the third goes to the top, then the third above the second.
    try press(.down, .down, .space, in: session)
    try session.wait(for: "* 3  Normalise")
    try press(.up, .up, .space, .down, .down, .space, .up, .space, in: session)
    try session.wait(for: "> 2  Pad to 18x18")
    session.press(.enter)
    try session.wait(for: "+ Right")
    session.press(.pageDown)
    try session.wait(for: "What happens to the weights")
    try press(.down, .down, .enter, in: session)
    try session.wait(for: "Why?")
    try press(.escape, .up, .enter, .down, .down, .enter, in: session)
    try session.wait(for: "+ Right")
    session.press(.pageDown)
    try session.wait(for: "One line is wrong")
    try press(.down, .enter, in: session)
    try session.wait(for: "b  x = pad(x, to: 36)")
    try press(.down, .enter, in: session)
    try session.wait(for: "+ Right")
    session.press(.ctrl("c"))
    #expect(try session.waitForEnd() == .exited(0))
    #expect(session.isTerminalSane && session.emulator.unknown.isEmpty)
    let answers = answers
    #expect(answers.count == 6)
    let parts = [
      #""0 2""#, #""9x6x6""#, #""(9, 6, 6, 64)""#, #""0 1 2 3""#, #""0 3""#, #""0""#,
    ]
    for (line, part) in zip(answers, parts) {
      #expect(line.contains(#""answer":"# + part), "\(line)")
    }
  }

  @Test func plainModeTakesThemFromStandardInput() throws {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = ["read", "kinds", "--answer", "--state", copy.path, "--lang", "zh"]
    process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TERM": "dumb"]
    let (input, output) = (copy.path + "/in", copy.path + "/out")
    try Data("a b certain\nwide\n1×18×18×64\nh\nc b a d\na 2\n3 a\n".utf8).write(
      to: URL(filePath: input))
    try Data().write(to: URL(filePath: output))
    process.standardInput = try FileHandle(forReadingFrom: URL(filePath: input))
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
    try process.run()
    process.waitUntilExit()
    let text = try String(contentsOfFile: output, encoding: .utf8)
    #expect(process.terminationStatus == 0)
    for part in [
      "第一处不同在 b：勾选了，但不成立。", "形状里不能有 w。", "第一处不同在轴 0（从 0 数起）", "正确。",
      "第 3 行没有错。出错的是第 2 行。",
    ] {
      #expect(text.contains(part), "\(part) in \(text)")
    }
    #expect(answers.count == 5 && answers[0].contains(#""confidence":"certain""#))
  }
}
