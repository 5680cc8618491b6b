import Foundation
import Testing

@Suite struct ImportCommandTests {
  private let model = fixture("backbone/win_padded_bicubic")

  @Test func everyRowIsToldAndAModelIsWritten() throws {
    let folder = try TemporaryFolder()
    let out = folder.path + "/out"
    let run = try CommandRun([
      "model", "import", model + "/model.safetensors", "--config", model + "/config.json", "--out",
      out,
    ])
    #expect(run.status == 0 && run.errors.isEmpty)
    let lines = run.output.split(separator: "\n")
    #expect(lines.dropLast().allSatisfy { $0.hasPrefix("used     ") })
    #expect(
      lines.last?.hasSuffix(" used, 0 resized, 0 unused, 0 missing; written to \(out)") == true)
    // What is written gives the same numbers as what was read.
    let maps = try [model, out].map { directory in
      let path = folder.path + "/maps.safetensors"
      let arguments = [
        "features", model + "/input.safetensors", "--model", directory, "--out", path,
      ]
      #expect(try CommandRun(arguments).status == 0)
      return try Data(contentsOf: URL(filePath: path))
    }
    #expect(maps[0] == maps[1])
  }

  @Test func whatDoesNotFitIsToldInOneLine() throws {
    let folder = try TemporaryFolder()
    let other = fixture("backbone/relpos_interp_grads/config.json")
    let weights = model + "/model.safetensors"
    let run = try CommandRun([
      "model", "import", weights, "--config", other, "--out", folder.path + "/out",
    ])
    #expect(run.status == 1 && run.errors.hasPrefix("error: \(weights): "))
    #expect(run.errors.split(separator: "\n").count == 1)
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))
    #expect(try CommandRun(["model", "import", weights]).status == 2)
  }
}
