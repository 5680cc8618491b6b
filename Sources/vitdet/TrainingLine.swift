import Glibc
import ViTDetMini

/// What a training shows while it runs: a line on standard error that is rewritten, and one that stays for each
/// measurement.
///
/// Without a terminal only measurements and the end are written.
struct TrainingLine {
  private let recipe: TrainingRecipe
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var total: Float?
  private var parts: [String: Float] = [:]

  init(_ recipe: TrainingRecipe) {
    self.recipe = recipe
  }

  /// Shows a step: how far it is, how long it will take, and the losses, the largest first.
  ///
  /// - Parameters:
  ///   - step: The step.
  ///   - made: How many steps this run has made.
  ///   - seconds: How long they took.
  mutating func show(_ step: Training.Step, made: Int, seconds: Double) {
    // Running means: single steps jump with their pictures.
    func mean(_ old: Float?, _ new: Float) -> Float { old.map { $0 * 0.95 + new * 0.05 } ?? new }
    let loss = mean(total, step.total)
    total = loss
    for part in step.losses { parts[part.name] = mean(parts[part.name], part.value) }
    guard isTerminal else { return }
    let filled = step.number * 10 / max(1, recipe.steps)
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 10 - filled)
    let left = seconds / Double(max(1, made)) * Double(recipe.steps - step.number)
    var line =
      "[\(bar)] \(step.number)/\(recipe.steps) \(clock(left)) left, loss \(short(loss, 1000))"
    for (name, value) in largestFirst where parts.count > 1 {
      let next = " \(name) \(short(value, 100))"
      // A line that wraps would not be rewritten but pile up.
      if line.count + next.count < width { line += next } else { break }
    }
    put("\r\u{1B}[K" + line.prefix(width - 1))
  }

  private var largestFirst: [(name: String, value: Float)] {
    parts.map { (name: $0.hasPrefix("loss_") ? String($0.dropFirst(5)) : $0, value: $1) }
      .sorted { ($1.value, $0.name) < ($0.value, $1.name) }
  }

  private var width: Int {
    var size = winsize()
    let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
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
        + (total.map { ", loss \(short($0, 1000))" } ?? "") + "\n")
  }

  private func words(_ measurement: TrainingMeasurement) -> String {
    switch measurement {
    case .detection(let bbox, let segm):
      let sizes = [("small", CocoScore.AreaRange.small), ("medium", .medium), ("large", .large)]
        .map { "\($0.0) \(percent(bbox.averagePrecision(area: $0.1)))" }.joined(separator: ", ")
      return "box AP \(percent(bbox.averagePrecision())) (\(sizes)), "
        + "mask AP \(percent(segm.averagePrecision()))"
    case .reconstruction(let error):
      return "error of hidden pixels \(short(Float(error), 1000))"
    case .classification(let accuracies):
      let classes = zip(recipe.model.classNames, accuracies)
        .map { "\($0.printable) \(percent($1))" }
      let mean = accuracies.reduce(0, +) / Double(max(1, accuracies.count))
      return "right in \(percent(mean)) % (\(classes.joined(separator: ", ")))"
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

  private func short(_ value: Float, _ parts: Float) -> String {
    "\((value * parts).rounded() / parts)"
  }

  private func put(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
