// Usage: screens [CHAPTER…] draws every step of all chapters, or of those named, without a terminal, and tells what that took.
import Lessons
import TUI
import Timing

let wanted = CommandLine.arguments.dropFirst()
let (usual, large) = (Size(columns: 80, rows: 24), Size(columns: 200, rows: 60))

/// Draws a chapter's steps for the first time, with all that their figures and numbers take, and then again.
func draw(_ chapter: String, language: Language) throws {
  // A stage of its own, since nothing is computed twice on one.
  let stage = try Stage()
  let found = try stage.chapter(chapter, language)
  var first: [Double] = []
  var again: [Double] = []
  for (size, isFirst) in [(usual, true), (large, false)] {
    var rehearsal = stage.rehearsal(
      language: language, size: size, glyphs: .unicode, depth: .indexed256)
    for step in found.steps {
      if isFirst {
        first.append(
          seconds {
            guard rehearsal.go(to: found.id, step: step.id) else { return }
            _ = rehearsal.canvas
          })
      } else if rehearsal.go(to: found.id, step: step.id) {
        again.append(Timing(seconds: 0.02) { _ = rehearsal.canvas }.walls.middle)
      }
    }
  }
  print(
    "screen \(chapter) (\(language)), \(found.steps.count) steps: first \(first.row), all \(milliseconds(first.reduce(0, +))); "
      + "again at \(large.columns)x\(large.rows) \(again.row)")
}

func seconds(_ body: () -> Void) -> Double {
  ContinuousClock().measure(body) / .seconds(1)
}

func milliseconds(_ seconds: Double) -> String {
  "\((seconds * 100_000).rounded() / 100) ms"
}

extension [Double] {
  /// The middle one.
  var middle: Double { isEmpty ? 0 : sorted()[count / 2] }

  /// The middle one and the largest.
  var row: String { "median \(milliseconds(middle)), worst \(milliseconds(self.max() ?? 0))" }
}

let names = try Stage().course.entries.map(\.id)
for name in names where wanted.isEmpty || wanted.contains(name) {
  for language in [Language.en, .zh] { try draw(name, language: language) }
}
