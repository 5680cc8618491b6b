public import TUI
public import ViTDetMini

/// The course as a program: the state, what a message changes in it, and what it looks like.
public struct App: Program {
  /// What can happen.
  public enum Message: Sendable {
    case event(TerminalEvent)
    case filled(LessonStepKey, Step, ItemSession?)
    case notFilled(LessonStepKey, String)
    case figure(FigureRequest, Figure)
    case noFigure(FigureRequest, String)
    case trained(TrainingKey, TrainingProgress)
    case notTrained(TrainingKey, String)
    case source(SourceSpec, SourceIndex.Declaration?)
    case observed(String)
    case notice(String)
  }

  /// The screens that fill the terminal.
  enum Screen: Sendable {
    case home
    case lesson(LessonState)
  }

  /// Chapters, misconceptions and where they came from.
  let course: Course
  /// Where lessons and the source that they show are.
  let directory: LessonsDirectory
  /// Runs the model, off the screen's thread.
  let laboratory: Laboratory
  /// Keeps the learner's events; nil in a rehearsal that keeps nothing.
  let writer: ProgressWriter?
  /// Events that wait for the writer; taken after every message.
  var unwritten: [ProgressEvent] = []
  /// The name of this session in its events.
  let sessionID = ProgressEvent.newSession()
  /// The language on the screen.
  var language: Language
  /// The screen.
  var screen: Screen = .home
  /// A panel over the screen.
  var panel: Panel?
  /// The chapter under the cursor at home.
  var selectedChapter = 0
  /// What the learner has done so far.
  var progress: Progress
  /// Figures computed so far.
  var figures = FigureStore()
  /// The trainings that the learner started.
  var runs = TrainingRuns()
  /// The training of the figure on the screen, where it runs on the machine of the presenter who is followed.
  var told: TrainingRun?
  /// Whether the figure waits for what the presenter who is followed is timing.
  var waitsForTimes = false
  /// The drawing characters of the terminal; where lines break depends on them.
  var glyphs: Glyphs
  /// The colours of the terminal; the room that a picture takes depends on them.
  let depth: ColorDepth
  /// The size of the terminal.
  var size = Size(columns: 80, rows: 24)
  /// What the status line says, until the next key.
  var notice: String?
  /// What whoever plays a script says about the screen.
  var caption = ""
  /// Whether an audience watches, which is told neither of keys nor of what one of them did.
  var isAudience = false
  /// Whether nothing is shown, so that the room looks elsewhere.
  var isBlank = false
  /// Whether the figure has the screen for itself.
  var isBig = false
  /// The question that is asked of a room, in a talk; nil while none is.
  var vote: RoomVote?
  /// What is mixed in questions follows from it.
  var seed: UInt64 = 0
  /// Whether nothing on the screen moves by itself: figures come whole, and a training shows each tenth of its way.
  var isStill = false
  /// True when the course should end.
  public private(set) var isFinished = false

  /// The smallest terminal that screens are made for.
  static let smallest = Size(columns: 40, rows: 12)

  init(
    course: Course, directory: LessonsDirectory, laboratory: Laboratory, writer: ProgressWriter?,
    progress: Progress,
    language: Language, glyphs: Glyphs, depth: ColorDepth
  ) {
    self.course = course
    self.directory = directory
    self.laboratory = laboratory
    self.writer = writer
    self.progress = progress
    self.language = language
    self.glyphs = glyphs
    self.depth = depth
  }

  /// What a terminal's event means: the program decides by its state, so all of them come in whole.
  public func message(for event: TerminalEvent) -> Message? { .event(event) }

  /// Changes the state; the only place that does.
  public mutating func update(_ message: Message) -> [Effect<Message>] {
    apply(message)
    var effects: [Effect<Message>] = takeWork().map { work in
      { mailbox in for message in work.results() { mailbox.post(message) } }
    }
    let events = unwritten
    unwritten = []
    if let writer, !events.isEmpty {
      // Queued here, not in the effect, so that the file has the order of the acts.
      writer.write(events)
      let language = language
      effects.append { mailbox in
        for notice in await writer.takeNotices() { mailbox.post(.notice(notice[language])) }
      }
    }
    return effects
  }

  /// The change alone; the work that it calls for is taken separately.
  mutating func apply(_ message: Message) {
    switch message {
    case .event(let event): handle(event)
    case .filled(let key, let step, let session): withLesson { $0.take(step, session, for: key) }
    case .notFilled(let key, let reason): withLesson { $0.take(failure: reason, for: key) }
    case .figure(let request, let figure): figures.finish(request, .ready(figure))
    case .noFigure(let request, let reason): figures.finish(request, .failed(reason))
    case .trained(let key, let progress): take(progress, of: key)
    case .notTrained(let key, let reason): take(trainingFault: reason, of: key)
    case .source(let spec, let found): show(spec, found)
    case .observed(let id): takeObserved(id)
    case .notice(let text): notice = text
    }
    takeEarly()
  }

  private mutating func handle(_ event: TerminalEvent) {
    if keepEarly(event) { return }
    switch event {
    case .key(let key):
      notice = nil
      guard let intent = Keymap.intent(for: key, in: context) else {
        explainOffKey(key)
        return
      }
      perform(intent)
    case .paste(let text):
      if [.number, .shape].contains(context) {
        withSession { session in for character in text { session.take(.type(character)) } }
      }
    case .mouse(let mouse):
      if mouse.action == .wheelUp { scroll(by: -3) }
      if mouse.action == .wheelDown { scroll(by: 3) }
    case .resize(let size):
      self.size = size
    case .caption(let text):
      caption = text
    case .recordingEnded(let reason):
      notice = "\(Phrases.recordingEnded[language])\(reason)"
    case .resumed:
      break
    case .terminate, .hungUp:
      isFinished = true
    }
  }

  /// What gives keys their meaning now.
  var context: KeyContext {
    if !size.fits(Self.smallest) { return .tooSmall }
    if let panel { return panel.isConfirmation ? .confirmation : .panel }
    switch screen {
    case .home: return .home
    case .lesson(let lesson):
      guard lesson.context == .figure, let key = lesson.request.flatMap(TrainingKey.init) else {
        return lesson.context
      }
      return runs[key]?.isWanted == true ? .training : .idle
    }
  }

  private mutating func explainOffKey(_ key: Key) {
    guard let row = Keymap.rows.first(where: { $0.keys.contains(key) }) else { return }
    notice = "\(key.name): \(Phrases.offHere[language]) (\(row.label[language]))"
  }

  // MARK: acts

  mutating func perform(_ intent: Intent) {
    switch intent {
    case .quit: isFinished = true
    case .suspend: break
    case .help: panel = panel == nil ? .keys(context) : nil
    case .language: swapLanguage()
    case .honesty: panel = .text(Phrases.honestyTitle[language], Phrases.honesty[language])
    case .review: notice = Phrases.noReview[language]
    case .sandbox: notice = Phrases.noSandbox[language]
    case .search: notice = Phrases.noSearch[language]
    default:
      if panel != nil {
        performInPanel(intent)
      } else if case .home = screen {
        performAtHome(intent)
      } else {
        performInLesson(intent)
      }
    }
  }

  private mutating func performInPanel(_ intent: Intent) {
    switch intent {
    case .up: panel?.scroll(by: -1)
    case .down: panel?.scroll(by: 1)
    case .enter where panel?.isConfirmation == true:
      panel = nil
      reset()
    default: panel = nil
    }
  }

  private mutating func performAtHome(_ intent: Intent) {
    let count = course.entries.count
    switch intent {
    case .up: selectedChapter = max(selectedChapter - 1, 0)
    case .down: selectedChapter = min(selectedChapter + 1, max(count - 1, 0))
    case .enter where course.entries.indices.contains(selectedChapter):
      open(course.entries[selectedChapter].id)
    default: notice = Phrases.nothingHere[language]
    }
  }

  /// Opens a chapter where the learner left it.
  mutating func open(_ id: String) {
    guard let entry = course[id] else { return }
    switch entry[language] {
    case .available(let chapter):
      let place = progress.chapters[id]?.step
      let index = chapter.steps.firstIndex { $0.id == place } ?? 0
      var lesson = LessonState(chapter: chapter, index: index, facts: laboratory.sizes)
      lesson.observed = progress.chapters[id]?.observations ?? []
      screen = .lesson(lesson)
      returnToTraining()
      recordStep()
    case .unavailable(let errors):
      let reasons = errors.map { "\($0)" }.joined(separator: "\n")
      panel = .text("\(entry.number) \(id): \(Phrases.unavailable[language])", reasons)
    }
  }

  private mutating func swapLanguage() {
    if case .lesson(var lesson) = screen {
      guard let other = course.chapter(lesson.chapter.id, language.other) else {
        notice = Phrases.otherLanguageMissing[language]
        return
      }
      lesson.swap(to: other)
      screen = .lesson(lesson)
    }
    language = language.other
    panel = nil
    record(ProgressEvent(.language, session: sessionID, language: language))
  }

  private mutating func reset() {
    guard case .lesson(let lesson) = screen else { return }
    record(ProgressEvent(.reset, session: sessionID, chapter: lesson.chapter.id))
    runs = TrainingRuns()
    screen = .lesson(LessonState(chapter: lesson.chapter, index: 0, facts: laboratory.sizes))
    recordStep()
    notice = Phrases.resetDone[language]
  }

  mutating func scroll(by lines: Int) {
    if panel != nil {
      panel?.scroll(by: lines)
    } else {
      guard case .lesson(let lesson) = screen else { return }
      let first = firstLine(of: lesson)
      withLesson { $0.scroll = max(first + lines, 0) }
    }
  }
}
