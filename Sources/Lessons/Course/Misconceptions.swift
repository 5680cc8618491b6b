/// A wrong rule that learners are known to follow, with the words against it.
public struct Misconception: Sendable, Hashable {
  /// The name that an option's `@tag` gives.
  public var name: String
  /// The rule as a learner would say it.
  public var rule: Prose
  /// How the number that the rule leads to is computed.
  public var computed: Prose
  /// Why the model does not follow it.
  public var refutation: Prose
  /// The line of its heading.
  public var line: Int
}

/// Reads `misconceptions.en.md` and `misconceptions.zh.md`.
///
/// A heading `## name` begins each, and three paragraphs follow in this order, each marked by its first word:
/// `Rule:`, `Computed:`, `Refutation:` (in Chinese `规则：`, `算法：`, `反驳：`). More paragraphs may
/// follow the refutation and belong to it. What stands before the first heading of level 2 is for authors.
public enum MisconceptionsParser {
  static let labels: [(en: String, zh: String)] = [
    ("Rule:", "规则："), ("Computed:", "算法："), ("Refutation:", "反驳："),
  ]

  /// The misconceptions in a file's text, or the first thing that is wrong with it.
  public static func parse(
    _ text: String, file: String
  ) throws(LessonError) -> [Misconception] {
    do {
      return try parse(LessonText(bytes: Array(text.utf8), file: file))
    } catch {
      throw error.first
    }
  }

  static func parse(_ text: LessonText) throws(LessonErrors) -> [Misconception] {
    var errors: [LessonError] = []
    var parser = ProseParser(MarkedText(text, skipping: 0, errors: &errors))
    parser.errors = errors
    let nodes = parser.markdown(0..<text.lines.count)
    let starts = nodes.indices.filter { nodes[$0].kind == .heading(level: 2) }
    var result: [Misconception] = []
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1] : nodes.count
      if let one = misconception(nodes[start..<end], &parser) {
        if let twin = result.first(where: { $0.name == one.name }) {
          parser.report(
            one.line, 4, "'\(one.name)' stands in line \(twin.line) already", "keep one")
        }
        result.append(one)
      }
    }
    guard parser.errors.isEmpty else { throw LessonErrors(parser.errors) }
    return result
  }

  private static func misconception(
    _ nodes: ArraySlice<MarkdownNode>, _ parser: inout ProseParser
  ) -> Misconception? {
    guard let heading = nodes.first else { return nil }
    let name = heading.children.map(\.literal).joined()
    if !parser.isName(name) {
      parser.report(heading.line, 4, "'\(name)' is no name", "use a-z, 0-9 and hyphens")
      return nil
    }
    var parts: [Prose] = []
    for node in nodes.dropFirst() {
      let blocks = parser.prose([node])
      if parts.count < labels.count, let unlabelled = withoutLabel(labels[parts.count], blocks) {
        parts.append(unlabelled)
      } else if parts.count == labels.count {
        parts[parts.count - 1] += blocks
      } else {
        let label = labels[parts.count]
        parser.report(
          node.line, 1, "this paragraph of '\(name)' is not marked",
          "begin it with \(label.en) or \(label.zh)")
        return nil
      }
    }
    guard parts.count == labels.count else {
      let label = labels[parts.count]
      parser.report(
        heading.line, 1, "'\(name)' is not complete",
        "add a paragraph that begins with \(label.en) or \(label.zh)")
      return nil
    }
    return Misconception(
      name: name, rule: parts[0], computed: parts[1], refutation: parts[2], line: heading.line)
  }

  /// The blocks without their first word, if that is the label.
  private static func withoutLabel(_ label: (en: String, zh: String), _ blocks: Prose) -> Prose? {
    guard case .paragraph(var inlines)? = blocks.first, case .text(let text, [])? = inlines.first
    else { return nil }
    for word in [label.en, label.zh] where text.hasPrefix(word) {
      let rest = String(text.dropFirst(word.count).drop(while: { $0 == " " }))
      if rest.isEmpty { inlines.removeFirst() } else { inlines[0] = .text(rest, []) }
      return inlines.isEmpty ? nil : [.paragraph(inlines)] + blocks.dropFirst()
    }
    return nil
  }
}
