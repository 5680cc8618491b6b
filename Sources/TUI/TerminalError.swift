/// Why there is no screen to draw on.
public enum TerminalError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Standard input or output is a pipe or a file.
  case notATerminal(String)
  /// `TERM` names nothing that this machine knows.
  case unknownTerminal(String)
  /// The terminal has no way to move the cursor.
  case cannotPosition(String)
  /// The system refused what is needed.
  case unavailable(String)

  /// One line that says what is missing and what to do.
  public var description: String {
    switch self {
    case .notATerminal(let stream):
      "\(stream) is not a terminal; the interactive screen needs one"
    case .unknownTerminal(let name):
      """
      TERM=\(name.isEmpty ? "(not set)" : name) is not known on this machine; \
      set TERM to one that is, such as xterm-256color
      """
    case .cannotPosition(let name):
      "TERM=\(name) cannot move the cursor; the interactive screen needs that"
    case .unavailable(let reason): "the screen cannot be opened: \(reason)"
    }
  }
}
