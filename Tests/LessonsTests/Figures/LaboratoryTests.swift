import Testing
import ViTDetMini

@testable import Lessons

@Suite struct LaboratoryTests {
  @Test func detectorAndBackboneAreTheSameModel() throws {
    let laboratory = Laboratory.shared
    let whole = try laboratory.detectorRecording(laboratory.detector)
    let backbone = try laboratory.recording(laboratory.configuration)
    let last = try backbone.map("blocks.\(laboratory.configuration.depth - 1)")
    #expect(try whole.map("backbone.last_feat") == last)
    #expect(try whole.map("p2").shape == [1, 64, 64, 64])
  }

  @Test func otherThresholdsGiveAnotherRecording() throws {
    let laboratory = Laboratory.shared
    var strict = laboratory.detector
    strict.boxHead.scoreThreshold = 1
    #expect(try laboratory.detectorRecording(strict).detections.isEmpty)
    #expect(try laboratory.detectorRecording(laboratory.detector).configuration == .tiny)
  }

  @Test func unknownMapsAreNamed() throws {
    let recording = try Laboratory.shared.detectorRecording(.tiny)
    #expect(throws: FigureError("the detector recorded no «p7»")) { try recording.map("p7") }
  }

  @Test func trainedWeightsAreUsedEverywhere() throws {
    let parameters = Parameters(DetectorConfiguration.tiny.parameterSpecifications(), seed: 3)
    let laboratory = Laboratory(.tiny, parameters: parameters)
    #expect(laboratory.isTrained)
    #expect(laboratory.caution(.en) == nil)
    #expect(laboratory.detectorParameters == parameters)
    #expect(
      try laboratory.parameter("pos_embed") == parameters["backbone.net.pos_embed"])
  }
}
