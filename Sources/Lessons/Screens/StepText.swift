import TUI

/// The text of a step as lines: prose, then the question or the observation, then what came of it.
struct StepText {
  /// The lines to draw.
  private(set) var lines: [[Run]] = []
  /// The lines that must be in sight: the option under the cursor, or the start of the result.
  private(set) var anchor: Range<Int>?

  private let prose: ProseLines
  private let state: LessonState
  private let language: Language
  private let glyphs: Glyphs
  private let misconceptions: [String: Misconception]

  /// Lays out a step.
  ///
  /// - Parameters:
  ///   - state: The place in the chapter and the question's state.
  ///   - columns: The width.
  ///   - glyphs: The drawing characters.
  ///   - misconceptions: The rule and the refutation behind a wrong option.
  init(
    _ state: LessonState, columns: Int, glyphs: Glyphs,
    misconceptions: [String: Misconception]
  ) {
    self.state = state
    self.glyphs = glyphs
    self.misconceptions = misconceptions
    language = state.chapter.language
    prose = ProseLines(columns: columns, glyphs: glyphs)
    for block in state.revealedBlocks { add(block) }
    if let failure = state.failure {
      separate()
      add(failure, role: .error)
    }
  }

  /// The first line to show in so many rows: where the learner scrolled to, or else as far up as keeps the
  /// anchor in sight.
  func firstLine(scroll: Int?, rows: Int) -> Int {
    let last = max(lines.count - rows, 0)
    if let scroll { return min(scroll, last) }
    guard let anchor, anchor.upperBound > rows else { return 0 }
    return min(anchor.upperBound - rows, anchor.lowerBound)
  }

  private mutating func add(_ block: Block) {
    switch block {
    case .prose(let text):
      separate()
      lines += prose.lines(text)
    case .figure(let figure):
      guard !figure.caption.isEmpty else { return }
      separate()
      lines += prose.lines(figure.caption)
    case .item(let item):
      separate()
      add(item)
    case .observe(let observation):
      separate()
      add(observation)
    case .source(let source):
      separate()
      lines += prose.lines(source.caption)
      add(
        "\(Phrases.source[language]) c: \(source.symbol)", role: .accent)
    }
  }

  private mutating func add(_ item: Item) {
    addLabelled(
      item.isPrediction ? Phrases.predict[language] : Phrases.quiz[language], item.prompt)
    guard let session = state.sessions[item.id] else { return }
    separate()
    var chosen: Int?
    for row in session.rows {
      if case .option(.held, _, _, _) = row { chosen = lines.count }
      add(row, isCommitted: session.isCommitted)
    }
    // Once the first part is chosen, what can be chosen next is in sight.
    if let chosen, anchor == nil { anchor = chosen..<lines.count }
    if !session.isCommitted { addConfidence(session) }
    for hint in item.hints.prefix(session.openHints) {
      separate()
      lines += prose.indented(
        hint, first: "\(Phrases.hint[language]): ", rest: "      ")
    }
    if let grade = session.grade { add(grade, item) }
  }

  /// A word that says what kind of act is asked for, then the prompt on the same line.
  private mutating func addLabelled(_ label: String, _ prompt: Prose) {
    let marker = Run(label + "  ", .prompt)
    var rest = prompt
    if case .paragraph(let inlines)? = prompt.first {
      rest.removeFirst()
      lines += prose.wrapped([marker] + prose.runs(inlines, base: .text), prose.columns)
    } else {
      lines.append([marker])
    }
    if !rest.isEmpty {
      separate()
      lines += prose.lines(rest)
    }
  }

  private mutating func add(_ row: EntryRow, isCommitted: Bool) {
    let start = lines.count
    switch row {
    case .option(let mark, let label, let words, let isSelected):
      let role: Role = isSelected ? .selected : .text
      let first = "\(character(of: mark)) \(label)  "
      let width = TextWidth.columns(of: first)
      let body = prose.runs(words, base: role).map { Run($0.text, role) }
      let wrapped = prose.wrapped(body, max(prose.columns - width, 1))
      for (row, line) in wrapped.enumerated() {
        let lead = row == 0 ? first : String(repeating: " ", count: width)
        lines.append([Run(lead, role)] + line)
      }
      if isSelected { anchor = start..<lines.count }
    case .words(let words):
      separate()
      lines += prose.wrapped(prose.runs(words, base: .text), prose.columns)
      separate()
    case .field(let typed, let after):
      lines.append([
        Run("\(glyphs.pointer) ", .prompt),
        Run(glyphs.adapt(typed) + (isCommitted ? "" : "_"), isCommitted ? .strong : .selected),
        Run(after, .text),
      ])
      anchor = start..<lines.count
    }
  }

  private func character(of mark: EntryRow.Mark) -> Character {
    switch mark {
    case .none: " "
    case .pointer: glyphs.pointer
    case .held: glyphs.selected
    case .right: glyphs.right
    case .wrong: glyphs.wrong
    }
  }

  private mutating func addConfidence(_ session: ItemSession) {
    separate()
    var runs = [Run("\(Phrases.sure[language]) ", .dim)]
    for level in Confidence.allCases {
      let isChosen = session.confidence == level
      let hasFocus = state.pane == .confidence
      runs.append(
        Run(
          (isChosen ? "(*) " : "( ) ") + level.label[language] + "  ",
          isChosen && hasFocus ? .selected : hasFocus ? .text : .dim))
    }
    lines += prose.wrapped(runs, prose.columns)
  }

  private mutating func add(_ grade: Grade, _ item: Item) {
    separate()
    let start = lines.count
    let feedback = Feedback(item, grade, misconceptions: misconceptions, language: language)
    let mark = grade.isRight ? glyphs.right : glyphs.wrong
    let role: Role = grade.isRight ? .right : .wrong
    for (index, section) in feedback.sections.enumerated() {
      if index > 0 { separate() }
      let title = (index == 0 ? "\(mark) " : "") + section.title[language]
      add(title, role: index == 0 ? role : .heading)
      lines += prose.lines(section.prose)
    }
    anchor = start..<lines.count
  }

  private mutating func add(_ observation: Observation) {
    addLabelled(Phrases.observe[language], observation.prompt)
    guard state.observed.contains(observation.id) else {
      add("\(glyphs.pointer) \(Phrases.untilDone[language])", role: .dim)
      return
    }
    let start = lines.count
    add("\(glyphs.right) \(Phrases.observed[language])", role: .right)
    separate()
    lines += prose.lines(observation.explanation)
    anchor = start..<lines.count
  }

  private mutating func add(_ text: String, role: Role) {
    lines += prose.wrapped([Run(text, role)], prose.columns)
  }

  /// An empty line, unless there is one.
  private mutating func separate() {
    if let last = lines.last, !last.isEmpty { lines.append([]) }
  }
}
