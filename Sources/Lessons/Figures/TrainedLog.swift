internal import Foundation
internal import ViTDetMini

/// The log that the training of the course's detector left beside its weights.
struct TrainedLog: Sendable {
  /// What a step wrote down.
  struct Step: Sendable {
    let number: Int
    let seconds: Double
    let rate: Double
    /// The losses by detectron2's names, their sum as `total_loss`.
    let losses: [String: Double]
  }

  /// What was measured on held-out scenes.
  struct Measurement: Sendable {
    let step: Int
    let scenes: Int
    /// COCO's numbers for boxes, by name.
    let bbox: [String: Double]
    /// Box AP by class.
    let classes: [String: Double]
  }

  let steps: [Step]
  let measurements: [Measurement]

  /// Reads `log.jsonl`; lines that are neither kind are passed over.
  ///
  /// - Throws: `FigureError` if there is no such file, or nothing in it.
  init(path: String) throws(FigureError) {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw FigureError("the log of the training, lessons/models/tiny/log.jsonl, cannot be read")
    }
    var (steps, measurements): ([Step], [Measurement]) = ([], [])
    for line in text.split(separator: "\n") {
      guard let entry = try? JSONDecoder().decode(Line.self, from: Data(line.utf8)) else {
        continue
      }
      if let bbox = entry.bbox {
        measurements.append(
          Measurement(
            step: entry.step, scenes: entry.scenes ?? 0, bbox: bbox, classes: entry.classes ?? [:]))
      } else if let rate = entry.rate,
        let losses = try? JSONDecoder().decode(
          [String: Double].self, from: Data(line.utf8))
      {
        steps.append(
          Step(
            number: entry.step, seconds: entry.seconds ?? 0, rate: rate,
            losses: losses.filter { $0.key.contains("loss") }))
      }
    }
    guard !steps.isEmpty else {
      throw FigureError("the log of the training, lessons/models/tiny/log.jsonl, has no steps")
    }
    self.steps = steps
    self.measurements = measurements
  }

  private struct Line: Decodable {
    let step: Int
    let seconds: Double?
    let rate: Double?
    let scenes: Int?
    let bbox: [String: Double]?
    let classes: [String: Double]?

    enum CodingKeys: String, CodingKey {
      case step, seconds, scenes, bbox, classes
      case rate = "lr"
    }
  }
}
