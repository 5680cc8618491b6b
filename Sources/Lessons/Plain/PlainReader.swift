public import TUI

/// A chapter as plain text, one line after another: for pipes, screen readers and terminals without a screen.
///
/// It has the same content as the screens: the prose with its numbers, every figure computed and written as text, the
/// questions. With an input it also asks them, graded by the same code.
public struct PlainReader {
  let course: Course
  let run: ChapterRun
  let source: SourceIndex
  let columns: Int
  let glyphs: Glyphs
  /// Takes each line of the text.
  let output: (String) -> Void
  /// Where answers come from, and where they are kept.
  let answers: Answers?

  /// One answer a line.
  public struct Answers {
    let input: () -> String?
    let progress: ProgressFile?
    let session: String

    /// Creates a source of answers.
    ///
    /// - Parameters:
    ///   - input: the next line, or nil at the end.
    ///   - progress: where answers are kept; nil keeps them nowhere.
    public init(input: @escaping () -> String?, progress: ProgressFile?) {
      self.input = input
      self.progress = progress
      session = ProgressEvent.newSession()
    }
  }

  /// Prepares to read one chapter of a stage.
  ///
  /// - Parameters:
  ///   - chapter: which one, in its language.
  ///   - stage: the course, the model and the source.
  ///   - columns: the width; a figure's grid may be wider, because its rows are never broken.
  ///   - glyphs: the look of drawing characters.
  ///   - answers: where answers come from; nil shows the questions and asks nothing.
  ///   - output: takes each line.
  public init(
    _ chapter: Chapter, stage: Stage, columns: Int, glyphs: Glyphs, answers: Answers? = nil,
    output: @escaping (String) -> Void
  ) {
    run = ChapterRun(chapter: chapter, laboratory: stage.laboratory)
    course = stage.course
    source = SourceIndex(directory: stage.directory.source)
    self.columns = max(columns, 20)
    self.glyphs = glyphs
    self.answers = answers
    self.output = output
  }

  private var chapter: Chapter { run.chapter }
  private var language: Language { chapter.language }

  /// Writes the chapter, or one step of it.
  ///
  /// - Throws: an expression's or a figure's error, with the step it stands in.
  public func read(only step: Step? = nil) throws {
    record(ProgressEvent(.start, session: session, language: language))
    if step == nil { writeHeader() }
    for (index, next) in chapter.steps.enumerated() where step == nil || next.id == step?.id {
      do {
        try write(next, number: index + 1)
      } catch let error as ExpressionError {
        throw chapter.error(next.line, 1, "step '\(next.id)': \(error)")
      }
    }
  }

  private func writeHeader() {
    write(text: chapter.title)
    write(line: String(repeating: "=", count: min(TextWidth.columns(of: chapter.title), columns)))
    write(line: "")
    write(text: PlainWords.afterwards[language])
    for objective in chapter.objectives {
      write(prose: [.list(ordered: false, items: [[.paragraph([.text(objective, [])])]])])
    }
  }

  // MARK: Steps

  private func write(_ step: Step, number: Int) throws {
    record(ProgressEvent(.step, session: session, chapter: chapter.id, step: step.id))
    write(line: "")
    write(text: "\(number)/\(chapter.steps.count)  \(step.title)")
    write(line: String(repeating: "-", count: min(columns, 60)))
    let filled = try run.filling(beside: step.figures.first).fill(step)
    for (block, original) in zip(filled.blocks, step.blocks) {
      write(line: "")
      switch block {
      case .prose(let prose): write(prose: prose)
      case .figure(let figure):
        try write(figure, settings: figure.startSettings)
        write(line: "")
        write(prose: figure.caption)
      case .source(let spec): write(spec)
      case .observe:
        // Read from the file again: its numbers belong to the setting that it asks for.
        if case .observe(let observation) = original { try write(observation, in: step) }
      case .item:
        if case .item(let item) = original { try ask(item) }
      }
    }
  }

  /// The figure as the step starts it, or at other settings.
  private func write(_ spec: FigureSpec, settings: [String: String]) throws {
    let figure = try run.figure(spec, settings: settings)
    if let turned = spec.turned(settings) { write(text: "[\(turned)]") }
    for line in FigureText.lines(figure, columns: columns, glyphs: glyphs) { write(line: line) }
  }

  private func write(_ spec: SourceSpec) {
    write(prose: spec.caption)
    guard let found = source.declaration(named: spec.symbol) else { return }
    write(line: "")
    write(line: "Sources/ViTDetMini/\(found.file):\(found.line)")
    for line in found.text.split(separator: "\n", omittingEmptySubsequences: false) {
      write(line: "    \(glyphs.adapt(String(line)))")
    }
  }

  /// An observation, with the figure at the first setting that brings it about: nobody can turn a knob here.
  private func write(_ observation: Observation, in step: Step) throws {
    let figure = step.figures.first
    let settings = try run.settings(bringingAbout: observation, beside: figure)
    let filling = run.filling(beside: figure, settings: settings)
    write(text: PlainWords.observe[language])
    write(prose: try filling.fill(observation.prompt))
    if let figure, let settings {
      write(line: "")
      try write(figure, settings: settings)
    }
    write(line: "")
    write(prose: try filling.fill(observation.explanation))
  }

  // MARK: Questions

  private func ask(_ item: Item) throws {
    let filling = run.filling(beside: item.figure)
    let asked = try filling.fill(item)
    var session = try ItemSession(asked, in: filling.facts)
    write(text: (item.isPrediction ? PlainWords.predict : PlainWords.question)[language])
    write(prose: asked.prompt)
    if let figure = item.figure {
      write(line: "")
      try write(figure, settings: figure.startSettings)
    }
    write(line: "")
    for listed in asked.kind.rules.listed(asked) {
      let mark = listed.mark.isEmpty ? "" : listed.mark + " "
      let rest = String(repeating: " ", count: mark.count)
      if mark.isEmpty { write(line: "") }
      for line in prose.indented([.paragraph(listed.words)], first: mark, rest: rest) {
        write(line: line.map(\.text).joined())
      }
      if mark.isEmpty { write(line: "") }
    }
    guard let answers else { return write(text: item.kind.rules.form(item)[language]) }
    write(text: item.kind.rules.form(item)[language] + PlainWords.helpers[language])
    while !session.isCommitted {
      guard let line = answers.input() else { return }
      take(PlainAnswer(line, to: asked), &session)
    }
    try conclude(item, asked, session)
  }

  /// Does what one line of input asks for.
  private func take(_ answer: PlainAnswer, _ session: inout ItemSession) {
    switch answer {
    case .hint:
      guard session.openHint(), let hint = session.hints.last else {
        return write(text: PlainWords.noMoreHints[language])
      }
      var event = ProgressEvent(
        .hint, session: self.session, chapter: chapter.id, item: session.item.id)
      event.hints = session.openHints
      record(event)
      write(prose: hint)
    case .dontKnow: session.commitDontKnow()
    case .answer(let answer, let confidence):
      session.fill(answer)
      session.confidence = confidence
      session.commit()
    case .unclear(let reason):
      if let reason { write(text: reason[language] + (language == .en ? "." : "。")) }
      write(
        text: session.item.kind.rules.form(session.item)[language] + PlainWords.helpers[language])
    }
  }

  /// What the model shows, and what that says about the answer.
  private func conclude(_ item: Item, _ asked: Item, _ session: ItemSession) throws {
    guard let attempt = session.attempts.last else { return }
    record(
      ProgressEvent(
        attempt, number: session.attempts.count, item: item.id, chapter: chapter.id,
        session: self.session, language: language))
    write(line: "")
    let verdict =
      attempt.answer == .dontKnow
      ? PlainWords.open : attempt.grade.isRight ? PlainWords.right : PlainWords.wrong
    write(text: verdict[language])
    if let reveal = item.reveal {
      write(line: "")
      try write(reveal, settings: reveal.startSettings)
    }
    // The explanation is about what was just shown, so its numbers are read beside that.
    let filling = run.filling(beside: item.reveal ?? item.figure)
    var explained = asked
    explained.explanation = try filling.fill(item.explanation)
    let feedback = Feedback(
      explained, attempt.grade, misconceptions: course.misconceptions[language] ?? [:],
      language: language)
    for section in feedback.sections where !section.prose.isEmpty {
      write(line: "")
      write(text: section.title[language] + (language == .en ? ":" : "："))
      write(prose: try filling.fill(section.prose))
    }
  }

  // MARK: Lines

  private var session: String { answers?.session ?? "" }

  private func record(_ event: ProgressEvent) {
    guard let notice = answers?.progress?.append(event) else { return }
    write(text: notice[language])
  }

  private var prose: ProseLines { ProseLines(columns: columns, glyphs: glyphs) }

  private func write(prose blocks: Prose) {
    for line in prose.lines(blocks) { write(line: line.map(\.text).joined()) }
  }

  private func write(text: String) {
    for line in wrap(text, columns: columns, glyphs: glyphs) { write(line: line) }
  }

  private func write(line: String) { output(glyphs.adapt(line)) }
}
