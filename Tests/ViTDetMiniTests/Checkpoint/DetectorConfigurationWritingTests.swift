import Foundation
import Testing

@testable import ViTDetMini

@Suite struct DetectorConfigurationWritingTests {
  private static let odd = {
    var configuration = DetectorConfiguration(.base, pyramid: .none)
    configuration.backbone.residualBlockIndexes = [2, 5]
    configuration.backbone.residualBlock = .naive
    configuration.backbone.imgSize = Extent(height: 512, width: 1024)
    configuration.boxHead.stages[0].matcher = Matcher(low: 0.6, high: 0.6, takesLowQuality: false)
    configuration.maskHead = nil
    configuration.classes = 2
    configuration.classNames = ["a \"b\"", "锚框"]
    return configuration
  }()
  private static let topDown = DetectorConfiguration.tiny.with(.lastMap)
  private static let cascade = {
    var configuration = DetectorConfiguration(.large)
    configuration.boxHead = .cascade
    return configuration
  }()

  @Test(arguments: [.tiny, DetectorConfiguration(.huge), .small, odd, topDown, cascade])
  func whatIsWrittenIsRead(configuration: DetectorConfiguration) throws {
    let path = FileManager.default.temporaryDirectory.appending(
      path: "config-\(UUID().uuidString).json"
    ).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try configuration.json.text().write(toFile: path, atomically: true, encoding: .utf8)
    let read = try DetectorConfiguration(detectron2: ConfigurationFile(path: path))
    #expect(read == configuration)
  }
}
