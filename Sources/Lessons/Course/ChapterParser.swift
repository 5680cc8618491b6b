/// Reads a chapter file: strict front matter, Markdown, and fenced directives.
///
/// Every error names its place and what would be right, and parsing goes on after it, so that an author sees
/// all of them at once. Time and memory are bounded by the file's size, whatever is in it.
public struct ChapterParser {
  private let text: LessonText
  private let language: Language
  private let front: FrontMatter
  private var prose: ProseParser
  private var steps: [Step] = []
  private var identifiers: [String: Int] = [:]
  private var hints: [String: (rungs: [Prose], line: Int)] = [:]
  private var explanations: [String: (prose: Prose, line: Int)] = [:]

  /// The chapter in a file's text, or the first thing that is wrong with it.
  public static func parse(
    _ text: String, file: String, language: Language
  ) throws(LessonError) -> Chapter {
    do {
      let lines = try LessonText(bytes: Array(text.utf8), file: file)
      return try parse(lines, language: language)
    } catch {
      throw error.first
    }
  }

  /// The chapter in a file, or everything that is wrong with it.
  static func parse(_ text: LessonText, language: Language) throws(LessonErrors) -> Chapter {
    var parser = ChapterParser(text, language: language)
    return try parser.chapter()
  }

  private init(_ text: LessonText, language: Language) {
    var errors: [LessonError] = []
    self.text = text
    self.language = language
    front = FrontMatter(text, errors: &errors)
    prose = ProseParser(MarkedText(text, skipping: front.lineCount, errors: &errors))
    prose.errors = errors
  }

  private mutating func chapter() throws(LessonErrors) -> Chapter {
    // Without its identifier every other one would be reported too.
    if !front.id.isEmpty { readBody() }
    guard prose.errors.isEmpty else {
      let sorted = prose.errors.sorted { ($0.line, $0.column) < ($1.line, $1.column) }
      throw LessonErrors(Array(sorted.prefix(LessonText.maximumErrors)))
    }
    return Chapter(
      id: front.id, title: front.title, needs: front.needs, minutes: front.minutes,
      model: front.model, objectives: front.objectives, outOfScope: front.outOfScope, steps: steps,
      file: text.file, language: language,
      text: text)
  }

  private mutating func readBody() {
    refuseReferences()
    let known = prose.errors.count
    var nodes = prose.markdown(front.lineCount..<text.lines.count)[...]
    // A body that cannot be read as Markdown has no title or step to miss.
    if nodes.isEmpty, prose.errors.count > known { return }
    if let first = nodes.first, case .heading(level: 1) = first.kind {
      nodes.removeFirst()
      if prose.inlines(first.children, at: first) != [.text(front.title, [])] {
        prose.report(
          first.line, 3, "the heading is not the front matter's title", "write # \(front.title)")
      }
    } else {
      prose.report(
        front.lineCount + 1, 1, "the title is missing", "begin with # \(front.title)")
    }
    for node in nodes { read(node) }
    if steps.isEmpty {
      prose.report(front.lineCount + 1, 1, "the chapter has no steps", "write ```{step} Title")
    }
    for step in steps { checkContent(of: step) }
    attach()
  }

  private mutating func read(_ node: MarkdownNode) {
    if case .code(let info, true) = node.kind, info.hasPrefix("{") {
      if let directive = prose.directive(node, info: info) { read(directive) }
      return
    }
    guard !steps.isEmpty else {
      prose.report(
        node.line, 1, "text stands before the first step", "write ```{step} Title above it")
      return
    }
    let more = prose.prose([node])
    let last = steps.count - 1
    if case .prose(let before)? = steps[last].blocks.last {
      steps[last].blocks[steps[last].blocks.count - 1] = .prose(before + more)
    } else if !more.isEmpty {
      steps[last].blocks.append(.prose(more))
    }
  }

  private mutating func read(_ directive: Directive) {
    if directive.name == .step {
      refuseBody(directive)
      steps.append(
        Step(
          id: identifier(directive), title: directive.argument, blocks: [], notes: [],
          seconds: seconds(directive), line: directive.line))
      return
    }
    guard !steps.isEmpty else {
      prose.report(
        directive.line, 1, "{\(directive.name.rawValue)} stands before the first step",
        "write ```{step} Title above it")
      return
    }
    let last = steps.count - 1
    switch directive.name {
    case .step: break
    case .figure:
      let name = Directive.Setting(value: directive.argument, line: directive.line, column: 13)
      let caption = prose.prose(directive.body)
      if let figure = prose.figure(
        id: identifier(directive), name: name, knobs: directive.settings["knobs"],
        focus: directive.settings["focus"], caption: caption, line: directive.line)
      {
        steps[last].blocks.append(.figure(figure))
      }
    case .predict, .quiz:
      if let item = prose.item(directive, id: identifier(directive)) {
        steps[last].blocks.append(.item(item))
      }
    case .observe:
      if let observation = observation(directive) {
        steps[last].blocks.append(.observe(observation))
      }
    case .source:
      let caption = prose.prose(directive.body)
      steps[last].blocks.append(
        .source(SourceSpec(symbol: directive.argument, caption: caption, line: directive.line)))
    case .note: steps[last].notes.append(prose.prose(directive.body))
    case .hint: readHints(directive)
    case .explain:
      guard let item = directive.settings["for"] else { return }
      if let earlier = explanations[item.value] {
        prose.report(
          directive.line, 1, "'\(item.value)' is explained in line \(earlier.line) already",
          "keep one")
      }
      explanations[item.value] = (prose.prose(directive.body), item.line)
    }
  }

  private mutating func readHints(_ directive: Directive) {
    guard let item = directive.settings["for"] else { return }
    if let earlier = hints[item.value] {
      prose.report(
        directive.line, 1, "'\(item.value)' has hints in line \(earlier.line) already", "keep one")
    }
    let nodes = prose.markdown(directive.body)
    guard nodes.count == 1, let list = nodes.first, case .list(ordered: true) = list.kind else {
      prose.report(directive.line, 1, "hints are one numbered list", "write 1. 2. 3. …")
      return
    }
    let rungs = list.children.map { prose.prose($0.children) }
    hints[item.value] = (rungs, item.line)
  }

  private mutating func observation(_ directive: Directive) -> Observation? {
    // Found before Markdown is: a rule right below a paragraph would make it a heading.
    let rule = directive.body.first { text.lines[$0].drop(while: { $0 == " " }) == "---" }
    guard let rule else {
      prose.report(
        directive.line, 1, "{observe} has no explanation", "write it after a line ---")
      return nil
    }
    let prompt = prose.prose(directive.body.lowerBound..<rule)
    let explanation = prose.prose((rule + 1)..<directive.body.upperBound)
    if prompt.isEmpty || explanation.isEmpty {
      prose.report(
        directive.line, 1, "one side of the --- is empty", "say what to do, then what it shows")
    }
    let id = identifier(directive)
    guard let until = directive.settings["until"],
      let condition = prose.expression(until.value, line: until.line, column: until.column)
    else { return nil }
    return Observation(
      id: id, prompt: prompt, until: condition, explanation: explanation, line: directive.line)
  }

  /// The time that a step's author gives it in a talk.
  private mutating func seconds(_ directive: Directive) -> Int? {
    guard let setting = directive.settings["seconds"] else { return nil }
    guard let seconds = Int(setting.value), (5...3600).contains(seconds) else {
      prose.report(
        setting.line, setting.column, "'\(setting.value)' is no time for a step",
        "write whole seconds from 5 to 3600")
      return nil
    }
    return seconds
  }

  /// The directive's identifier, found to be new and of this chapter.
  private mutating func identifier(_ directive: Directive) -> String {
    guard let setting = directive.settings["id"] else { return "" }
    let id = setting.value
    let words = id.split(separator: ".", omittingEmptySubsequences: false)
    if words.count != 2 || !words.allSatisfy({ prose.isName(String($0)) })
      || String(words[0]) != front.id
    {
      prose.report(
        setting.line, setting.column, "'\(id)' is no identifier of this chapter",
        "write \(front.id).some-name")
    }
    if let earlier = identifiers[id] {
      prose.report(
        setting.line, setting.column, "'\(id)' stands in line \(earlier) already",
        "each identifier is used once")
    }
    identifiers[id] = setting.line
    return id
  }

  private mutating func refuseBody(_ directive: Directive) {
    let isBlank = directive.body.allSatisfy { text.lines[$0].allSatisfy { $0 == " " } }
    if !isBlank {
      prose.report(
        directive.line, 1, "{\(directive.name.rawValue)} has no text of its own",
        "write the text below its closing fence")
    }
  }

  /// `[name]: address` lines vanish in Markdown without a trace.
  private mutating func refuseReferences() {
    for (index, line) in text.lines.enumerated().dropFirst(front.lineCount) {
      let start = line.drop(while: { $0 == " " })
      guard start.hasPrefix("["), let close = start.firstIndex(of: "]") else { continue }
      if start[start.index(after: close)...].hasPrefix(":") {
        prose.report(
          index + 1, 1, "a line like this is not shown", "write the address in the text")
      }
    }
  }

  private mutating func checkContent(of step: Step) {
    var shown = 0
    for block in step.blocks {
      switch block {
      case .figure, .item: shown += 1
      default: break
      }
    }
    if shown > 1 {
      prose.report(
        step.line, 1, "the step '\(step.title)' has more than one figure or question",
        "begin a new {step}")
    }
    if step.blocks.isEmpty {
      prose.report(step.line, 1, "the step '\(step.title)' is empty", "write something below it")
    }
  }

  /// Gives each item the hints and the explanation that name it.
  private mutating func attach() {
    for step in steps.indices {
      for block in steps[step].blocks.indices {
        guard case .item(var item) = steps[step].blocks[block] else { continue }
        item.hints = hints.removeValue(forKey: item.id)?.rungs ?? []
        item.explanation = explanations.removeValue(forKey: item.id)?.prose ?? []
        steps[step].blocks[block] = .item(item)
      }
    }
    let strays =
      hints.map { ($0.key, $0.value.line) } + explanations.map { ($0.key, $0.value.line) }
    for (name, line) in strays where identifiers[name] == nil {
      prose.report(line, 7, "there is no question '\(name)'", "name a question of this chapter")
    }
  }
}
