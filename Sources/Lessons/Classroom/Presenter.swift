public import TUI

/// A chapter as a talk: what the audience sees, and beside it notes, time and what comes next.
public struct Presenter: Program {
  /// What can happen.
  public enum Message: Sendable {
    case event(TerminalEvent)
    case stage(App.Message)
    case tick
    case command(ControlCommand)
    case followers(Int)
    case otherVersion(Int)
  }

  /// What the arrows and Space act on.
  enum Pane: Sendable { case notes, slide }

  /// What the audience sees, drawn by the same screens that learners have.
  var stage: App
  /// The time.
  private(set) var clock: TalkClock
  /// Whether steps follow each other by the clock.
  private(set) var isAutoplay: Bool
  /// What has the keys.
  private(set) var pane = Pane.notes
  /// The first line of the notes in sight.
  private(set) var notesScroll = 0
  /// How many follow.
  private(set) var followers = 0
  /// The list of steps to jump to, and the row under the cursor; nil while it is closed.
  private(set) var jump: Int?
  /// Whether the keys are listed.
  private(set) var showsKeys = false
  /// The terminal's size.
  private(set) var size = Size(columns: 80, rows: 24)
  /// True when the talk should end.
  public private(set) var isFinished = false
  /// Votes that wait for the writer; taken after every message.
  var unkept: [ProgressEvent] = []
  private let server: PresenterServer?
  private let writer: ProgressWriter?

  init(
    stage: App, chapter: Chapter, isAutoplay: Bool, server: PresenterServer?,
    writer: ProgressWriter? = nil
  ) {
    self.writer = writer
    self.stage = stage
    self.isAutoplay = isAutoplay
    self.server = server
    clock = TalkClock(chapter)
    self.stage.isAudience = true
    self.stage.reveal(first: true)
  }

  /// What the talk starts with: its clock, and whoever follows.
  var effects: [Effect<Message>] {
    var effects: [Effect<Message>] = [
      { mailbox in
        while !Task.isCancelled {
          try? await Task.sleep(for: .seconds(1))
          mailbox.post(.tick)
        }
      }
    ]
    if let server {
      effects.append { mailbox in
        await withTaskCancellationHandler {
          server.serve { incoming in
            switch incoming {
            case .command(let command): mailbox.post(.command(command))
            case .followers(let count): mailbox.post(.followers(count))
            case .otherVersion(let version): mailbox.post(.otherVersion(version))
            }
          }
        } onCancel: {
          server.stop()
        }
      }
    }
    return effects
  }

  /// The state decides what an event means, so all of them come in whole.
  public func message(for event: TerminalEvent) -> Message? { .event(event) }

  /// Changes the state; the only place that does.
  public mutating func update(_ message: Message) -> [Effect<Message>] {
    var effects: [Effect<Message>] = apply(message).map { work in
      { mailbox in for inner in work.results() { mailbox.post(.stage(inner)) } }
    }
    let events = unkept
    unkept = []
    if let writer, !events.isEmpty {
      // Queued here, not in the effect, so that the file has the order of the acts.
      writer.write(events)
      let language = stage.language
      effects.append { mailbox in
        for notice in await writer.takeNotices() {
          mailbox.post(.stage(.notice(notice[language])))
        }
      }
    }
    return effects
  }

  /// The change, and the work that it calls for.
  mutating func apply(_ message: Message) -> [Work] {
    let before = lesson?.index
    switch message {
    case .event(let event): handle(event)
    case .stage(let inner): stage.apply(inner)
    case .tick: tick()
    case .command(let command): obey(command)
    case .followers(let count): followers = count
    case .otherVersion(let version):
      stage.notice = Phrases.otherVersion(version)[stage.language]
    }
    if lesson?.index != before {
      clock.enterStep()
      notesScroll = 0
      stage.vote = nil
    }
    // What a learner's answers would leave behind, a talk does not keep.
    stage.unwritten = []
    if let shared = stage.shared { server?.publish(shared) }
    return stage.takeWork()
  }

  /// The training that somebody started on the slide.
  public var standingWork: [String: Effect<Message>] { stage.standingWork { .stage($0) } }

  /// The place in the chapter.
  var lesson: LessonState? {
    if case .lesson(let lesson) = stage.screen { return lesson }
    return nil
  }

  // MARK: what happens

  private mutating func handle(_ event: TerminalEvent) {
    switch event {
    case .key(let key): press(key)
    case .mouse(let mouse):
      if mouse.action == .wheelUp { notesScroll = max(notesScroll - 1, 0) }
      if mouse.action == .wheelDown { notesScroll += 1 }
    case .resize(let size):
      self.size = size
      stage.apply(.event(.resize(PresenterLayout(size).slide.size)))
    case .paste, .caption, .resumed: break
    case .recordingEnded(let reason):
      stage.notice = "\(Phrases.recordingEnded[stage.language])\(reason)"
    case .terminate, .hungUp: isFinished = true
    }
  }

  private mutating func press(_ key: Key) {
    stage.notice = nil
    if showsKeys {
      showsKeys = false
    } else if jump != nil {
      choose(key)
    } else if countHands(key) {
      return
    } else if let act = PresenterKeys.act(for: key, in: place) {
      perform(act)
    } else if place == .slide {
      stage.apply(.event(.key(key)))
      // A talk stays in its chapter.
      if lesson == nil { isFinished = stage.isFinished }
    }
  }

  /// What has the keys.
  var place: PresenterKeys.Place {
    if let vote = stage.vote {
      if vote.phase == .talk { return .between }
      return vote.open == nil ? .shown : vote.marked == nil ? .vote : .counting
    }
    return pane == .notes ? .notes : .slide
  }

  private mutating func perform(_ act: PresenterKeys.Act) {
    switch act {
    case .ask: ask()
    case .close: goOnWithVote()
    case .nextChoice: stage.vote?.moveMark(by: 1)
    case .previousChoice: stage.vote?.moveMark(by: -1)
    case .deleteDigit: stage.vote?.deleteDigit()
    case .showFirst: stage.vote?.showsFirst.toggle()
    case .tell: tellVote()
    case .leaveVote:
      if stage.vote?.marked == nil { stage.vote = nil } else { stage.vote?.mark(nil) }
    case .next: advance()
    case .back: goBack()
    case .all: stage.reveal(first: false)
    case .blank: stage.isBlank.toggle()
    case .big: stage.isBig.toggle()
    case .jump: jump = lesson?.index
    case .pane: pane = pane == .notes ? .slide : .notes
    case .notes: pane = .notes
    case .up: notesScroll = max(notesScroll - 1, 0)
    case .down: notesScroll += 1
    case .language: stage.perform(.language)
    case .keys: showsKeys = true
    case .quit: isFinished = true
    }
  }

  private mutating func choose(_ key: Key) {
    guard let lesson, let row = jump else { return }
    switch key {
    case .up, .char("k"): jump = max(row - 1, 0)
    case .down, .char("j"): jump = min(row + 1, lesson.chapter.steps.count - 1)
    case .enter, .space:
      stage.go(to: lesson.chapter.steps[row].id)
      stage.reveal(first: true)
      jump = nil
    default: jump = nil
    }
  }

  /// Shows the next part of the step, or when all are shown the next step.
  private mutating func advance() {
    if stage.isBlank {
      stage.isBlank = false
    } else if stage.vote != nil {
      goOnWithVote()
    } else if !stage.revealNext() {
      let before = lesson?.index
      stage.perform(.next)
      if lesson?.index != before { stage.reveal(first: true) }
    }
  }

  /// Takes the last part away, or goes to the step before, which is shown whole.
  private mutating func goBack() {
    if stage.vote != nil {
      goBackInVote()
    } else if !stage.concealLast() {
      stage.perform(.previous)
    }
  }

  private mutating func tick() {
    clock.tick()
    guard isAutoplay, stage.vote == nil, let lesson, clock.planned.indices.contains(lesson.index)
    else { return }
    let parts = max(lesson.parts, 1)
    // Each part has its share of the step's time; a question waits for the room.
    let shown = lesson.revealed.map { min($0, parts) } ?? parts
    if clock.onStep >= clock.planned[lesson.index] * shown / parts,
      lesson.revealed != nil || !lesson.isAsking
    {
      advance()
    }
  }

  private mutating func obey(_ command: ControlCommand) {
    switch command {
    case .next: perform(.next)
    case .back: perform(.back)
    case .all: perform(.all)
    case .blank: perform(.blank)
    case .big: perform(.big)
    case .language: perform(.language)
    case .quit: perform(.quit)
    case .ask: ask()
    case .hands(let counts): takeHands(counts)
    case .goto(let name):
      guard let steps = lesson?.chapter.steps else { return }
      let index =
        steps.firstIndex { $0.id == name }
        ?? Int(name).flatMap { steps.indices.contains($0 - 1) ? $0 - 1 : nil }
      guard let index else {
        stage.notice = "\(Phrases.noStep[stage.language]) \(name)"
        return
      }
      stage.go(to: steps[index].id)
      stage.reveal(first: true)
    }
  }
}
