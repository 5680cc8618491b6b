import Glibc
import ViTDetMini

/// What a training shows while it runs: a line on standard error that is rewritten, and one that stays for each
/// measurement.
///
/// Without a terminal only measurements and the end are written.
struct TrainingLine {
  private let recipe: TrainingRecipe
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var loss: Float?

  init(_ recipe: TrainingRecipe) {
    self.recipe = recipe
  }

  /// Shows a step: how far it is, how long it will take, and the loss.
  ///
  /// - Parameters:
  ///   - step: The step.
  ///   - made: How many steps this run has made.
  ///   - seconds: How long they took.
  mutating func show(_ step: Training.Step, made: Int, seconds: Double) {
    // A running mean: single steps jump with their pictures.
    let mean = loss.map { $0 * 0.95 + step.total * 0.05 } ?? step.total
    loss = mean
    guard isTerminal else { return }
    let filled = step.number * 20 / max(1, recipe.steps)
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 20 - filled)
    let left = seconds / Double(max(1, made)) * Double(recipe.steps - step.number)
    put(
      "\r\u{1B}[K[\(bar)] \(step.number)/\(recipe.steps) \(clock(left)) left, loss \(short(mean))")
  }

  /// Shows what the first weights were taken from.
  func show(_ inheritance: PlainCheckpoint) {
    func count(_ isCounted: (PlainCheckpoint.Use) -> Bool) -> Int {
      inheritance.rows.count { isCounted($0.use) }
    }
    let resized = count { if case .resized = $0 { true } else { false } }
    put(
      "start \(inheritance.path.printable): \(count { $0 == .used }) used, \(resized) resized, "
        + "\(count { $0 == .unused }) unused, \(count { $0 == .missing }) missing and begun as new\n"
    )
  }

  /// Shows a measurement.
  func show(_ measurement: TrainingMeasurement, step: Int) {
    put(
      (isTerminal ? "\r\u{1B}[K" : "") + "step \(step): \(words(measurement))"
        + (loss.map { ", loss \(short($0))" } ?? "") + "\n")
  }

  private func words(_ measurement: TrainingMeasurement) -> String {
    switch measurement {
    case .detection(let bbox, let segm):
      let sizes = [("small", CocoScore.AreaRange.small), ("medium", .medium), ("large", .large)]
        .map { "\($0.0) \(percent(bbox.averagePrecision(area: $0.1)))" }.joined(separator: ", ")
      return "box AP \(percent(bbox.averagePrecision())) (\(sizes)), "
        + "mask AP \(percent(segm.averagePrecision()))"
    case .reconstruction(let error):
      return "held-out pixels \(short(Float(error)))"
    case .classification(let accuracies):
      let classes = zip(ShapeClass.allCases, accuracies).map { "\($0.name) \(percent($1))" }
      let mean = accuracies.reduce(0, +) / Double(max(1, accuracies.count))
      return "right about \(percent(mean)) % (\(classes.joined(separator: ", ")))"
    }
  }

  /// Ends the line.
  func finish(_ note: String) {
    put((isTerminal ? "\r\u{1B}[K" : "") + note + "\n")
  }

  private func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    let rest = whole % 60
    return "\(whole / 60):\(rest < 10 ? "0" : "")\(rest)"
  }

  private func percent(_ value: Double) -> String {
    value < 0 ? "-" : "\((value * 1000).rounded() / 10)"
  }

  private func short(_ value: Float) -> String { "\((value * 1000).rounded() / 1000)" }

  private func put(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
