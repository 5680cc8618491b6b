extension ProseParser {
  /// A `{predict}` or `{quiz}`: a prompt, then a bullet list with one foreseen answer each.
  mutating func item(_ directive: Directive, id: String) -> Item? {
    let settings = directive.settings
    guard let written = settings["kind"] else { return nil }
    guard let kind = Item.Kind(rawValue: written.value) else {
      let kinds = Item.Kind.allCases.map(\.rawValue).joined(separator: ", ")
      report(
        written.line, written.column, "there is no kind '\(written.value)'",
        "the kinds are \(kinds)")
      return nil
    }
    var tolerance = 0.0
    if let written = settings["tolerance"] {
      if let number = Double(written.value), number >= 0, number.isFinite {
        tolerance = number
      } else {
        report(
          written.line, written.column, "'\(written.value)' is no tolerance", "write a number")
      }
    }
    if kind != .number {
      for name in ["tolerance", "unit"] {
        guard let stray = settings[name] else { continue }
        report(stray.line, 1, "only kind number has a :\(name):", "remove the line")
      }
    }
    let beside = figure(
      id: "\(id).figure", name: settings["figure"], knobs: settings["knobs"],
      focus: settings["focus"], line: directive.line)
    if kind == .paint, beside == nil {
      report(directive.line, 1, "kind paint has no figure to paint on", "add a line :figure: …")
    }
    let nodes = markdown(directive.body)
    guard let list = nodes.last, case .list(ordered: false) = list.kind, nodes.count > 1 else {
      report(
        directive.line, 1, "a question is a prompt and then a list of answers",
        "end the block with lines such as - {= tokens}  @ok")
      return nil
    }
    let options = list.children.compactMap { option($0, kind: kind) }
    let right = options.filter(\.isRight).count
    if options.count == list.children.count, right != 1 {
      report(
        directive.line, 1, "\(right) answers of '\(id)' are tagged @ok", "exactly one is right")
    }
    if list.children.count < 2 {
      report(list.line, 1, "one answer is no question", "add a wrong answer with its misconception")
    }
    return Item(
      id: id, isPrediction: directive.name == .predict, kind: kind, prompt: prose(nodes.dropLast()),
      options: options, tolerance: tolerance, unit: settings["unit"]?.value, figure: beside,
      reveal: figure(
        id: "\(id).reveal", name: settings["reveal"], knobs: settings["reveal-knobs"],
        focus: settings["reveal-focus"], line: directive.line),
      hints: [], explanation: [], line: directive.line)
  }

  /// `- answer  @tag`, then the feedback, indented.
  private mutating func option(_ node: MarkdownNode, kind: Item.Kind) -> AnswerOption? {
    guard let first = node.children.first, first.kind == .paragraph else {
      report(node.line, 3, "an answer begins with its words", "write - answer  @tag")
      return nil
    }
    let known = errors.count
    let all = pieces(first.children, [], at: first)
    // A fault inside the answer was reported where it stands.
    guard errors.count == known else { return nil }
    // The tag ends the answer: what follows it in the same paragraph is feedback.
    guard let (index, words, tag) = tag(in: all) else {
      report(
        node.line, 3, "this answer has no tag",
        "end its line with @ok, or with @ and the misconception that leads to it")
      return nil
    }
    var answer = Array(all[..<index])
    if !words.isEmpty { answer.append(.inline(.text(words, []))) }
    let inlines = InlineJoiner.joined(answer)
    var feedback: Prose = []
    let rest = InlineJoiner.joined(Array(all[(index + 1)...]))
    if !rest.isEmpty { feedback.append(.paragraph(rest)) }
    feedback += prose(Array(node.children.dropFirst()))
    if inlines.isEmpty {
      report(node.line, 3, "the answer before @\(tag) is empty", "write it before the tag")
    }
    if kind != .choice {
      guard case .expression? = inlines.first, inlines.count == 1 else {
        report(
          node.line, 3, "an answer of kind \(kind.rawValue) is one expression",
          "write - {= …}  @\(tag)")
        return nil
      }
    }
    return AnswerOption(
      answer: inlines, isRight: tag == "ok", misconception: tag == "ok" ? nil : tag,
      feedback: feedback, line: node.line)
  }

  /// The first piece that ends a line with ` @tag`, the words before the tag, and the tag.
  private func tag(in pieces: [InlinePiece]) -> (index: Int, words: String, tag: String)? {
    for (index, piece) in pieces.enumerated() {
      guard case .inline(.text(let text, [])) = piece,
        index + 1 == pieces.count || pieces[index + 1] == .softBreak
          || pieces[index + 1] == .inline(.lineBreak)
      else { continue }
      let trimmed = Substring(text).withoutEndBlanks
      guard let at = trimmed.lastIndex(of: "@") else { continue }
      let tag = String(trimmed[trimmed.index(after: at)...])
      let before = trimmed[..<at]
      guard isName(tag), before.isEmpty || before.last == " " else { continue }
      return (index, String(before.withoutEndBlanks), tag)
    }
    return nil
  }
}
