/// Words as CommonMark that any viewer shows as they are meant.
enum MarkdownText {
  /// Blocks, each ending in a line end, with an empty line between two.
  static func blocks(_ prose: Prose, below level: Int) -> String {
    prose.map { block($0, below: level) }.joined(separator: "\n")
  }

  private static func block(_ block: ProseBlock, below level: Int) -> String {
    switch block {
    case .heading(_, let words):
      String(repeating: "#", count: min(level + 1, 6)) + " \(line(words))\n"
    case .paragraph(let words): line(words) + "\n"
    case .code(let text): code(text)
    case .quote(let inner): indented(blocks(inner, below: level), first: "> ", rest: "> ")
    case .list(let isOrdered, let items):
      items.enumerated().map { place, item in
        let mark = isOrdered ? "\(place + 1). " : "- "
        let rest = String(repeating: " ", count: mark.count)
        return indented(blocks(item, below: level), first: mark, rest: rest)
      }.joined()
    }
  }

  /// Text as it stands, in a fence longer than any that it has.
  static func code(_ text: String, _ kind: String = "") -> String {
    var longest = 0
    var run = 0
    for character in text {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\(kind)\n\(text.hasSuffix("\n") ? text : text + "\n")\(fence)\n"
  }

  private static func indented(_ text: String, first: String, rest: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().enumerated().map {
      place, line in
      let lead = place == 0 ? first : rest
      return line.isEmpty ? "\(lead.trimmed)\n" : "\(lead)\(line)\n"
    }.joined()
  }

  /// A line of prose.
  static func line(_ inlines: [Inline]) -> String {
    inlines.merged.map { inline in
      switch inline {
      case .text(let text, let emphasis): run(text, emphasis)
      case .expression(_, let emphasis): run("…", emphasis)
      case .lineBreak: "\\\n"
      }
    }.joined()
  }

  private static func run(_ text: String, _ emphasis: Inline.Emphasis) -> String {
    var words = emphasis.contains(.code) ? span(text) : escaped(text)
    if emphasis.contains(.emphasis) { words = "*\(words)*" }
    if emphasis.contains(.strong) { words = "**\(words)**" }
    return words
  }

  private static func span(_ text: String) -> String {
    let fence = text.contains("`") ? "``" : "`"
    let pad = text.hasPrefix("`") || text.hasSuffix("`") ? " " : ""
    return fence + pad + text.replacing("\n", with: " ") + pad + fence
  }

  /// Text without a character that CommonMark or HTML would act on, and on one line.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if character.isNewline {
        result += " "
        continue
      }
      // Some make a heading or a list, but only in front of everything.
      let isMark =
        "\\`*_{}[]<>!|&~$".contains(character) || (result.isEmpty && "#+-".contains(character))
        || (".)".contains(character) && !result.isEmpty && result.allSatisfy(\.isNumber))
      if isMark { result += "\\" }
      result.append(character)
    }
    return result
  }

  /// A table; a bar inside a cell is escaped like everything else.
  static func table(_ columns: [String], _ rows: [[String]]) -> String {
    func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |\n" }
    let width = columns.count
    return row(columns.map(escaped)) + row(columns.map { _ in "---" })
      + rows.map { cells in
        row((0..<width).map { $0 < cells.count ? escaped(cells[$0]) : "" })
      }.joined()
  }
}

extension String {
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
