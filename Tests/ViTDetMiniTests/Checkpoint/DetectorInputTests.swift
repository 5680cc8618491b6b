import Foundation
import Testing

@testable import ViTDetMini

@Suite struct DetectorInputTests {
  private func expectRefusal(
    _ tensors: [(name: String, value: SafeTensorsValue)], _ fault: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try SafeTensors.write(tensors, to: path)
    let isTraining = tensors.contains { $0.name == "image.0" }
    let error = try #require(throws: CheckpointError.self, sourceLocation: sourceLocation) {
      if isTraining {
        _ = try TrainingInput(path: path, for: .small)
      } else {
        _ = try PreparedPicture(path: path, for: .small)
      }
    }
    #expect(
      error.description.hasPrefix(path) && error.description.contains(fault), "\(error)",
      sourceLocation: sourceLocation)
  }

  @Test func picturesThatDoNotFitAreNamed() throws {
    let image = Tensor(zeros: [3, 60, 50])
    try expectRefusal([("picture", .float(image))], "image")
    try expectRefusal([("image", .float(Tensor(zeros: [3, 60])))], "[3, H, W]")
    try expectRefusal([("image", .float(Tensor(zeros: [4, 60, 50])))], "[3, H, W]")
    try expectRefusal([("image", .float(Tensor(zeros: [3, 65, 50])))], "50x65")
    try expectRefusal(
      [("image", .float(Tensor(shape: [3, 60, 50], repeating: .nan)))], "not finite")
    for size: [Int64] in [[0, 5], [-1, 5], [5], [1 << 40, 1 << 40], [16_000, 16_000]] {
      try expectRefusal(
        [("image", .float(image)), ("original_size", .int64(size, shape: [size.count]))],
        "original_size")
    }
  }

  @Test func objectsThatAreNoneAreNamed() throws {
    let image = ("image.0", SafeTensorsValue.float(Tensor(zeros: [3, 64, 64])))
    func truth(_ box: [Float], _ label: Int64) -> [(name: String, value: SafeTensorsValue)] {
      [
        (name: image.0, value: image.1),
        ("gt.0.boxes", .float(Tensor(shape: [1, 4], storage: box))),
        ("gt.0.classes", .int64([label], shape: [1])),
      ]
    }
    try expectRefusal(truth([5, 5, 5, 9], 0), "without area")
    try expectRefusal(truth([5, 5, .nan, 9], 0), "without area")
    try expectRefusal(truth([5, 5, 9, 9], 3), "unknown class")
    try expectRefusal([(name: image.0, value: image.1)], "gt.0.boxes")
    try expectRefusal(
      truth([5, 5, 9, 9], 0) + [("gt.0.bitmasks", .uint8([1], shape: [1, 1, 1]))],
      "gt.0.bitmasks")
  }

  @Test func polygonsBesideTheFileComeFirst() throws {
    let input = try TrainingInput(
      path: Fixture.path("detector/train_global_b2/input.safetensors"),
      for: try #require(
        try ModelDirectory.read(Fixture.path("detector/train_global_b2")).detector))
    #expect(input.forms.map(\.name) == ["polygon", "bitmask"])
    #expect(input.forms[0].examples.map(\.truths.count) == [3, 2])
    guard case .polygons = input.forms[0].examples[0].truths[0].outline else {
      Issue.record("the first form has no polygons")
      return
    }
  }
}
