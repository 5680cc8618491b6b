import Foundation
import TUI
import Testing

@Suite struct TrainCommandTests {
  private func recipe(_ text: String, in folder: TemporaryFolder) throws -> String {
    let path = folder.path + "/recipe.json"
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  @Test func aTrainingIsWrittenAndGoesOn() throws {
    let folder = try TemporaryFolder()
    let out = folder.path + "/out"
    let settings = #""batch": 1, "evaluate_every": 1, "evaluate_scenes": 1"#
    let short = try recipe("{\"steps\": 1, \(settings)}", in: folder)
    let run = try CommandRun(["train", short, "--out", out])
    #expect(run.status == 0 && run.output.isEmpty)
    #expect(run.errors.contains("step 1: box AP"))
    #expect(run.errors.hasSuffix("1 steps, written to \(out)\n"))
    #expect(try CommandRun(["train", short, "--out", out]).errors.contains("--resume"))
    let long = try recipe("{\"steps\": 2, \(settings)}", in: folder)
    #expect(try CommandRun(["train", long, "--out", out, "--resume"]).status == 0)
    let log = try String(contentsOfFile: out + "/log.jsonl", encoding: .utf8)
    let steps = try log.split(separator: "\n").map { line in
      let entry = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return entry?["step"] as? Int
    }
    #expect(steps == [1, 1, 2])
    let detected = try CommandRun([
      "detect", fixture("pictures/grey.png"), "--model", out, "--json",
    ])
    #expect(detected.status == 0)
  }

  @Test func whatCannotBeTrainedIsTold() throws {
    let folder = try TemporaryFolder()
    let wrong = try recipe(#"{"stepps": 1}"#, in: folder)
    let run = try CommandRun(["train", wrong, "--out", folder.path + "/out"])
    #expect(run.status == 1)
    #expect(run.errors.hasPrefix("error: ") && run.errors.contains("“stepps”"))
    let unknown = try CommandRun(["train", "tiny-dream", "--out", folder.path + "/out"])
    #expect(unknown.status == 2 && unknown.errors.contains("tiny-detect"))
    let nothing = try CommandRun([
      "train", "tiny-detect", "--out", folder.path + "/none", "--resume",
    ])
    #expect(nothing.status == 1 && nothing.errors.contains("holds no training"))
    let refused = try CommandRun(["train", "tiny-detect", "--out", "/nowhere/at/all"])
    #expect(refused.status == 1 && refused.errors.contains("cannot be made"))
  }

  @Test func aStartIsToldRowByRow() throws {
    let folder = try TemporaryFolder()
    let path = try recipe(
      #"{"steps": 1, "batch": 1, "evaluate_scenes": 1, "start": "elsewhere"}"#, in: folder)
    let out = folder.path + "/out"
    let missing = try CommandRun(["train", path, "--out", out])
    #expect(missing.status == 1)
    #expect(
      missing.errors
        == "error: \(folder.path)/elsewhere: cannot be opened: No such file or directory\n")
    #expect(!FileManager.default.fileExists(atPath: out))
    let wrong = try CommandRun([
      "train", path, "--out", out, "--start", fixture("backbone/win_padded_bicubic"),
    ])
    #expect(wrong.status == 1 && wrong.errors.contains("but the configuration asks for"))
    let weights = fixture("../../lessons/models/tiny")
    let run = try CommandRun(["train", path, "--out", out, "--start", weights])
    #expect(run.status == 0)
    let first = try #require(run.errors.split(separator: "\n").first)
    #expect(first.hasPrefix("start \(weights)/model.safetensors: "))
    #expect(first.hasSuffix(" used, 0 resized, 0 unused, 0 missing and begun as new"))
  }

  /// The last save stays whole when a disk is full, here by a limit on the size of files.
  @Test func aFullDiskLeavesTheLastSave() throws {
    let folder = try TemporaryFolder()
    let out = folder.path + "/out"
    func run(_ steps: Int, blocks: String) throws -> String {
      let path = try recipe(
        "{\"task\": \"mae\", \"steps\": \(steps), \"batch\": 1, \"evaluate_scenes\": 1}", in: folder
      )
      let session = try PtySession(
        "/bin/sh",
        [
          "-c",
          "ulimit -f \(blocks); exec \"$0\" train \(path) --out \(out) --resume 2>&1 | fold -w 60",
          BuiltProgram.path("vitdet"),
        ])
      _ = try session.waitForEnd()
      return session.emulator.text
    }
    let path = try recipe(
      #"{"task": "mae", "steps": 1, "batch": 1, "evaluate_scenes": 1}"#, in: folder)
    #expect(try CommandRun(["train", path, "--out", out]).status == 0)
    let files = ["config.json", "model.safetensors", "training.safetensors"]
    let before = try files.map { try Data(contentsOf: URL(filePath: "\(out)/\($0)")) }
    let full = try run(2, blocks: "100")
    #expect(full.contains("error: ") && full.contains("cannot be written"))
    let after = try files.map { try Data(contentsOf: URL(filePath: "\(out)/\($0)")) }
    #expect(before == after)
    #expect(try FileManager.default.contentsOfDirectory(atPath: out).count == 4)
    let again = try run(2, blocks: "unlimited")
    #expect(again.contains("2 steps, written to"))
  }

  @Test func dataWithoutObjectsIsRefused() throws {
    let folder = try TemporaryFolder()
    let data = folder.path + "/data"
    #expect(
      try CommandRun(["data", "shapes", "--count", "1", "--size", "64", "--out", data]).status == 0)
    let empty =
      #"{"images": [{"id": 1, "width": 64, "height": 64, "file_name": "000001.png"}], "#
      + #""annotations": [], "categories": [{"id": 1, "name": "disc"}]}"#
    try Data(empty.utf8).write(to: URL(filePath: data + "/annotations.json"))
    let path = try recipe(#"{"data": "data", "evaluate_data": "data"}"#, in: folder)
    let run = try CommandRun(["train", path, "--out", folder.path + "/out"])
    #expect(run.status == 1)
    #expect(run.errors.contains("\(data): has no objects to learn from"))
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))
  }

  @Test func aTrainingOfAnotherTaskDoesNotGoOn() throws {
    let folder = try TemporaryFolder()
    let out = folder.path + "/out"
    func path(_ task: String) throws -> String {
      try recipe(
        "{\"task\": \"\(task)\", \"steps\": 1, \"batch\": 1, \"evaluate_scenes\": 1}", in: folder)
    }
    let first = try CommandRun(["train", try path("classify"), "--out", out])
    #expect(first.status == 0 && first.errors.contains("step 1: right in "))
    let state = try Data(contentsOf: URL(filePath: out + "/training.safetensors"))
    let second = try CommandRun(["train", try path("mae"), "--out", out, "--resume"])
    #expect(second.status == 1 && second.errors.contains("lacks the tensor"))
    #expect(try Data(contentsOf: URL(filePath: out + "/training.safetensors")) == state)
  }

  /// What Ctrl-C saved and what a kill left behind can both be gone on with.
  @Test func interruptedTrainingsGoOn() throws {
    let folder = try TemporaryFolder()
    let out = folder.path + "/out"
    let path = try recipe(#"{"steps": 900, "batch": 1, "evaluate_every": 900}"#, in: folder)
    func train(_ arguments: [String]) throws -> PtySession {
      try PtySession(BuiltProgram.path("vitdet"), ["train", path, "--out", out] + arguments)
    }
    let first = try train([])
    try first.wait(for: "1/900")
    first.press(.ctrl("c"))
    #expect(try first.waitForEnd() == .exited(0))
    #expect(first.emulator.text.contains("--resume goes on"))
    let second = try train(["--resume"])
    try second.wait(for: "left, loss")
    second.signal(SIGKILL)
    #expect(try second.waitForEnd() == .killed(signal: SIGKILL))
    let third = try train(["--resume"])
    try third.wait(for: "left, loss")
    third.press(.ctrl("c"))
    #expect(try third.waitForEnd() == .exited(0))
    #expect(try CommandRun(["model", "inspect", out]).status == 0)
  }
}
