import Foundation
import Testing

/// The commands that need no terminal, run as a user runs them.
@Suite struct CommandTests {
  private struct Run {
    var status: Int32
    var output: String
    var errors: String
  }

  private func run(_ arguments: [String], input: String = "") throws -> Run {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: BuiltProgram.path("vitdet"))
    process.arguments = arguments
    let state = NSTemporaryDirectory() + "vitdet-commands-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: state) }
    process.environment = ["XDG_STATE_HOME": state, "PATH": "/usr/bin:/bin"]
    let files = ["in", "out", "err"].map { URL(fileURLWithPath: "\(state).\($0)") }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    try Data(input.utf8).write(to: files[0])
    for file in files.dropFirst() { try Data().write(to: file) }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    func text(_ file: URL) throws -> String {
      String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }
    return Run(
      status: process.terminationStatus, output: try text(files[1]), errors: try text(files[2]))
  }

  @Test func listNamesTheChapters() throws {
    let run = try run(["list", "--lang", "zh"])
    #expect(run.status == 0 && run.errors.isEmpty)
    #expect(run.output.contains("windows") && run.output.contains("窗口划分"))
  }

  @Test func readGradesAnswersFromStandardInput() throws {
    let run = try run(["read", "windows", "--step", "1", "--answer"], input: "4 certain\n")
    #expect(run.status == 0 && run.errors.isEmpty)
    #expect(run.output.contains("Not what the model does."))
  }

  @Test func progressIsJSON() throws {
    let run = try run(["progress", "--json"])
    #expect(run.status == 0)
    let json = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    #expect((json as? [String: Any])?["chapters"] != nil)
  }

  @Test func checkReportsEachFaultWithItsPlace() throws {
    let directory = NSTemporaryDirectory() + "vitdet-check-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: directory) }
    for language in ["en", "zh"] {
      try FileManager.default.createDirectory(
        atPath: "\(directory)/\(language)", withIntermediateDirectories: true)
      try Data().write(to: URL(fileURLWithPath: "\(directory)/misconceptions.\(language).md"))
      try Data("---\nformat: 1\n---\n".utf8)
        .write(to: URL(fileURLWithPath: "\(directory)/\(language)/01-a.md"))
    }
    try Data("format: 1\nchapters: [a]\n".utf8)
      .write(to: URL(fileURLWithPath: "\(directory)/course.yaml"))
    let run = try run(["check", directory])
    #expect(run.status == 1)
    #expect(
      run.output.contains("\(directory)/en/01-a.md:2:1: the key 'id' is missing; add id: …\n"))
    #expect(run.errors == "error: 10 faults\n")
  }

  @Test(arguments: [
    (["read", "nothing"], 1), (["read"], 2), (["read", "windows", "--width", "1"], 2),
    (["read", "windows", "--lang", "fr"], 2), (["check", "/nonexistent"], 1), (["list", "x"], 2),
    (["read", "windows", "--step", "0"], 1),
  ])
  func faultsHaveOneLineAndAStatus(arguments: [String], status: Int) throws {
    let run = try run(arguments)
    #expect(run.status == Int32(status) && run.output.isEmpty)
    #expect(run.errors.hasPrefix("error: "))
    if status == 1 { #expect(run.errors.count(where: \.isNewline) == 1) }
  }
}
