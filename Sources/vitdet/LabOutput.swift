import Glibc
import Synchronization
import ViTDetMini

/// What the lab shows and writes while it runs: a line on standard error that is rewritten, one that stays for each run, and the
/// results so far.
final class LabOutput: Sendable {
  /// The JSON file.
  let path: String
  private let isTerminal = isatty(STDERR_FILENO) == 1
  /// The percentage that is shown, and whether it was told that results cannot be written.
  private let state = Mutex((percent: -1, isRefused: false))

  init(path: String) {
    self.path = path
  }

  /// Shows what happens; results are written as they come, so that a kill leaves them.
  func show(_ event: Lab.Event) {
    switch event {
    case .notice(let text): say(text)
    case .progress(let progress): show(progress)
    case .finished(let run, let results):
      say(
        "\(run.variant.key), seed \(run.seed): box AP \(points(run[.box])), "
          + "mask AP \(points(run[.mask]))")
      do {
        try write(results)
      } catch {
        // Told once; the runs are kept, and the end tries again.
        if state.withLock({ swap(&$0.isRefused, with: true) }) == false { say("\(error)") }
      }
    }
  }

  /// Writes the JSON file and the Markdown beside it.
  func write(_ results: LabResults) throws {
    try results.write(to: path)
    let text = (path.hasSuffix(".json") ? String(path.dropLast(5)) : path) + ".md"
    try results.writeMarkdown(to: text)
  }

  private func show(_ progress: LabProgress) {
    guard isTerminal else { return }
    let percent = progress.stepsDone * 100 / max(1, progress.steps)
    guard state.withLock({ swap(&$0.percent, with: percent) }) != percent else { return }
    let filled = percent / 5
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 20 - filled)
    put(
      "\r\u{1B}[K[\(bar)] \(progress.runsDone)/\(progress.runs) runs"
        + (progress.secondsLeft.map { ", \(minutes($0)) left" } ?? ""))
  }

  /// Writes a line that stays.
  func say(_ text: String) { put((isTerminal ? "\r\u{1B}[K" : "") + text + "\n") }

  private func swap<Value>(_ value: inout Value, with new: Value) -> Value {
    defer { value = new }
    return value
  }

  private func points(_ value: Double?) -> String {
    value.map { "\(($0 * 10).rounded() / 10)" } ?? "-"
  }

  private func minutes(_ seconds: Double) -> String {
    let whole = Int(min(seconds, 1e7) / 60 + 0.5)
    return whole >= 60 ? "\(whole / 60) h \(whole % 60) min" : "\(whole) min"
  }

  private func put(_ text: String) {
    let bytes = Array(text.utf8)
    _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
  }
}
