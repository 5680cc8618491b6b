/// What keys do on a step.
extension App {
  mutating func performInLesson(_ intent: Intent) {
    guard case .lesson(let lesson) = screen else { return }
    switch intent {
    case .next: move(by: 1)
    case .previous: move(by: -1)
    case .list: screen = .home
    case .escape: leave(lesson)
    case .nextPane: cyclePane(by: 1)
    case .previousPane: cyclePane(by: -1)
    case .enter: enter(lesson)
    case .evidence: showEvidence(lesson)
    case .source: showSource(lesson)
    case .view:
      guard lesson.figureSpec != nil else { notice = Phrases.noFigure[language]; return }
      withLesson { $0.view += 1 }
    case .reset: panel = .confirmation(Phrases.resetAsk[language])
    case .up, .down, .left, .right: steer(intent, lesson)
    default: answer(intent, lesson)
    }
  }

  private mutating func move(by offset: Int) {
    guard case .lesson(var lesson) = screen else { return }
    let index = lesson.index + offset
    guard lesson.chapter.steps.indices.contains(index) else {
      notice = (offset > 0 ? Phrases.lastStep : Phrases.firstStep)[language]
      return
    }
    lesson.index = index
    lesson.enterStep()
    screen = .lesson(lesson)
    returnToTraining()
    recordStep()
  }

  /// Shows a step of the chapter that is open; nothing happens if it has no such step.
  mutating func go(to step: String) {
    guard case .lesson(let lesson) = screen,
      let index = lesson.chapter.steps.firstIndex(where: { $0.id == step })
    else { return }
    move(by: index - lesson.index)
  }

  /// Esc goes up one level: out of the question or the figure first, then to the list.
  private mutating func leave(_ lesson: LessonState) {
    if lesson.context == .holding || lesson.context == .secondPart {
      withSession { $0.take(.putBack) }
    } else if lesson.pane == .text {
      screen = .home
      selectedChapter = course.entries.firstIndex { $0.id == lesson.chapter.id } ?? 0
    } else {
      withLesson { $0.pane = .text }
    }
  }

  private mutating func cyclePane(by offset: Int) {
    withLesson { lesson in
      let panes = lesson.panes
      let place = panes.firstIndex(of: lesson.pane) ?? 0
      lesson.pane = panes[(place + offset + panes.count) % panes.count]
    }
  }

  private mutating func enter(_ lesson: LessonState) {
    switch lesson.pane {
    case .question, .confidence:
      if let session = lesson.session, !session.isCommitted { commit(session) }
    case .figure:
      if let key = lesson.request.flatMap(TrainingKey.init) {
        toggleTraining(key)
      } else {
        withLesson { $0.focus = $0.cursor }
      }
    case .text where lesson.session?.isCommitted == true && lesson.session?.grade?.isRight == false:
      withSession { $0.retry() }
      withLesson {
        $0.resetFigure()
        $0.pane = .question
        $0.scroll = nil
      }
    case .text, .knobs: break
    }
  }

  private mutating func steer(_ intent: Intent, _ lesson: LessonState) {
    let (rows, columns): (Int, Int) =
      switch intent {
      case .up: (-1, 0)
      case .down: (1, 0)
      case .left: (0, -1)
      default: (0, 1)
      }
    switch lesson.context {
    case .choice, .multi, .order, .holding, .firstPart, .secondPart:
      withSession { $0.take(.move(rows)) }
    case .confidence:
      withSession { $0.confidence = Self.confidence($0.confidence, movedBy: rows + columns) }
    case .paint, .figure: moveCursor(rows: rows, columns: columns)
    case .knobs:
      withLesson { $0.turn(knobOffset: rows, settingOffset: columns) }
    default: scroll(by: rows)
    }
  }

  /// Guess, fairly, certain; before the first stands «not said».
  private static func confidence(_ now: Confidence?, movedBy offset: Int) -> Confidence? {
    let levels = Confidence.allCases
    let place = (now.flatMap { levels.firstIndex(of: $0) } ?? -1) + offset
    return place < 0 ? nil : levels[min(place, levels.count - 1)]
  }

  private mutating func moveCursor(rows: Int, columns: Int) {
    guard case .lesson(let lesson) = screen, let request = lesson.request,
      case .ready(let figure)? = figures[request]
    else { return }
    let extent = figure.extent
    withLesson {
      $0.cursor.row = min(max($0.cursor.row + rows, 0), max(extent.rows - 1, 0))
      $0.cursor.column = min(max($0.cursor.column + columns, 0), max(extent.columns - 1, 0))
    }
  }

  // MARK: questions

  private mutating func answer(_ intent: Intent, _ lesson: LessonState) {
    guard let session = lesson.session, !session.isCommitted else { return }
    switch intent {
    case .choose(let index): withSession { $0.take(.choose(index)) }
    case .type(let character): withSession { $0.take(.type(character)) }
    case .deleteBackward: withSession { $0.take(.deleteBackward) }
    case .toggle where lesson.context == .paint: withSession { $0.toggle(lesson.cursor) }
    case .toggle: withSession { $0.take(.toggle) }
    case .fillRow: fillRow(lesson)
    case .nextHint: openHint(session)
    case .previousHint: withSession { $0.closeHint() }
    case .dontKnow:
      withSession { $0.commitDontKnow() }
      finishCommit()
    default: break
    }
  }

  /// Paints the cursor's row, or takes its paint away if all of it is painted.
  private mutating func fillRow(_ lesson: LessonState) {
    guard let request = lesson.request, case .ready(let figure)? = figures[request] else { return }
    let row = Set((0..<figure.extent.columns).map { Token(row: lesson.cursor.row, column: $0) })
    withSession { session in session.take(.paint(row, !session.painted.isSuperset(of: row))) }
  }

  private mutating func openHint(_ session: ItemSession) {
    guard session.openHints < session.item.hints.count else {
      notice = Phrases.noMoreHints[language]
      return
    }
    withSession { $0.openHint() }
    withLesson { $0.scroll = nil }
    guard case .lesson(let lesson) = screen else { return }
    record(
      ProgressEvent(
        .hint, session: sessionID, chapter: lesson.chapter.id, item: session.item.id))
  }

  private mutating func commit(_ session: ItemSession) {
    if let reason = session.whyNotReady {
      notice = reason[language]
      return
    }
    withSession { $0.commit() }
    finishCommit()
  }

  /// After a commit the text has the keys, and the figure shows what the model does.
  mutating func finishCommit() {
    withLesson { lesson in
      lesson.pane = .text
      lesson.scroll = nil
      if lesson.item?.reveal != nil { lesson.resetFigure() }
    }
    guard case .lesson(let lesson) = screen, let session = lesson.session,
      let attempt = session.attempts.last
    else { return }
    record(
      ProgressEvent(
        attempt, number: session.attempts.count, item: session.item.id,
        chapter: lesson.chapter.id, session: sessionID, language: language))
  }

  mutating func show(_ spec: SourceSpec, _ found: SourceIndex.Declaration?) {
    guard let found else {
      notice = "\(spec.symbol): \(Phrases.noSource[language])"
      return
    }
    panel = .code("\(found.file):\(found.line)", found.text)
  }

  mutating func takeObserved(_ id: String) {
    guard case .lesson(let lesson) = screen, !lesson.observed.contains(id) else { return }
    withLesson { $0.observed.insert(id) }
    record(
      ProgressEvent(.observe, session: sessionID, chapter: lesson.chapter.id, item: id))
  }

  // MARK: panels

  private mutating func showEvidence(_ lesson: LessonState) {
    if lesson.isAsking {
      notice = Phrases.afterCommit[language]
    } else if let request = lesson.request, case .ready(let figure)? = figures[request] {
      guard let table = figure.evidence else { notice = Phrases.noEvidence[language]; return }
      panel = .table(figure.title, table)
    } else {
      notice = Phrases.noFigure[language]
    }
  }

  private mutating func showSource(_ lesson: LessonState) {
    if lesson.isAsking {
      notice = Phrases.afterCommit[language]
    } else if lesson.source != nil {
      withLesson { $0.wantedSource = lesson.source }
    } else {
      notice = Phrases.noSource[language]
    }
  }
}
