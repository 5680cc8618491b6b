import Glibc

/// One line on standard error that counts; without a terminal only its last state is written.
struct ProgressLine {
  let total: Int
  let noun: String
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var shownPercent = -1

  init(total: Int, noun: String) {
    self.total = total
    self.noun = noun
  }

  /// Shows how many are done, if the percentage changed.
  mutating func update(_ done: Int) {
    let percent = done * 100 / max(1, total)
    guard isTerminal && percent != shownPercent else { return }
    shownPercent = percent
    let filled = percent / 5
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 20 - filled)
    put("\r[\(bar)] \(done)/\(total) \(noun)")
  }

  /// Ends the line.
  func finish(_ note: String) {
    put((isTerminal ? "\r\u{1B}[K" : "") + "\(total) \(noun) \(note)\n")
  }

  private func put(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }
}
