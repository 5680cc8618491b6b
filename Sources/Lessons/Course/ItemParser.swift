extension ProseParser {
  /// A `{predict}` or `{quiz}`: a prompt, then the foreseen answers in the form that its kind gives them.
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
    refuseSettings(of: directive, kind: kind)
    let beside = figure(
      id: "\(id).figure", name: settings["figure"], knobs: settings["knobs"],
      focus: settings["focus"], line: directive.line)
    if kind.rules.isOnFigure, beside == nil {
      report(
        directive.line, 1, "kind \(kind.rawValue) has no figure to \(kind.rawValue) on",
        "add a line :figure: …")
    }
    let nodes = markdown(directive.body)
    guard let answers = kind.rules.answers(in: nodes, of: directive, id: id, &self) else {
      return nil
    }
    return Item(
      id: id, isPrediction: directive.name == .predict, kind: kind, prompt: prose(answers.prompt),
      options: answers.options, wrongOrders: answers.wrongOrders, lines: answers.lines,
      tolerance: tolerance,
      unit: settings["unit"]?.value, figure: beside,
      reveal: figure(
        id: "\(id).reveal", name: settings["reveal"], knobs: settings["reveal-knobs"],
        focus: settings["reveal-focus"], line: directive.line),
      hints: [], explanation: [], line: directive.line)
  }

  /// Reports the options that belong to another kind of question.
  private mutating func refuseSettings(of directive: Directive, kind: Item.Kind) {
    let special = Item.Kind.allCases.reduce(into: Set<String>()) { $0.formUnion($1.rules.settings) }
    for name in special.subtracting(kind.rules.settings).sorted() {
      guard let stray = directive.settings[name] else { continue }
      let owners = Item.Kind.allCases.filter { $0.rules.settings.contains(name) }
      let names = owners.map(\.rawValue).joined(separator: ", ")
      report(stray.line, 1, "only kind \(names) has a :\(name):", "remove the line")
    }
  }

  /// The bullet list that ends a question, each entry a foreseen answer with its tag.
  mutating func taggedAnswers(
    in nodes: [MarkdownNode], of directive: Directive, id: String, rules: some KindRules
  ) -> WrittenAnswers? {
    guard let list = nodes.last, case .list(ordered: false) = list.kind, nodes.count > 1 else {
      report(
        directive.line, 1, "a question is a prompt and then a list of answers",
        "end the block with lines such as - {= tokens}  @ok")
      return nil
    }
    let options = list.children.compactMap { option($0, rules: rules) }
    let right = options.filter(\.isRight).count
    if options.count == list.children.count,
      let fault = rules.fault(right: right, of: options.count)
    {
      report(
        directive.line, 1, "\(right) answers of '\(id)' are tagged @ok", fault)
    }
    if list.children.count < 2 {
      report(list.line, 1, "one answer is no question", "add a wrong answer with its misconception")
    }
    return WrittenAnswers(prompt: Array(nodes.dropLast()), options: options)
  }

  /// `- answer  @tag`, then the feedback, indented.
  private mutating func option(_ node: MarkdownNode, rules: some KindRules) -> AnswerOption? {
    guard let entry = taggedEntry(node) else { return nil }
    var (inlines, tag) = (entry.inlines, entry.tag)
    var isRight = tag == "ok"
    if case .text(let text, [])? = inlines.last,
      let before = self.tag(in: [.inline(.text(text, []))])
    {
      guard rules.allowsSeveralRight, before.tag == "ok", !isRight else {
        report(node.line, 3, "this answer has two tags", "keep one of @\(before.tag) and @\(tag)")
        return nil
      }
      isRight = true
      inlines[inlines.count - 1] = .text(before.words, [])
    }
    if inlines.isEmpty {
      report(node.line, 3, "the answer before @\(tag) is empty", "write it before the tag")
    }
    if let fault = rules.fault(in: inlines) {
      report(node.line, 3, fault.message, "\(fault.suggestion)  @\(tag)")
      return nil
    }
    return AnswerOption(
      answer: inlines, isRight: isRight, misconception: tag == "ok" ? nil : tag,
      feedback: entry.feedback, line: node.line)
  }

  /// An entry of a list as `words  @tag` and the feedback below it.
  mutating func taggedEntry(
    _ node: MarkdownNode
  ) -> (inlines: [Inline], tag: String, feedback: Prose)? {
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
    var feedback: Prose = []
    let rest = InlineJoiner.joined(Array(all[(index + 1)...]))
    if !rest.isEmpty { feedback.append(.paragraph(rest)) }
    feedback += prose(Array(node.children.dropFirst()))
    return (InlineJoiner.joined(answer), tag, feedback)
  }

  /// The first piece that ends a line with ` @tag`, the words before the tag, and the tag.
  func tag(in pieces: [InlinePiece]) -> (index: Int, words: String, tag: String)? {
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

/// The parts of a question as its file has them.
struct WrittenAnswers {
  /// What is asked.
  var prompt: [MarkdownNode]
  /// The foreseen answers, or the steps of an order.
  var options: [AnswerOption]
  /// The foreseen wrong orders.
  var wrongOrders: [WrongOrder] = []
  /// The lines of a piece, or the question for the reason.
  var lines: [[Inline]] = []
}
