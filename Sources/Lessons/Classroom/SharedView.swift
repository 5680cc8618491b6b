import ViTDetMini

/// What the audience sees of a presentation: everything that decides the picture, and nothing that is only the presenter's.
struct SharedView: Codable, Sendable, Hashable {
  /// The chapter.
  var chapter: String
  /// The step.
  var step: String
  /// The language.
  var language: Language
  /// The chosen setting of each knob.
  var chosen: [Int]
  /// The figure's view.
  var view: Int
  /// The cell under the cursor.
  var cursor: Token
  /// The token that the figure is about.
  var focus: Token
  /// What has the keys, since it shows.
  var pane: LessonState.Pane
  /// The knob that the arrows turn.
  var knob: Int
  /// The first line of the text that is shown, if somebody scrolled.
  var scroll: Int?
  /// The number of parts of the step that are shown; nil for all.
  var revealed: Int?
  /// What is entered at the step's question.
  var entry: Entry?
  /// Whether its answer was committed.
  var isCommitted: Bool
  /// Whether the answer is that the presenter does not know.
  var isDontKnow = false
  /// How sure the presenter is, if that was said.
  var confidence: Confidence?
  /// The number of its hints that are open.
  var hints = 0
  /// Whether the step's observation was brought about.
  var isObserved: Bool
  /// Whether nothing is shown at all.
  var isBlank: Bool
  /// Whether the figure has the screen for itself.
  var isBig: Bool
  /// The question that is asked of the room, without the counts that it may not see; nil while none is.
  var vote: RoomVote?
  /// What the training behind the figure has come to; nil if there is none.
  var training: SharedTraining?
  /// What was timed for a figure that times the machine; nil for other figures, and while it is being timed.
  var measured: [String: BlockRun]?
  /// Whether the figure is being timed.
  var isMeasuring = false
  /// The panel over the step, such as the numbers behind the figure; nil while none is open.
  var panel: Panel?
}

extension App {
  /// The present picture, for whoever follows; nil outside a chapter.
  var shared: SharedView? {
    guard case .lesson(let lesson) = screen else { return nil }
    return SharedView(
      chapter: lesson.chapter.id, step: lesson.step.id, language: language, chosen: lesson.chosen,
      view: lesson.view, cursor: lesson.cursor, focus: lesson.focus, pane: lesson.pane,
      knob: lesson.knob, scroll: lesson.scroll, revealed: lesson.revealed,
      entry: lesson.session?.entry, isCommitted: lesson.session?.isCommitted == true,
      isDontKnow: lesson.session?.attempts.last?.answer == .dontKnow,
      confidence: lesson.session?.confidence, hints: lesson.session?.openHints ?? 0,
      isObserved: lesson.observation.map { lesson.observed.contains($0.id) } ?? false,
      isBlank: isBlank, isBig: isBig, vote: vote?.forAudience,
      training: run(of: lesson).flatMap { run in
        run.progress.map { SharedTraining($0, isRunning: run.isWanted) }
      }, measured: isTiming(lesson) == false ? laboratory.blockRuns : nil,
      isMeasuring: isTiming(lesson) == true, panel: panel?.isOfTheStep == true ? panel : nil)
  }

  /// Whether the figure on the screen is being timed; nil if it is none that times the machine.
  private func isTiming(_ lesson: LessonState) -> Bool? {
    guard let request = lesson.request,
      (try? FigureCatalog.experiment(request.name))?.isTimed == true
    else { return nil }
    switch figures[request] {
    case .ready(let figure): return figure.isUnfinished
    case .failed: return false
    case .pending, nil: return true
    }
  }

  /// Shows what the presenter shows; false if this course has no such step.
  mutating func follow(_ shared: SharedView) -> Bool {
    guard let chapter = course.chapter(shared.chapter, shared.language),
      let index = chapter.steps.firstIndex(where: { $0.id == shared.step })
    else { return false }
    language = shared.language
    (isBlank, isBig, vote) = (shared.isBlank, shared.isBig, shared.vote)
    var lesson: LessonState
    if case .lesson(let present) = screen, present.chapter.id == chapter.id {
      lesson = present
      if lesson.chapter.language != chapter.language { lesson.swap(to: chapter) }
    } else {
      lesson = LessonState(chapter: chapter, index: index, facts: laboratory.sizes)
    }
    if lesson.index != index {
      lesson.index = index
      lesson.enterStep()
    }
    if let observation = lesson.observation, shared.isObserved {
      lesson.observed.insert(observation.id)
    }
    lesson.answer(as: shared)
    // After the answer, which may change the figure that these belong to.
    lesson.choose(shared.chosen)
    (lesson.view, lesson.knob) = (shared.view, shared.knob)
    (lesson.cursor, lesson.focus) = (shared.cursor, shared.focus)
    (lesson.pane, lesson.scroll, lesson.revealed) = (shared.pane, shared.scroll, shared.revealed)
    screen = .lesson(lesson)
    told = shared.training.map { TrainingRun(isWanted: $0.isRunning, progress: $0.progress) }
    waitsForTimes = shared.isMeasuring
    if let measured = shared.measured { laboratory.adopt(measured) }
    // A panel of the reader's own, such as the keys, stays until the reader closes it.
    if panel?.isOfTheStep != false { panel = shared.panel }
    return true
  }
}

extension LessonState {
  /// Turns the knobs, if they are those of the other side's course.
  fileprivate mutating func choose(_ settings: [Int]) {
    let knobs = figureSpec?.knobs ?? []
    guard settings.count == knobs.count,
      zip(settings, knobs).allSatisfy({ $1.settings.indices.contains($0) })
    else { return }
    chosen = settings
  }

  /// Does at the step's question what somebody else did.
  fileprivate mutating func answer(as shared: SharedView) {
    guard let entry = shared.entry, let id = item?.id, var session = sessions[id] else { return }
    session.imitate(
      entry, isCommitted: shared.isCommitted, isDontKnow: shared.isDontKnow, hints: shared.hints)
    session.confidence = shared.confidence
    sessions[id] = session
  }
}

extension SharedView {
  /// The part of the course's identity that both sides must share to understand each other.
  static let protocolVersion = 3
}
