import Foundation
import Glibc
import ViTDetMini

/// `log.jsonl` of a training: a line for each tenth step and for each measurement.
struct TrainingLog {
  private let path: String
  /// Steps between two lines, so that the log of a long training stays small.
  private static let interval = 10

  /// Opens the log; lines of steps that were made but not saved are dropped, for they are made again.
  ///
  /// - Parameters:
  ///   - directory: Where it is.
  ///   - steps: The number of saved steps.
  /// - Throws: What the file system says.
  init(directory: String, keepingSteps steps: Int) throws {
    path = directory + "/log.jsonl"
    guard let known = try? String(contentsOfFile: path, encoding: .utf8) else {
      try "".write(toFile: path, atomically: true, encoding: .utf8)
      return
    }
    let kept = known.split(separator: "\n").filter { line in
      guard let entry = try? JSONDecoder().decode(Entry.self, from: Data(line.utf8)) else {
        return false
      }
      return entry.step <= steps
    }
    try kept.map { $0 + "\n" }.joined().write(toFile: path, atomically: true, encoding: .utf8)
  }

  private struct Entry: Decodable {
    let step: Int
  }

  /// Adds a step, if it is one to be logged.
  func add(_ step: Training.Step, seconds: Double) throws {
    guard step.number % Self.interval == 0 || step.number == 1 else { return }
    let losses = step.losses.map { "\"\($0.name)\": \($0.value)" }.joined(separator: ", ")
    try append(
      "{\"step\": \(step.number), \"seconds\": \(rounded(seconds, 10)), \"lr\": \(step.rate), "
        + "\"total_loss\": \(step.total), \(losses)}")
  }

  /// Adds a measurement on the held-out pictures.
  func add(_ measurement: TrainingMeasurement, step: Int, _ recipe: TrainingRecipe) throws {
    let data =
      recipe.heldOutData.map { "\"data\": \(quoted($0.path))" }
      ?? "\"scenes\": \(recipe.heldOut.count), \"scenes_seed\": \(recipe.heldOut.seed)"
    try append(
      "{\"step\": \(step), \(data), \(members(measurement, names: recipe.model.classNames))}")
  }

  private func members(_ measurement: TrainingMeasurement, names: [String]) -> String {
    switch measurement {
    case .detection(let bbox, let segm):
      let classes = names.indices.map { bbox.averagePrecision(category: $0) }
      return "\"bbox\": \(bbox.json), \"segm\": \(segm.json), "
        + "\"classes\": \(object(names, classes))"
    case .reconstruction(let error): return "\"loss_pixels\": \(error)"
    case .classification(let accuracies): return "\"accuracy\": \(object(names, accuracies))"
    }
  }

  private func object(_ names: [String], _ values: [Double]) -> String {
    "{" + zip(names, values).map { "\(quoted($0)): \($1)" }.joined(separator: ", ") + "}"
  }

  private func quoted(_ text: String) -> String {
    String(decoding: (try? JSONEncoder().encode(text)) ?? Data("\"\"".utf8), as: UTF8.self)
  }

  private func rounded(_ value: Double, _ parts: Double) -> Double {
    (value * parts).rounded() / parts
  }

  private func append(_ line: String) throws {
    let descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw CheckpointError(path, String(cString: strerror(errno))) }
    defer { close(descriptor) }
    let bytes = Array((line + "\n").utf8)
    guard write(descriptor, bytes, bytes.count) == bytes.count else {
      throw CheckpointError(path, "cannot be written: " + String(cString: strerror(errno)))
    }
  }
}
