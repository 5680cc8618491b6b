/// Work outside the program: it runs on another thread and answers with messages.
///
/// An effect that runs long should end when its task is cancelled, which happens when the program
/// is finished.
public typealias Effect<Message: Sendable> = @Sendable (Mailbox<Message>) async -> Void

/// A program as state, update and view.
public protocol Program {
  /// What can happen, from the keyboard or from an effect.
  associatedtype Message: Sendable

  /// What an event means in the present state; nil if nothing.
  ///
  /// The first event of a run is a `resize` with the screen's size. At `terminate` and `hungUp` the
  /// message is still delivered, and then the run ends whatever the program says.
  func message(for event: TerminalEvent) -> Message?

  /// Changes the state; the only place that does. Returns the work to start.
  mutating func update(_ message: Message) -> [Effect<Message>]

  /// The work that the state asks for as long as it lasts, by name.
  ///
  /// After each update the loop starts what is new here and cancels what is gone, so a program that turns to something else
  /// only has to stop asking. What has ended by itself starts again only after it was gone.
  var standingWork: [String: Effect<Message>] { get }

  /// Draws the state, and depends on nothing else.
  func view(on canvas: inout Canvas)

  /// Whether the run is over.
  var isFinished: Bool { get }
}

extension Program {
  /// None, as for most programs.
  public var standingWork: [String: Effect<Message>] { [:] }
}
