/// Turns Markdown into the prose of a lesson, and says which parts of Markdown a lesson does without.
struct ProseParser {
  let marked: MarkedText
  var errors: [LessonError] = []

  init(_ marked: MarkedText) { self.marked = marked }

  mutating func report(_ line: Int, _ column: Int, _ message: String, _ suggestion: String? = nil) {
    errors.append(marked.text.error(line, column, message, suggestion))
  }

  private mutating func refuse(_ node: MarkdownNode, _ message: String, _ suggestion: String) {
    report(node.line, marked.column(line: node.line, byte: node.byte), message, suggestion)
  }

  /// The blocks of a part of the file, as Markdown.
  mutating func markdown(_ lines: Range<Int>) -> [MarkdownNode] {
    do {
      return try MarkdownTree.blocks(marked.lines[lines], firstLine: lines.lowerBound + 1)
    } catch {
      report(
        error.line, 1, "lists, quotations or emphasis are nested too deeply", "flatten them")
      return []
    }
  }

  /// The blocks of a part of the file, as prose.
  mutating func prose(_ lines: Range<Int>) -> Prose { prose(markdown(lines)) }

  mutating func prose(_ nodes: [MarkdownNode]) -> Prose { nodes.compactMap { block($0) } }

  private mutating func block(_ node: MarkdownNode) -> ProseBlock? {
    switch node.kind {
    case .paragraph:
      refuseTable(node)
      return .paragraph(inlines(node.children, at: node))
    case .heading(let level):
      if !lineText(node).drop(while: { $0 == " " }).hasPrefix("#") {
        refuse(node, "this heading is made by the line below it", "write ## before it")
      }
      if level == 1 {
        refuse(node, "a chapter has one # title, at its top", "write ## for a heading inside it")
      }
      return .heading(level: level, inlines(node.children, at: node))
    case .list(let ordered):
      return .list(ordered: ordered, items: node.children.map { prose($0.children) })
    case .quote:
      return .quote(prose(node.children))
    case .code(let info, let fenced):
      if info.hasPrefix("{") {
        refuse(node, "a directive stands inside another block", "start its fence in column 1")
      }
      if !fenced {
        refuse(node, "four blanks make this line code", "indent it less, or use a fence")
        return nil
      }
      if !isClosed(node) { refuse(node, "this fence is not closed", "end it with ```") }
      return .code(marked.restored(node.literal))
    case .thematicBreak:
      refuse(node, "a rule means nothing here", "remove it, or begin a new {step}")
      return nil
    default:
      refuse(node, "HTML is not part of a lesson", "write Markdown, or `<` inside a code span")
      return nil
    }
  }

  private func lineText(_ node: MarkdownNode) -> String {
    marked.lines.indices.contains(node.line - 1) ? marked.lines[node.line - 1] : ""
  }

  /// True if a fenced block ends with its closing fence, not with the end of the text.
  func isClosed(_ node: MarkdownNode) -> Bool {
    guard node.endLine > node.line, marked.lines.indices.contains(node.endLine - 1) else {
      return false
    }
    let last = marked.lines[node.endLine - 1].drop(while: { $0 == " " || $0 == ">" })
    return last.hasPrefix("```") || last.hasPrefix("~~~")
  }

  private mutating func refuseTable(_ node: MarkdownNode) {
    guard node.endLine > node.line, marked.lines.indices.contains(node.line) else { return }
    let second = marked.lines[node.line]
    if second.contains("|"), second.allSatisfy({ "|-: ".contains($0) }) {
      refuse(node, "prose has no tables", "use a figure, or a list")
    }
  }

  /// The words of a paragraph, line ends resolved.
  mutating func inlines(_ nodes: [MarkdownNode], at block: MarkdownNode) -> [Inline] {
    InlineJoiner.joined(pieces(nodes, [], at: block))
  }

  /// The words of a paragraph, each line's end kept as `.softBreak`.
  mutating func pieces(
    _ nodes: [MarkdownNode], _ emphasis: Inline.Emphasis, at block: MarkdownNode
  ) -> [InlinePiece] {
    var result: [InlinePiece] = []
    for node in nodes {
      switch node.kind {
      case .text:
        // Looking for a byte is much faster than for a string, and few texts have one.
        if node.literal.utf8.contains(UInt8(ascii: "*")), node.literal.contains("**") {
          refuse(
            block, "** stands in the text instead of making it strong",
            "put blanks or letters, not punctuation, at the outer side of **")
        }
        result += split(node.literal, emphasis)
      case .codeSpan: result += split(node.literal, emphasis.union(.code))
      case .softBreak: result.append(.softBreak)
      case .lineBreak: result.append(.inline(.lineBreak))
      case .emphasis: result += pieces(node.children, emphasis.union(.emphasis), at: block)
      case .strong: result += pieces(node.children, emphasis.union(.strong), at: block)
      case .link(let url):
        result += pieces(node.children, emphasis, at: block)
        result.append(.inline(.text(" (\(marked.restored(url)))", emphasis)))
      case .html: refuse(block, "HTML is not part of a lesson", "write `<` inside a code span")
      default: refuse(block, "pictures and notes are not part of prose", "use a {figure}")
      }
    }
    return result
  }

  /// Cuts a run of text at its expressions.
  private mutating func split(_ literal: String, _ emphasis: Inline.Emphasis) -> [InlinePiece] {
    var result: [InlinePiece] = []
    var text = ""
    func flush() {
      if !text.isEmpty { result.append(.inline(.text(text, emphasis))) }
      text = ""
    }
    for scalar in literal.unicodeScalars {
      guard let mark = marked.mark(scalar) else {
        text.unicodeScalars.append(scalar)
        continue
      }
      flush()
      if let expression = expression(mark.inside, line: mark.line, column: mark.column + 2) {
        result.append(.inline(.expression(expression, emphasis)))
      }
    }
    flush()
    return result
  }

  /// Parses an expression whose first character stands at a place in the file.
  mutating func expression(_ source: String, line: Int, column: Int) -> Expression? {
    do {
      return try Expression(parsing: source, line: line, column: column)
    } catch {
      let leading = source.prefix(while: { $0 == " " }).count
      report(line, column + leading + error.column - 1, error.message, error.suggestion)
      return nil
    }
  }
}

/// A run of a paragraph before its line ends are resolved.
enum InlinePiece: Sendable, Hashable {
  case inline(Inline)
  case softBreak
}

/// Decides what a line end inside a paragraph means.
enum InlineJoiner {
  /// A line end is a blank, except beside Chinese text, which has no blanks between its characters.
  static func joined(_ pieces: [InlinePiece]) -> [Inline] {
    var result: [Inline] = []
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .inline(.text(let text, let emphasis)):
        if case .text(let before, emphasis)? = result.last {
          result[result.count - 1] = .text(before + text, emphasis)
        } else {
          result.append(.text(text, emphasis))
        }
      case .inline(let inline): result.append(inline)
      case .softBreak:
        guard index > 0, index + 1 < pieces.count else { continue }
        let before = lastCharacter(pieces[index - 1])
        let after = firstCharacter(pieces[index + 1])
        if isIdeographic(before) && isIdeographic(after) || isWidePunctuation(before)
          || isWidePunctuation(after)
        {
          continue
        }
        if case .text(let text, let emphasis)? = result.last {
          result[result.count - 1] = .text(text + " ", emphasis)
        } else {
          result.append(.text(" ", []))
        }
      }
    }
    return result
  }

  private static func lastCharacter(_ piece: InlinePiece) -> Character? {
    if case .inline(.text(let text, _)) = piece { text.last } else { nil }
  }

  private static func firstCharacter(_ piece: InlinePiece) -> Character? {
    if case .inline(.text(let text, _)) = piece { text.first } else { nil }
  }

  private static func isIdeographic(_ character: Character?) -> Bool {
    guard let value = character?.unicodeScalars.first?.value else { return false }
    return (0x2E80...0x9FFF).contains(value) || (0xF900...0xFAFF).contains(value)
      || (0xFF00...0xFFEF).contains(value) || (0x20000...0x3FFFF).contains(value)
  }

  private static func isWidePunctuation(_ character: Character?) -> Bool {
    character.map { "，。、；：！？）」》（「《】【".contains($0) } ?? false
  }
}
