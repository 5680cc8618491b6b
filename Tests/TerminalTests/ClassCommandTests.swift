import Foundation
import TUI
import Testing

/// A class's tables as an instructor looks at them: in a terminal, in a pipe, and when something is wrong with them.
@Suite(.timeLimit(.minutes(2))) struct ClassCommandTests: RoomSuite {
  private let folder: TemporaryFolder
  private var out: String { folder.path + "/class" }

  /// Three learners who answered two questions of the chapter about windows.
  init() throws {
    folder = try TemporaryFolder()
    var files: [String] = []
    for (index, name) in ["ann", "王芳", "\u{1B}[2Jeve"].enumerated() {
      let session = #""session":"s\#(index)","time":"2026-03-0\#(index + 1)T08:00:0"#
      func answer(_ second: Int, _ item: String, _ isRight: Bool, _ rest: String) -> String {
        #"{"v":1,"kind":"answer",\#(session)\#(second)Z","chapter":"windows","item":"\#(item)","#
          + #""answer":"1","attempt":1,"right":\#(isRight)\#(rest)}"#
      }
      let wrong = #","misconception":"drops-the-rest""#
      let lines = [
        #"{"v":1,"kind":"start",\#(session)0Z"}"#,
        answer(1, "windows.count", index == 0, index == 0 ? "" : wrong),
        answer(2, "windows.weights", true, ""),
      ]
      let path = "\(folder.path)/\(name).jsonl"
      try Data(lines.joined(separator: "\n").appending("\n").utf8).write(to: URL(filePath: path))
      files.append(path)
    }
    let run = try CommandRun(["class", "collect"] + files + ["--out", out])
    try #require(run.status == 0, "\(run.errors)")
  }

  @Test func theTablesAreAScreen() throws {
    let screen = try start(["class", "show", out, "--ascii"])
    try screen.wait(for: "learners: 3, questions: 2")
    // The harder question is under the cursor.
    try screen.wait(for: ">  windows.count")
    try screen.wait(for: "drops-the-rest")
    screen.press(.enter)
    // Once the model's answer is there, the rules are below it.
    try screen.wait(for: "The model says")
    for _ in 0..<20 { screen.press(.down) }
    try screen.wait(for: "The rule that leads there")
    screen.resize(Size(columns: 100, rows: 30))
    try screen.wait(for: "Why the model does otherwise")
    screen.press(.right)
    try screen.wait(for: "windows.weights")
    screen.press(.escape, .tab)
    try screen.wait(for: "?[2Jeve")
    screen.resize(Size(columns: 30, rows: 8))
    try screen.wait(for: "too small")
    screen.resize(Size(columns: 60, rows: 20))
    screen.press(.char("L"))
    try screen.wait(for: "班级作答结果")
    screen.press(.char("q"))
    #expect(try screen.waitForEnd() == .exited(0))
    #expect(screen.isTerminalSane)
  }

  @Test func theyArePrintedWhereThereIsNoTerminalOrTextIsWanted() throws {
    let printed = try CommandRun(["class", "show", out, "--ascii"])
    #expect(printed.status == 0 && printed.errors.isEmpty)
    #expect(printed.output.hasPrefix("learners: 3, questions: 2\n\nwindows.count: learners 3"))
    #expect(printed.output.contains("drops-the-rest") && !printed.output.contains("\u{1B}"))
    let wanted = try start(["class", "show", out, "--text", "--lang", "zh"])
    try wanted.wait(for: "3 名学员，2 道题")
    #expect(try wanted.waitForEnd() == .exited(0))
    #expect(!wanted.emulator.text.contains("退出"))
  }

  @Test func whatIsNoClassIsToldInOneLine() throws {
    func fault(_ path: String) throws -> String {
      let run = try CommandRun(["class", "show", path])
      #expect(run.status == 1 && run.output.isEmpty)
      return run.errors
    }
    #expect(
      try fault("\(folder.path)/nowhere").hasPrefix("error: \(folder.path)/nowhere/items.csv"))
    let table = URL(filePath: out + "/items.csv")
    let whole = try Data(contentsOf: table)
    try whole.prefix(whole.count - 20).write(to: table)
    #expect(try fault(out).contains("is not whole; “vitdet class collect” makes the table anew"))
    try FileManager.default.removeItem(at: table)
    try FileManager.default.createDirectory(at: table, withIntermediateDirectories: false)
    #expect(try fault(out).hasPrefix("error: \(out)/items.csv: cannot be read"))
  }
}
