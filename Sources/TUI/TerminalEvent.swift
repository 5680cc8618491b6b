/// What a terminal reports.
public enum TerminalEvent: Sendable, Hashable {
  /// A key was pressed.
  case key(Key)
  /// Text was pasted, with line breaks as `\n`.
  case paste(String)
  /// The mouse did something.
  case mouse(Mouse)
  /// The screen has another size.
  case resize(Size)
  /// Whoever plays a script says something about the screen; empty to say no more.
  case caption(String)
  /// A recording of the screen could not go on, for this reason; the program can.
  case recordingEnded(String)
  /// The program was stopped and goes on; the screen is painted anew.
  case resumed
  /// The system asks the program to end, by this signal.
  case terminate(signal: Int32)
  /// The terminal is gone: nobody can see or type anything any more.
  case hungUp
}

/// What the mouse did, and where.
public struct Mouse: Sendable, Hashable {
  /// The actions that programs react to.
  public enum Action: Sendable, Hashable {
    case press, release, wheelUp, wheelDown
  }

  /// The action.
  public var action: Action
  /// The row on the screen.
  public var row: Int
  /// The column on the screen.
  public var column: Int

  /// Creates an event.
  public init(_ action: Action, row: Int, column: Int) {
    self.action = action
    self.row = row
    self.column = column
  }
}
