public import TUI

/// Where the parts of a presenter's screen stand.
struct PresenterLayout: Equatable {
  /// The slide, drawn as the audience sees it.
  let slide: Rect
  /// What comes next, and the notes.
  let notes: Rect
  /// Whether the notes stand beside the slide.
  let isBeside: Bool

  /// The narrowest screen on which notes stand beside the slide.
  static let besideColumns = 130

  /// Shares a screen out; the last two rows are the status and the keys.
  init(_ size: Size) {
    let area = Rect(column: 0, row: 0, columns: size.columns, rows: max(size.rows - 2, 0))
    isBeside = size.columns >= Self.besideColumns
    if isBeside {
      let (left, rest) = area.splitLeft(size.columns - 46)
      (slide, notes) = (left, rest.splitLeft(2).rest)
    } else {
      let (bottom, top) = area.splitBottom(min(max(size.rows / 4, 4), 12))
      (slide, notes) = (top, bottom)
    }
  }
}

extension Presenter {
  /// Draws the state; depends on nothing else.
  public func view(on canvas: inout Canvas) {
    guard canvas.size.fits(App.smallest), let lesson else {
      stage.view(on: &canvas)
      return
    }
    let layout = PresenterLayout(canvas.size)
    canvas.region(layout.slide) { stage.view(on: &$0) }
    canvas.place = lesson.step.id
    drawNotes(lesson, in: layout, on: &canvas)
    drawStatus(lesson, on: &canvas)
    if let jump { drawJump(lesson, at: jump, on: &canvas) }
    if showsKeys {
      HelpOverlay(
        title: Phrases.keysTitle[stage.language],
        hints: PresenterKeys.hints(in: place, stage.language)
      ).draw(on: &canvas, in: canvas.bounds)
    }
  }

  private func drawNotes(_ lesson: LessonState, in layout: PresenterLayout, on canvas: inout Canvas)
  {
    let language = stage.language
    if layout.isBeside {
      for row in 0..<layout.notes.bottom {
        canvas.put(
          canvas.glyphs.vertical, row: row, column: layout.notes.column - 2, style: Style(.border))
      }
    }
    let steps = lesson.chapter.steps
    let next =
      lesson.index + 1 < steps.count ? steps[lesson.index + 1].title : Phrases.lastSlide[language]
    let (heading, body) = layout.notes.splitTop(1)
    let planned = clock.planned[lesson.index]
    let time =
      "\(Phrases.thisStep[language]) \(TalkClock.text(clock.onStep))/\(TalkClock.text(planned))"
    let width = canvas.glyphs.columns(of: time)
    canvas.write(
      canvas.glyphs.truncated(
        "\(Phrases.nextUp[language])\(next)", to: heading.columns - width - 4),
      row: heading.row, column: heading.column + (layout.isBeside ? 0 : 1),
      style: Style(pane == .notes ? .strong : .dim))
    canvas.write(
      time, row: heading.row, column: heading.right - width - 1,
      style: Style(clock.onStep > planned ? .notice : .dim))
    let prose = ProseLines(columns: body.columns - 2, glyphs: canvas.glyphs)
    let lines = notes(of: lesson, prose)
    let first = min(notesScroll, max(lines.count - body.rows, 0))
    for (row, line) in lines.dropFirst(first).prefix(body.rows).enumerated() {
      canvas.write(
        line, row: body.row + row, column: body.column + (layout.isBeside ? 0 : 1),
        limit: body.columns - 2)
    }
    if first + body.rows < lines.count {
      canvas.put(
        canvas.glyphs.down, row: body.bottom - 1, column: body.right - 1, style: Style(.accent))
    }
  }

  /// The step's notes; during a vote what it comes to.
  private func notes(of lesson: LessonState, _ prose: ProseLines) -> [[Run]] {
    if let vote = stage.vote, let ballot = stage.ballot {
      return VoteNotes(
        vote: vote, ballot: ballot, language: stage.language, glyphs: prose.glyphs
      ).lines(columns: prose.columns)
    }
    return Array(lesson.shownStep.notes.flatMap { prose.lines($0) + [[]] }.dropLast())
  }

  private func drawStatus(_ lesson: LessonState, on canvas: inout Canvas) {
    let language = stage.language
    let row = canvas.size.rows - 2
    canvas.rule(row: row)
    let parts = lesson.parts
    let shown = lesson.revealed.map { min($0, parts) } ?? parts
    var words = [
      "\(TalkClock.text(clock.elapsed)) / \(TalkClock.text(clock.plannedEnd(of: lesson.index)))"
    ]
    // What just happened takes the room of where one is, which the next key shows again.
    if stage.notice == nil {
      words += [
        "\(Phrases.step[language]) \(lesson.index + 1)/\(lesson.chapter.steps.count)",
        "\(Phrases.part[language]) \(shown)/\(parts)",
      ]
    }
    if stage.isBlank { words.append(Phrases.blank[language]) }
    if isAutoplay { words.append(Phrases.autoplay[language]) }
    if followers > 0 { words.append("\(followers) \(Phrases.following[language])") }
    if let notice = stage.notice { words.append(notice) }
    // Behind the plan by more than a step's time.
    let isLate = clock.elapsed > clock.plannedEnd(of: lesson.index)
    canvas.write(
      " " + canvas.glyphs.truncated(words.joined(separator: "  "), to: canvas.size.columns - 6)
        + " ",
      row: row, column: 2, style: Style(isLate ? .notice : .dim))
    KeyBar(PresenterKeys.hints(in: place, language)).draw(
      on: &canvas,
      in: Rect(column: 1, row: row + 1, columns: canvas.size.columns - 2, rows: 1))
  }

  private func drawJump(_ lesson: LessonState, at chosen: Int, on canvas: inout Canvas) {
    let steps = lesson.chapter.steps
    let rows = min(steps.count, canvas.size.rows - 4)
    let width = min(canvas.size.columns - 6, 60)
    let first = min(max(chosen - rows / 2, 0), steps.count - rows)
    let frame = Rect(
      column: (canvas.size.columns - width) / 2, row: (canvas.size.rows - rows - 2) / 2,
      columns: width,
      rows: rows + 2)
    canvas.region(frame) { canvas in
      canvas.fill(canvas.bounds)
      canvas.box(canvas.bounds, title: lesson.chapter.title, style: Style(.focusBorder))
      for (row, step) in steps.dropFirst(first).prefix(rows).enumerated() {
        let line = "\(first + row + 1)  \(step.title)"
        canvas.write(
          canvas.glyphs.truncated(line, to: width - 4), row: row + 1, column: 2,
          style: Style(first + row == chosen ? .selected : .text))
      }
    }
  }
}
