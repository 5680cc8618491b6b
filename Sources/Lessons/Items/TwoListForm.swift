/// How a question is written whose answers are two lists: numbered rows, and below them what somebody could do wrong with them.
struct TwoListForm {
  /// The sentence for who wrote something else.
  let shape: String
  /// What to write instead.
  let example: String
  /// What the numbered list is, such as `an order`.
  let name: String
  /// What its rows are called.
  let rows: String
  /// How many of them fit a small screen beside the question, and make one.
  let counts: ClosedRange<Int>

  /// The parts of such a question.
  struct Parts {
    let prompt: [MarkdownNode]
    let numbered: MarkdownNode
    let bulleted: MarkdownNode
  }

  /// Takes a question's text apart, and reports what is wrong with its form; nil if one of the lists is missing.
  func parts(
    of nodes: [MarkdownNode], _ directive: Directive, _ parser: inout ProseParser
  ) -> Parts? {
    guard nodes.count > 2, case .list(ordered: true) = nodes[nodes.count - 2].kind,
      case .list(ordered: false) = nodes[nodes.count - 1].kind
    else {
      parser.report(directive.line, 1, shape, example)
      return nil
    }
    let parts = Parts(
      prompt: Array(nodes.dropLast(2)), numbered: nodes[nodes.count - 2],
      bulleted: nodes[nodes.count - 1])
    let count = parts.numbered.children.count
    if !counts.contains(count) {
      parser.report(
        parts.numbered.line, 1, "\(name) of \(count) \(rows) is no question",
        "write \(counts.lowerBound) to \(counts.upperBound) \(rows)")
    }
    return parts
  }
}
