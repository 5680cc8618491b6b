import Foundation
import Testing

@Suite struct LabCommandTests {
  private func recipe(in folder: TemporaryFolder) throws -> String {
    let path = folder.path + "/recipe.json"
    try Data(#"{"batch": 1}"#.utf8).write(to: URL(filePath: path))
    return path
  }

  @Test func aTableIsWrittenAndItsRunsAreKept() throws {
    let folder = try TemporaryFolder()
    let (runs, out) = (folder.path + "/deep/runs", folder.path + "/table.json")
    let command = [
      "lab", "table", "1", "--start", "random", "--steps", "1", "--seeds", "1", "--scenes", "1",
      "--recipe", try recipe(in: folder), "--runs", runs, "--out", out, "--jobs", "2",
    ]
    let first = try CommandRun(command)
    #expect(first.status == 0)
    #expect(first.output.hasPrefix("# Table 1 in miniature"))
    #expect(first.errors.contains("lastMap-even-random, seed 1: box AP"))
    let text = try String(contentsOfFile: folder.path + "/table.md", encoding: .utf8)
    #expect(text == first.output)
    let second = try CommandRun(command)
    #expect(second.output == first.output && !second.errors.contains("box AP"))
    let kept = try FileManager.default.contentsOfDirectory(atPath: runs)
    #expect(kept.count == 3 && kept.allSatisfy { $0.hasSuffix(".json") })
  }

  @Test func wrongUsesAreTold() throws {
    let folder = try TemporaryFolder()
    let out = folder.path + "/table.json"
    let wrong: [(arguments: [String], words: String)] = [
      (["3"], "1, 2 and 4"), (["1", "--seeds", "0"], "--seeds"), (["1", "--jobs", "65"], "--jobs"),
      (["1", "--steps", "1", "--minutes", "1"], "give one of them"),
      (["1", "--start", "mar"], "mae"), (["1", "--recipe", "tiny-dream"], "tiny-detect"),
    ]
    for (arguments, words) in wrong {
      let run = try CommandRun(["lab", "table"] + arguments + ["--out", out])
      #expect(run.status == 2 && run.errors.contains(words), "\(arguments): \(run.errors)")
    }
    let missing = try CommandRun([
      "lab", "table", "1", "--steps", "1", "--mae", folder.path + "/no", "--out", out, "--runs",
      folder.path + "/runs",
    ])
    #expect(missing.status == 1 && missing.errors.contains("/no: cannot be opened"))
  }

  @Test func ctrlCSaves() throws {
    let folder = try TemporaryFolder()
    let errors = folder.path + "/errors"
    try Data().write(to: URL(filePath: errors))
    let process = Process()
    process.executableURL = URL(filePath: BuiltProgram.path("vitdet"))
    process.arguments = [
      "lab", "table", "1", "--start", "random", "--steps", "100000", "--seeds", "1", "--recipe",
      try recipe(in: folder), "--runs", folder.path + "/runs", "--out", folder.path + "/table.json",
    ]
    process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let end = Date(timeIntervalSinceNow: 60)
    while try String(contentsOfFile: errors, encoding: .utf8).isEmpty && Date() < end {
      Thread.sleep(forTimeInterval: 0.05)
    }
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    let told = try String(contentsOfFile: errors, encoding: .utf8)
    #expect(told.contains("stopped; the same command goes on"))
    #expect(FileManager.default.fileExists(atPath: folder.path + "/table.json"))
  }

  @Test func aBackboneIsExported() throws {
    let folder = try TemporaryFolder()
    let out = folder.path + "/out"
    let run = try CommandRun(["model", "export", fixture("detector/global_resize"), "--out", out])
    #expect(run.status == 0 && run.output.contains("tensors written to \(out)"))
    let text = try String(contentsOfFile: out + "/config.json", encoding: .utf8)
    #expect(text.contains("\"VitDetBackbone\""))
    let maps = try CommandRun([
      "features", fixture("detector/global_resize/image.png"), "--model", out, "--out",
      folder.path + "/maps.safetensors",
    ])
    #expect(maps.status == 0)
    #expect(try CommandRun(["model", "export", "/nowhere", "--out", out]).status == 1)
  }
}
