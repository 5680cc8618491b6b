import TUI

/// How long a stretch of prose is on a screen, before its numbers are known.
enum ProseMeasure {
  /// The lines of text at a width; a number counts as five characters.
  static func lines(of prose: Prose, columns: Int) -> Int {
    var count = 0
    for block in prose {
      switch block {
      case .heading(_, let inlines), .paragraph(let inlines):
        count += wrap(words(inlines), columns: columns).count
      case .code(let text): count += text.split(separator: "\n").count
      case .quote(let inner): count += lines(of: inner, columns: columns - 2)
      case .list(_, let items):
        count += items.reduce(0) { $0 + lines(of: $1, columns: columns - 2) }
      }
    }
    return count
  }

  private static func words(_ inlines: [Inline]) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text, _): text
      case .expression: "00000"
      case .lineBreak: "\n"
      }
    }.joined()
  }
}
