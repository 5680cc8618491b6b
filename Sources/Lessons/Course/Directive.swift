/// A fenced `{name} argument` block: option lines, then Markdown.
struct Directive: Sendable {
  /// An `:name: value` line.
  struct Setting: Sendable, Hashable {
    var value: String
    var line: Int
    /// The column of the value.
    var column: Int
  }

  /// What stands between the braces.
  enum Name: String, Sendable, CaseIterable {
    case step, figure, predict, quiz, explain, hint, observe, note, source

    /// The options that the directive has.
    var settings: Set<String> {
      switch self {
      case .step: ["id", "seconds"]
      case .figure: ["id", "knobs", "focus"]
      case .predict, .quiz:
        [
          "id", "kind", "reveal", "reveal-knobs", "reveal-focus", "figure", "knobs", "focus",
          "tolerance", "unit",
        ]
      case .explain, .hint: ["for"]
      case .observe: ["id", "until"]
      case .note, .source: []
      }
    }

    /// The options without which the directive has no meaning.
    var required: [String] {
      switch self {
      case .step, .figure: ["id"]
      case .predict, .quiz: ["id", "kind"]
      case .explain, .hint: ["for"]
      case .observe: ["id", "until"]
      case .note, .source: []
      }
    }

    /// What stands after the braces, if the directive takes something there.
    var argument: String? {
      switch self {
      case .step: "a title"
      case .figure: "a figure's name"
      case .source: "a declaration's name"
      default: nil
      }
    }
  }

  var name: Name
  var argument: String
  var settings: [String: Setting] = [:]
  /// The lines of the Markdown part, as indices into the file's lines.
  var body: Range<Int>
  var line: Int
}

extension ProseParser {
  /// Reads a fenced block as a directive, and reports what is wrong with it.
  mutating func directive(_ node: MarkdownNode, info: String) -> Directive? {
    let known = Directive.Name.allCases.map(\.rawValue).joined(separator: " ")
    guard let close = info.firstIndex(of: "}") else {
      report(node.line, 1, "the directive's name is not closed", "write {name}")
      return nil
    }
    let written = String(info[info.index(after: info.startIndex)..<close])
    guard let name = Directive.Name(rawValue: written) else {
      report(node.line, 4, "there is no directive {\(written)}", "the directives are: \(known)")
      return nil
    }
    if node.byte != 1 || !marked.lines[node.line - 1].hasPrefix("```") {
      report(node.line, 1, "a directive's fence starts in column 1 with ```", "move it there")
      return nil
    }
    guard isClosed(node) else {
      report(node.line, 1, "the directive {\(written)} is not closed", "end it with ``` on a line")
      return nil
    }
    let argument = info[info.index(after: close)...].drop(while: { $0 == " " })
    if argument.unicodeScalars.contains(where: { marked.mark($0) != nil }) {
      report(node.line, 1, "an expression cannot stand here", "put it into the text below")
    }
    switch (name.argument, argument.isEmpty) {
    case (let what?, true):
      report(node.line, 4, "{\(written)} needs \(what)", "write it after the brace")
    case (nil, false):
      report(node.line, 4, "{\(written)} takes nothing after the brace", "move it below the fence")
    default: break
    }
    var result = Directive(
      name: name, argument: String(argument), body: node.line..<(node.endLine - 1), line: node.line)
    readSettings(of: &result)
    for required in name.required where result.settings[required] == nil {
      report(node.line, 1, "{\(written)} has no :\(required):", "add a line :\(required): …")
    }
    return result
  }

  private mutating func readSettings(of directive: inout Directive) {
    while let index = directive.body.first {
      let line = marked.lines[index]
      guard line.hasPrefix(":"), let end = line.dropFirst().firstIndex(of: ":") else { return }
      let name = String(line[line.index(after: line.startIndex)..<end])
      guard !name.isEmpty, name.allSatisfy({ $0.isNameStart || $0 == "-" }) else { return }
      directive.body = (index + 1)..<directive.body.upperBound
      let rest = line[line.index(after: end)...]
      let value = rest.drop(while: { $0 == " " })
      let column = line[..<value.startIndex].count + 1
      if rest.unicodeScalars.contains(where: { marked.mark($0) != nil }) {
        report(index + 1, column, "an option takes no braces", "write the expression as it is")
        continue
      }
      if !directive.name.settings.contains(name) {
        let near = closest(to: name, in: directive.name.settings)
        let all = directive.name.settings.sorted().map { ":\($0):" }.joined(separator: " ")
        report(
          index + 1, 1, "{\(directive.name.rawValue)} has no option :\(name):",
          near.map { "did you mean :\($0):?" } ?? (all.isEmpty ? "it has none" : "it has \(all)"))
        continue
      }
      if directive.settings[name] != nil {
        report(index + 1, 1, "the option :\(name): stands here twice", "keep one")
      }
      if value.isEmpty { report(index + 1, 1, "the option :\(name): is empty", "give it a value") }
      directive.settings[name] = Directive.Setting(
        value: String(value), line: index + 1, column: column)
    }
  }
}
