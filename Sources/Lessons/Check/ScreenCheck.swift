import TUI

/// Draws every step as a learner would see it, at the sizes that the course promises, and says what is cut off.
struct ScreenCheck: Sendable {
  /// The sizes that every step must fit.
  static let sizes = [
    Size(columns: 80, rows: 24), Size(columns: 60, rows: 20), Size(columns: 100, rows: 30),
  ]

  /// The course's directory, for the program.
  let directory: LessonsDirectory
  /// Where figures are computed.
  let laboratory: Laboratory

  /// What does not fit, before the step's question is answered and after; empty if all is well.
  func problems(_ chapter: Chapter, _ step: Step) -> [String] {
    let entry = Course.Entry(
      id: chapter.id, number: 1, languages: [chapter.language: .available(chapter)])
    let course = Course(entries: [entry], misconceptions: [:], problems: [])
    var rehearsal = Rehearsal(
      course: course, directory: directory, laboratory: laboratory, language: chapter.language,
      size: Self.sizes[0], glyphs: .unicode)
    guard rehearsal.go(to: chapter.id, step: step.id) else { return ["the step cannot be shown"] }
    var problems = problems(&rehearsal, when: "")
    if rehearsal.answerRightly() { problems += self.problems(&rehearsal, when: " once answered") }
    return problems
  }

  private func problems(_ rehearsal: inout Rehearsal, when: String) -> [String] {
    var problems: [String] = []
    for glyphs in [Glyphs.unicode, .ascii] {
      for size in Self.sizes {
        rehearsal.show(size, glyphs)
        let where_ = "at \(size.columns)x\(size.rows)\(glyphs.isASCII ? " in ASCII" : "")\(when)"
        problems += rehearsal.clipping.map { "\($0) \(where_)" }
      }
    }
    return problems
  }
}

extension Rehearsal {
  /// Shows the same state at another size and with other drawing characters.
  mutating func show(_ size: Size, _ glyphs: Glyphs) {
    app.glyphs = glyphs
    send(.event(.resize(size)))
  }

  /// Commits the right answer of the step's question; false if there is none.
  mutating func answerRightly() -> Bool {
    guard case .lesson(let lesson) = app.screen, var session = lesson.session else { return false }
    session.fillRightly()
    guard session.commit() != nil else { return false }
    app.withLesson { $0.sessions[session.item.id] = session }
    app.withLesson { if $0.item?.reveal != nil { $0.resetFigure() } }
    send(.event(.resumed))
    return true
  }

  /// The rows that a figure which scrolls must show at least.
  private static let scrollingRows = 12

  /// What the screen cuts off, in words.
  var clipping: [String] {
    guard case .lesson(let lesson) = app.screen else { return [] }
    var problems: [String] = []
    if let failure = lesson.failure { problems.append("the step's numbers fail: \(failure);") }
    for pane in [LessonState.Pane.text, .figure] {
      var lesson = lesson
      lesson.pane = pane
      let figure = app.figureView(lesson)
      if case .failed(let reason)? = figure?.entry {
        return problems + ["the figure fails: \(reason);"]
      }
      let layout = app.layout(lesson, figure)
      if !layout.text.isEmpty {
        let text = app.stepText(lesson, columns: layout.text.columns)
        if let wide = text.lines.first(where: { width($0) > layout.text.columns }) {
          let words = wide.map(\.text).joined()
          problems.append("a line of text is wider than its pane: «\(words.prefix(40))»")
        }
      }
      if !layout.figure.isEmpty, let figure {
        var needed = figure.minimumSize(glyphs: app.glyphs, depth: app.depth)
        // A pane of its own scrolls a tall grid with the cursor, and makes a tall picture smaller.
        if layout.isSingle { needed.rows = min(needed.rows, Self.scrollingRows) }
        if !layout.figure.size.fits(needed) {
          let (has, name) = (layout.figure.size, lesson.figureSpec?.name ?? "")
          problems.append(
            "figure \(name) needs \(needed.columns)x\(needed.rows) and has \(has.columns)x\(has.rows)"
          )
        }
        let knobs = figure.knobs.minimumSize(glyphs: app.glyphs)
        if !layout.knobs.size.fits(knobs) { problems.append("the knobs do not fit") }
      }
      // Side by side both panes were seen at once.
      if !layout.isSingle { break }
    }
    return problems
  }

  private func width(_ line: [Run]) -> Int {
    line.reduce(0) { $0 + TextWidth.columns(of: $1.text) }
  }
}

extension CourseCheck {
  /// The whole check of a course that came with the program: words, figures, source windows and screens.
  public init(directory: LessonsDirectory, laboratory: Laboratory) {
    let screens = ScreenCheck(directory: directory, laboratory: laboratory)
    self.init(
      laboratory: laboratory, source: SourceIndex(directory: directory.source),
      rendering: { screens.problems($0, $1) })
  }
}
