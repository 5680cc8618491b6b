import TUI

/// Lays out a lesson's prose as lines of styled runs.
struct ProseLines {
  /// The width to wrap at.
  let columns: Int
  /// The look of drawing characters.
  let glyphs: Glyphs
  /// What stands in for a number that is still being computed.
  var pending = "…"

  /// The lines of a stretch of prose, with an empty line between its blocks.
  func lines(_ prose: Prose) -> [[Run]] {
    var all: [[Run]] = []
    for block in prose {
      if !all.isEmpty { all.append([]) }
      all += lines(block)
    }
    return all
  }

  private func lines(_ block: ProseBlock) -> [[Run]] {
    switch block {
    case .heading(_, let inlines):
      return wrapped(runs(inlines, base: .heading), columns)
    case .paragraph(let inlines):
      return wrapped(runs(inlines, base: .text), columns)
    case .code(let text):
      return text.split(separator: "\n", omittingEmptySubsequences: false).map {
        [Run(String($0), .code)]
      }
    case .quote(let inner):
      return indented(inner, first: "\(glyphs.vertical) ", rest: "\(glyphs.vertical) ")
    case .list(let isOrdered, let items):
      return items.enumerated().flatMap { index, item in
        let mark = isOrdered ? "\(index + 1). " : "\(glyphs.bullet) "
        return indented(
          item, first: mark, rest: String(repeating: " ", count: TextWidth.columns(of: mark)))
      }
    }
  }

  /// Prose set in behind a mark.
  func indented(_ prose: Prose, first: String, rest: String) -> [[Run]] {
    let inner = ProseLines(
      columns: max(columns - TextWidth.columns(of: first), 1), glyphs: glyphs, pending: pending)
    return inner.lines(prose).enumerated().map { index, line in
      [Run(index == 0 ? first : rest, .accent)] + line
    }
  }

  /// Wrapped runs of a paragraph.
  func wrapped(_ runs: [Run], _ columns: Int) -> [[Run]] {
    wrap(runs.map { Run(glyphs.adapt($0.text), style: $0.style) }, columns: columns)
  }

  /// Inlines as styled runs.
  func runs(_ inlines: [Inline], base: Role) -> [Run] {
    inlines.map { inline in
      switch inline {
      case .text(let text, let emphasis): Run(text, role(emphasis, base: base))
      case .expression(_, let emphasis): Run(pending, role(emphasis, base: base))
      case .lineBreak: Run("\n", base)
      }
    }
  }

  private func role(_ emphasis: Inline.Emphasis, base: Role) -> Role {
    if emphasis.contains(.code) { return .code }
    if emphasis.contains(.strong) { return .strong }
    if emphasis.contains(.emphasis) { return .emphasis }
    return base
  }
}
