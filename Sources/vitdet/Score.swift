import ArgumentParser
import ViTDetMini

/// Compares detections with a data set and prints COCO's twelve numbers.
struct Score: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "COCO's twelve numbers for a file of detections.")

  @Option(help: "The annotation file, in COCO's format.") var truth: String
  @Option(help: "The detections, in COCO's results format.") var detections: String
  @Option(help: "What to compare: bbox or segm.") var iouType: Compared
  @Flag(help: "Print one JSON object.") var json = false

  enum Compared: String, ExpressibleByArgument, CaseIterable { case bbox, segm }

  func run() throws {
    let dataset = try CocoDataset.read(path: truth)
    let found = try CocoDetection.read(path: detections, for: dataset)
    let score = try CocoScore(
      iouType == .bbox ? .bbox : .segm, truth: dataset, detections: found)
    print(json ? score.json : score.table)
  }
}
