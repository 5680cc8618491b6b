import CMarkdown

/// A node of a Markdown document as a Swift value, with the place it came from.
struct MarkdownNode: Sendable {
  /// The kinds that lessons can tell apart; the rest keep cmark's name in `other`.
  enum Kind: Sendable, Hashable {
    case document, paragraph, quote, item, thematicBreak, html
    case heading(level: Int)
    case list(ordered: Bool)
    case code(info: String, fenced: Bool)
    case text, softBreak, lineBreak, codeSpan, emphasis, strong
    case link(url: String)
    case other(String)
  }

  var kind: Kind
  var literal: String
  /// Counted from 1 in the file, not in the parsed part.
  var line: Int
  var endLine: Int
  /// In bytes of the parsed line, counted from 1.
  var byte: Int
  var children: [MarkdownNode]
}

/// The Markdown parser, cmark-gfm, over a part of a file.
enum MarkdownTree {
  /// Blocks and emphasis inside each other; the conversion to Swift values recurses as deep.
  static let maximumDepth = 24

  struct TooDeep: Error {
    var line: Int
    var byte: Int
  }

  /// The top-level blocks of `lines`, the first of which is line `firstLine` of its file.
  static func blocks(_ lines: some Sequence<String>, firstLine: Int) throws(TooDeep)
    -> [MarkdownNode]
  {
    let text = lines.joined(separator: "\n")
    let options = CMARK_OPT_SOURCEPOS | CMARK_OPT_VALIDATE_UTF8
    guard let root = cmark_parse_document(text, text.utf8.count, options) else { return [] }
    defer { cmark_node_free(root) }
    cmark_consolidate_text_nodes(root)
    return try children(of: root, firstLine: firstLine, depth: 0)
  }

  private static func children(
    of node: OpaquePointer, firstLine: Int, depth: Int
  ) throws(TooDeep) -> [MarkdownNode] {
    var result: [MarkdownNode] = []
    var next = cmark_node_first_child(node)
    while let child = next {
      let line = Int(cmark_node_get_start_line(child)) + firstLine - 1
      let byte = Int(cmark_node_get_start_column(child))
      guard depth < maximumDepth else { throw TooDeep(line: line, byte: byte) }
      result.append(
        MarkdownNode(
          kind: kind(of: child), literal: string(cmark_node_get_literal(child)), line: line,
          endLine: Int(cmark_node_get_end_line(child)) + firstLine - 1, byte: byte,
          children: try children(of: child, firstLine: firstLine, depth: depth + 1)))
      next = cmark_node_next(child)
    }
    return result
  }

  private static func kind(of node: OpaquePointer) -> MarkdownNode.Kind {
    switch string(cmark_node_get_type_string(node)) {
    case "document": return .document
    case "paragraph": return .paragraph
    case "block_quote": return .quote
    case "item": return .item
    case "thematic_break": return .thematicBreak
    case "html_block", "html_inline": return .html
    case "heading": return .heading(level: Int(cmark_node_get_heading_level(node)))
    case "list": return .list(ordered: cmark_node_get_list_type(node) == CMARK_ORDERED_LIST)
    case "code_block":
      var length: Int32 = 0
      var offset: Int32 = 0
      var character: CChar = 0
      let fenced = cmark_node_get_fenced(node, &length, &offset, &character) != 0
      return .code(info: string(cmark_node_get_fence_info(node)), fenced: fenced)
    case "text": return .text
    case "softbreak": return .softBreak
    case "linebreak": return .lineBreak
    case "code": return .codeSpan
    case "emph": return .emphasis
    case "strong": return .strong
    case "link": return .link(url: string(cmark_node_get_url(node)))
    case let name: return .other(name)
    }
  }

  private static func string(_ pointer: UnsafePointer<CChar>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }
}
