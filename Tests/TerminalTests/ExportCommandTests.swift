import Foundation
import Testing

/// Hand-outs and class results as an instructor makes them.
@Suite struct ExportCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func whatCannotBeWrittenIsToldInOneLine() throws {
    let nowhere = try CommandRun(["export", "nowhere", "--html", "\(folder.path)/a.html"])
    #expect(nowhere.status == 1 && nowhere.errors.hasPrefix("error: there is no chapter 'nowhere'"))
    #expect(try CommandRun(["export", "windows"]).status == 2)
    #expect(
      try CommandRun(["export", "windows", "--html", folder.path]).errors.contains("directory"))
  }

  /// What was there before stays as it was, and nothing half-written is left.
  @Test(arguments: [["--html", "page.html"], ["--md", "."]])
  func aFullDiskIsToldAndThePreviousHandOutStays(to place: [String]) throws {
    let kept = place[0] == "--html" ? "page.html" : "windows.en.md"
    try Data("before".utf8).write(to: URL(filePath: "\(folder.path)/\(kept)"))
    let run = try CommandRun(
      ["export", "windows", place[0], "\(folder.path)/\(place[1])"], largestFile: 2)
    #expect(run.status == 1 && run.errors.hasSuffix(": cannot be written: file too large\n"))
    #expect(run.errors.hasPrefix("error: \(folder.path)/") && run.errors.count { $0 == "\n" } == 1)
    #expect(try String(contentsOfFile: "\(folder.path)/\(kept)", encoding: .utf8) == "before")
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!left.contains { $0.hasSuffix(".part") }, "\(left)")
  }

  /// What the README shows of a class goes through, from the answers to the tables and the hand-out.
  @Test func theClassroomDemonstrationGoesThrough() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = [repositoryFile("scripts/classroom-demo"), BuiltProgram.path("vitdet")]
    let file = URL(filePath: folder.path + "/out")
    try Data().write(to: file)
    process.standardOutput = try FileHandle(forWritingTo: file)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let output = try String(contentsOf: file, encoding: .utf8)
    #expect(process.terminationStatus == 0)
    for part in [
      "class: learners: 3, answers: 6", "windows.count: learners 3, first try right 1",
      "windows-have-own-weights", "drops-the-rest               2", "windows.html: ",
    ] {
      #expect(output.contains(part), "\(part)\n\(output)")
    }
  }

  @Test func aClassIsCollectedAroundABadFile() throws {
    let line = #"{"kind":"start","session":"a","time":"2026-01-02T03:04:05Z","v":1}"#
    try Data("\(line)\nnonsense\n".utf8).write(to: URL(filePath: "\(folder.path)/alice.jsonl"))
    let out = "\(folder.path)/class"
    let good = try CommandRun(["class", "collect", "\(folder.path)/alice.jsonl", "--out", out])
    #expect(good.status == 0 && good.output == "\(out): learners: 1, answers: 0\n")
    #expect(good.errors == "\(folder.path)/alice.jsonl:2: not an event of vitdet\n")
    let bad = try CommandRun([
      "class", "collect", "\(folder.path)/alice.jsonl", "\(folder.path)/none", "--out", out,
    ])
    #expect(bad.status == 1 && bad.errors.contains("error: 1 of 2 files could not be used"))
    #expect(FileManager.default.fileExists(atPath: out + "/learners.csv"))
  }
}
