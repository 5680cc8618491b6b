import Testing

@testable import ViTDetMini

/// The whole detector of detectron2, number by number.
@Suite struct DetectorVectorTests {
  /// How far each kind of value may be from the reference.
  private func tolerance(_ name: String) -> Float {
    if name.hasPrefix("objectness") { return 3e-4 }
    if name.hasPrefix("p") || name.hasPrefix("anchor") || name.hasPrefix("backbone") {
      return name.hasPrefix("proposals") ? 1e-2 : 1e-4
    }
    return name.hasSuffix("boxes") || name == "boxes_original" ? 1e-2 : 1e-3
  }

  @Test(arguments: ["input.safetensors", "image.png"])
  func everyValueOfInferenceAgrees(input: String) throws {
    let path = Fixture.path("detector/global_resize")
    let directory = try ModelDirectory.read(path)
    let configuration = try #require(directory.detector)
    let model = try ViTDet(configuration, parameters: directory.parameters)
    let picture = try PreparedPicture(path: path + "/" + input, for: configuration)
    let found = FeatureMaps(of: model, on: picture)
    let expected = try SafeTensors(path: path + "/expected.safetensors")
    #expect(expected.entries.count > 25)
    try expectAgreement(found, expected) { _ in true }
    #expect(model.detections(in: picture).count == 9)
  }

  @Test func everyValueOfATrainingStepAgrees() throws {
    let path = Fixture.path("detector/train_global_b2")
    let directory = try ModelDirectory.read(path)
    let input = try TrainingInput(
      path: path + "/input.safetensors", for: try #require(directory.detector))
    let found = try FeatureMaps(training: input, directory, seed: 1)
    let expected = try SafeTensors(path: path + "/expected.safetensors")
    #expect(expected.entries.count > 120)
    try expectAgreement(found, expected) { _ in true }
  }

  private func expectAgreement(
    _ found: FeatureMaps, _ expected: SafeTensors, where isWanted: (String) -> Bool
  ) throws {
    let values = Dictionary(uniqueKeysWithValues: found.all.map { ($0.name, $0.value) })
    for entry in expected.entries where isWanted(entry.name) {
      switch try #require(values[entry.name], "no value \(entry.name)") {
      case .float(let tensor):
        let reference = try expected.tensor(named: entry.name)
        let size = reference.largestMagnitude
        let allowed =
          entry.name.contains("grad.")
          ? 1e-3 * size
          : entry.name.contains("loss") ? 1e-4 * size : tolerance(entry.name)
        expectClose(tensor, reference, tolerance: allowed, entry.name)
      case .int64(let numbers, _):
        #expect(try numbers.map { Int($0) } == expected.integers(named: entry.name))
      case .int32(let numbers, _):
        #expect(try numbers.map { Int($0) } == expected.integers(named: entry.name))
      case .uint8(let numbers, let shape):
        #expect(shape == entry.shape)
        #expect(try numbers.map { Int($0) } == expected.integers(named: entry.name))
      }
    }
  }
}
