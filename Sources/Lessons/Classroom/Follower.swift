public import TUI

/// The audience's side of a talk: what the presenter shows, until the reader goes their own way.
public struct Follower: Program {
  /// What can happen.
  public enum Message: Sendable {
    case event(TerminalEvent)
    case stage(App.Message)
    case news(SharedNews)
  }

  /// What comes from the presenter, closed to other rooms.
  public struct SharedNews: Sendable {
    let content: PresenterClient.News
  }

  /// What is shown.
  private(set) var stage: App
  /// Whether the presenter decides what is shown.
  private(set) var isFollowing = true
  /// What the presenter shows; nil before anything came.
  private(set) var latest: SharedView?
  /// Why nothing comes; nil while something does.
  private(set) var silence: String?
  /// True when the reader leaves.
  public var isFinished: Bool { stage.isFinished }
  private let path: String

  /// The key that goes back to what the presenter shows.
  static let joinKey = Key.char("w")

  init(stage: App, path: String = ClassroomSocket.path()) {
    self.stage = stage
    self.path = path
  }

  /// What following starts with: listening to the presenter.
  var effects: [Effect<Message>] {
    let path = path
    return [
      { mailbox in
        await PresenterClient.follow(at: path) { mailbox.post(.news(SharedNews(content: $0))) }
      }
    ]
  }

  /// The state decides what an event means, so all of them come in whole.
  public func message(for event: TerminalEvent) -> Message? { .event(event) }

  /// Changes the state; the only place that does.
  public mutating func update(_ message: Message) -> [Effect<Message>] {
    apply(message).map { work in
      { mailbox in for inner in work.results() { mailbox.post(.stage(inner)) } }
    }
  }

  /// The training that somebody started on the slide.
  public var standingWork: [String: Effect<Message>] { stage.standingWork { .stage($0) } }

  /// The change, and the work that it calls for.
  mutating func apply(_ message: Message) -> [Work] {
    switch message {
    case .event(.key(Self.joinKey)):
      isFollowing = true
      join()
    case .event(.key(let key)):
      // Any other key that acts is the reader's own way, unless it only closes what the reader opened.
      if latest != nil, stage.panel?.isOfTheStep != false,
        Keymap.intent(for: key, in: stage.context).map({ $0 != .language && $0 != .help }) == true
      {
        isFollowing = false
        (stage.vote, stage.told, stage.waitsForTimes) = (nil, nil, false)
      }
      stage.isBlank = false
      stage.apply(.event(.key(key)))
    case .event(let event): stage.apply(.event(event))
    case .stage(let inner):
      stage.apply(inner)
      // An answer can only be entered once the question's numbers are there.
      if case .filled = inner, isFollowing { join() }
    case .news(let news): take(news.content)
    }
    stage.unwritten = []
    stage.caption = caption
    return stage.takeWork()
  }

  /// Draws the state; depends on nothing else.
  public func view(on canvas: inout Canvas) { stage.view(on: &canvas) }

  private mutating func take(_ news: PresenterClient.News) {
    switch news {
    case .view(let view):
      (latest, silence) = (view, nil)
      if isFollowing { join() }
    case .gone(let reason): silence = reason
    }
  }

  private mutating func join() {
    guard let latest else { return }
    if !stage.follow(latest) {
      silence = "\(Phrases.otherCourse[stage.language]) (\(latest.step))"
    }
  }

  private var caption: String {
    let language = stage.language
    if let silence { return silence }
    if latest == nil { return Phrases.waitingForPresenter[language] }
    return isFollowing ? "" : Phrases.ownWay[language]
  }
}
