import Foundation
import TUI
import Testing

/// Compares screens with the file of that name in `Screens/`.
///
/// A missing file, or `RECORD_SCREENS=1`, writes what is shown now, and the test fails, so that a run which records
/// can never look like one that compared.
func expectScreens(
  _ screens: [(title: String, canvas: Canvas)], named name: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let shown = screens.map { "=== \($0.title)\n\($0.canvas.text)\n" }.joined()
  let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Screens/\(name).txt")
  let isRecording = ProcessInfo.processInfo.environment["RECORD_SCREENS"] == "1"
  guard !isRecording, let expected = try? String(contentsOf: file, encoding: .utf8) else {
    do {
      try shown.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name); look at it, then run again", sourceLocation: sourceLocation)
    } catch {
      Issue.record("cannot record \(name): \(error)", sourceLocation: sourceLocation)
    }
    return
  }
  guard shown != expected else { return }
  let (now, before) = (
    shown.split(separator: "\n", omittingEmptySubsequences: false),
    expected.split(separator: "\n", omittingEmptySubsequences: false)
  )
  let line =
    zip(now, before).enumerated().first { $1.0 != $1.1 }?.offset ?? min(now.count, before.count)
  let screen = now.prefix(line + 1).last { $0.hasPrefix("===") } ?? ""
  Issue.record(
    """
    \(name) differs in line \(line + 1), \(screen):
      was «\(line < before.count ? before[line] : "")»
      is  «\(line < now.count ? now[line] : "")»
    RECORD_SCREENS=1 records it anew.
    """, sourceLocation: sourceLocation)
}
