/// Where a program is shown and keys come from.
///
/// All calls come from the thread that made the terminal.
public protocol Terminal {
  /// The size of the screen now.
  var size: Size { get }
  /// The drawing characters it can show.
  var glyphs: Glyphs { get }
  /// The colours it can show.
  var depth: ColorDepth { get }

  /// Whether it shows dark text on white.
  var isLight: Bool { get }

  /// Shows a frame of the terminal's size.
  mutating func show(_ canvas: Canvas)

  /// Waits until there is something to report, or until the signal is raised, then returns all
  /// there is.
  ///
  /// - Parameters:
  ///   - signal: Raised by other threads that have something for the program.
  ///   - timeout: The longest wait in milliseconds; nil waits for ever.
  /// - Returns: The events, none if the signal or the time ended the wait.
  mutating func events(wakingOn signal: WakeSignal, timeout: Int?) -> [TerminalEvent]

  /// Forgets the keys that were typed and not yet reported.
  mutating func dropPendingKeys()

  /// The time that has passed where it is not the clock's, as in a script whose pauses nobody waits for.
  var elapsed: Duration? { get }
}

extension Terminal {
  /// The user's own background.
  public var isLight: Bool { false }

  /// The clock's time.
  public var elapsed: Duration? { nil }
}
