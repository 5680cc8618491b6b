import Foundation
import TUI
import Testing

@Suite struct DetectionCommandTests {
  private let model = fixture("detector/global_resize")

  @Test func scoreNamesTheTwelveNumbersInOrder() throws {
    let truth = fixture("coco/crowd_and_area/ground_truth.json")
    let found = fixture("coco/crowd_and_area/detections.json")
    let arguments = ["score", "--truth", truth, "--detections", found, "--iou-type"]
    let run = try CommandRun(arguments + ["segm", "--json"])
    #expect(run.status == 0 && run.errors.isEmpty)
    let names = run.output.split(separator: "\"").enumerated().filter { $0.offset % 2 == 1 }
    #expect(
      names.map { String($0.element) } == [
        "AP", "AP50", "AP75", "APs", "APm", "APl", "AR1", "AR10", "AR100", "ARs", "ARm", "ARl",
      ])
    let table = try CommandRun(arguments + ["bbox"])
    #expect(
      table.output.hasPrefix("AP    0.414  mean precision over IoU 0.50 to 0.95\nAP50  0.885"))
    #expect(try CommandRun(arguments + ["boxes"]).status == 2)
  }

  @Test func dataShapesWritesAFolderOnceAndAgainTheSame() throws {
    let folder = try TemporaryFolder()
    func files(_ name: String) throws -> [Data] {
      let out = folder.path + "/" + name
      let run = try CommandRun(
        ["data", "shapes", "--count", "3", "--seed", "9", "--size", "64", "--out", out])
      #expect(run.status == 0 && run.output.isEmpty)
      #expect(run.errors == "3 pictures in \(out)\n")
      return try ["annotations.json", "images/000001.png", "images/000003.png"].map {
        try Data(contentsOf: URL(filePath: out + "/" + $0))
      }
    }
    #expect(try files("a") == files("b"))
    #expect(try CommandRun(["data", "shapes", "--count", "0", "--out", "x"]).status == 2)
    let refused = try CommandRun(["data", "shapes", "--count", "1", "--out", "/nowhere/at/all"])
    #expect(refused.status == 1 && refused.errors.hasPrefix("error: /nowhere/at/all: the folder"))
  }

  @Test(arguments: ["image.png", "input.safetensors"])
  func detectFindsWhatTheReferenceFinds(input: String) throws {
    struct Entry: Decodable {
      struct Mask: Decodable {
        let size: [Int]
        let counts: String
      }
      let box: [Double]
      let score: Double
      let `class`: Int
      let class_name: String
      let mask: Mask
    }
    let run = try CommandRun(["detect", model + "/" + input, "--model", model, "--json"])
    #expect(run.status == 0 && run.errors.isEmpty)
    let found = try JSONDecoder().decode([Entry].self, from: Data(run.output.utf8))
    #expect(found.count == 9)
    let first = try #require(found.first)
    #expect(abs(first.score - 0.743) < 1e-3 && first.class == 1 && first.class_name == "class 1")
    for (value, wanted) in zip(first.box, [44.3, 0.7, 137.4, 37.8]) {
      #expect(abs(value - wanted) < 0.06)
    }
    #expect(first.mask.size == [150, 200])
    #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
  }

  @Test func detectPrintsATableAndDrawsAPicture() throws {
    let folder = try TemporaryFolder()
    let out = folder.path + "/drawn.png"
    let run = try CommandRun(
      ["detect", model + "/image.png", "--model", model, "--score", "0.3", "--out", out])
    #expect(run.status == 0)
    #expect(run.output.split(separator: "\n").count == 4)
    #expect(run.output.hasPrefix("class    score  left"))
    let drawn = try Data(contentsOf: URL(filePath: out))
    #expect(drawn.prefix(4) == Data([0x89, 0x50, 0x4E, 0x47]))
    #expect(drawn != (try Data(contentsOf: URL(filePath: model + "/image.png"))))
  }

  @Test func aTerminalShowsNumberedBoxesAndTheTableBelow() throws {
    let session = try PtySession(
      BuiltProgram.path("vitdet"),
      ["detect", model + "/image.png", "--model", model, "--score", "0.3"],
      size: Size(columns: 80, rows: 24))
    #expect(try session.waitForEnd() == .exited(0))
    let lines = session.emulator.text.split(separator: "\n")
    let heading = try #require(lines.firstIndex { $0.hasPrefix("#  class    score  left") })
    #expect(lines[heading + 1].hasPrefix("1  class 1  0.743"))
    let picture = lines[..<heading].joined()
    #expect(picture.filter { $0 == "▀" }.count > 500)
    #expect(Set("123").isSubset(of: picture))
    #expect(session.isTerminalSane)
  }

  @Test(arguments: ["one-pixel.png", "rgb16.png", "cmyk.jpg", "orientation-6.jpg", "alpha.png"])
  func unusualPicturesAreNoTrouble(name: String) throws {
    let folder = try TemporaryFolder()
    let picture = fixture("pictures/" + name)
    let run = try CommandRun(
      ["detect", picture, "--model", model, "--json", "--out", folder.path + "/x.png"])
    #expect(run.status == 0 && run.errors.isEmpty)
    #expect(run.output.hasPrefix("["))
  }

  @Test func badInputIsOneLineAndStatusOne() throws {
    for (arguments, reason) in [
      (["/nope.png", "--model", model], "/nope.png: "),
      ([fixture("pictures/huge.png"), "--model", model], "30000x30000 is too large"),
      (
        [fixture("ops/ops.json"), "--model", model],
        "ops.json: is neither a PNG, a JPEG nor a safetensors file"
      ),
      ([model + "/image.png", "--model", fixture("pictures")], "config.json"),
      ([model + "/image.png", "--model", model, "--out", "/nowhere/x.png"], "cannot be written"),
    ] {
      let run = try CommandRun(["detect"] + arguments)
      #expect(run.status == 1 && run.output.isEmpty, "\(arguments)")
      #expect(run.errors.hasPrefix("error: ") && run.errors.contains(reason), "\(run.errors)")
      #expect(run.errors.split(separator: "\n").count == 1, "\(run.errors)")
    }
  }

  @Test func evalRefusesDataOfOtherClasses() throws {
    let folder = try TemporaryFolder()
    _ = try CommandRun(
      ["data", "shapes", "--count", "1", "--size", "64", "--out", folder.path + "/d"])
    let run = try CommandRun(["eval", "--model", model, "--data", folder.path + "/d"])
    #expect(run.status == 1)
    #expect(
      run.errors == "error: the model knows 4 classes, but the data has 7 categories\n")
  }

  @Test func evalPrintsBothKindsOfNumbers() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/images", withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: model + "/image.png", toPath: folder.path + "/images/a.png")
    // The reference's surest box as the only truth: one object, found first.
    let text = """
      {"images": [{"id": 1, "width": 200, "height": 150, "file_name": "a.png"}],
       "categories": [{"id": 1}, {"id": 3}, {"id": 5}, {"id": 9}],
       "annotations": [{"id": 1, "image_id": 1, "category_id": 3, "area": 3454, "iscrowd": 0,
        "bbox": [44.3, 0.7, 93.1, 37.1], "segmentation": [[44, 1, 137, 1, 137, 37, 44, 37]]}]}
      """
    try Data(text.utf8).write(to: URL(filePath: folder.path + "/annotations.json"))
    let run = try CommandRun(["eval", "--model", model, "--data", folder.path, "--json"])
    #expect(run.status == 0 && run.errors == "1 pictures of \(folder.path)\n")
    struct Scores: Decodable {
      let bbox: [String: Double]
      let segm: [String: Double]
    }
    let scores = try JSONDecoder().decode(Scores.self, from: Data(run.output.utf8))
    #expect(abs((scores.bbox["AP"] ?? 0) - 1) < 1e-9 && scores.bbox.count == 12)
    let table = try CommandRun(["eval", "--model", model, "--data", folder.path])
    #expect(table.status == 0)
    // Categories without a name go by their number; only one of them has an object.
    let classes = [
      "category 1      -", "category 3  1.000", "category 5      -", "category 9      -",
    ]
    #expect(table.output.contains("\n\nAP by class\n\(classes.joined(separator: "\n"))\n\nsegm\n"))
    #expect(scores.segm.count == 12 && run.output.hasPrefix(#"{"bbox": {"AP": "#))
  }
}
