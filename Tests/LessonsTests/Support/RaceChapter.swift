import Foundation
import TUI

@testable import Lessons
@testable import ViTDetMini

/// The chapter of `Tests/Fixtures/lessons` that trains, with a detector that is small enough to train in a test.
enum RaceChapter {
  /// A laboratory whose detector makes a step in a moment.
  static let laboratory = {
    var backbone = ViTConfiguration()
    backbone.imgSize = 64
    backbone.embedDim = 8
    backbone.depth = 2
    backbone.numHeads = 2
    backbone.windowSize = 3
    backbone.windowBlockIndexes = [0]
    backbone.pretrainImgSize = 64
    var detector = DetectorConfiguration(backbone)
    detector.outChannels = 4
    detector.classes = ShapeClass.allCases.count
    detector.proposals.topBefore = TrainTest(train: 20, test: 20)
    detector.proposals.topAfter = TrainTest(train: 10, test: 10)
    detector.boxHead.convolutions = [4]
    detector.boxHead.linears = [8]
    detector.boxHead.canonicalSize = 32
    detector.maskHead?.convolutions = [4]
    detector.maskHead?.upsampled = 4
    detector.maskHead?.canonicalSize = 32
    return Laboratory(
      detector, parameters: Parameters(detector.parameterSpecifications(), seed: 1))
  }()

  /// The course at the chapter, drawn without a terminal.
  static func rehearsal(_ language: Language = .en) throws -> Rehearsal {
    let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/lessons")
    return Rehearsal(
      course: try Course.load(from: fixtures.path), directory: try LessonsDirectory.locate(),
      laboratory: laboratory, language: language, size: Size(columns: 100, rows: 30),
      glyphs: .ascii)
  }

  /// The states that the training of the chapter's first step goes through, one for each thing done.
  ///
  /// - Parameters:
  ///   - count: How many, if there are so many.
  ///   - steps: The length of the training; nil for the lesson's own.
  /// - Returns: The states, in order.
  /// - Throws: What building the detector throws.
  static func states(_ count: Int, steps: Int? = nil) throws -> [TrainingProgress] {
    let request = FigureRequest(name: "fine-tuning", knobs: ["start": "random"])
    var trainer = try FigureCatalog.trainer(request, laboratory: laboratory)
    for lane in trainer.lanes.indices {
      trainer.lanes[lane].recipe.heldOut = ShapesDataset(count: 1, seed: 3, size: 64)
      if let steps { trainer.lanes[lane].recipe.steps = steps }
    }
    var states: [TrainingProgress] = []
    try trainer.train(from: trainer.beginning) { now in
      states.append(now)
      return states.count < count
    }
    return states
  }
}
