extension Markup {
  /// A lesson's prose as elements.
  ///
  /// - Parameters:
  ///   - prose: The prose, its numbers filled in.
  ///   - level: The level of the heading that it stands below; its own headings come after that.
  mutating func prose(_ prose: Prose, below level: Int) {
    for block in prose {
      switch block {
      case .heading(_, let words): element("h\(min(level + 1, 6))") { $0.inlines(words) }
      case .paragraph(let words): element("p") { $0.inlines(words) }
      case .code(let text): element("pre", ["tabindex": "0"]) { $0.element("code", text: text) }
      case .quote(let inner): element("blockquote") { $0.prose(inner, below: level) }
      case .list(let isOrdered, let items):
        element(isOrdered ? "ol" : "ul") { list in
          for item in items {
            list.element("li") { entry in
              if item.count == 1, case .paragraph(let words)? = item.first {
                entry.inlines(words)
              } else {
                entry.prose(item, below: level)
              }
            }
          }
        }
      }
    }
  }

  /// A line of prose.
  mutating func inlines(_ inlines: [Inline]) {
    for inline in inlines.merged {
      switch inline {
      case .text(let text, let emphasis): run(text, emphasis)
      case .expression(_, let emphasis): run("…", emphasis)
      case .lineBreak: empty("br")
      }
    }
  }

  private mutating func run(_ text: String, _ emphasis: Inline.Emphasis) {
    let looks: [(Inline.Emphasis, String)] = [
      (.strong, "strong"), (.emphasis, "em"), (.code, "code"),
    ]
    let names = looks.filter { emphasis.contains($0.0) }.map(\.1)
    var run = Markup()
    run.words(text)
    raw(
      names.map { "<\($0)>" }.joined() + run.text + names.reversed().map { "</\($0)>" }.joined())
  }
}
