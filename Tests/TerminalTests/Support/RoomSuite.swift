import TUI

/// A suite that runs the built program in several terminals, as a talk and its audience do.
protocol RoomSuite {
  /// What the programs share, such as where the presenter's socket is.
  var environment: [String: String] { get }
  /// The size of their terminals.
  var size: Size { get }
}

extension RoomSuite {
  var environment: [String: String] { [:] }
  var size: Size { Size(columns: 80, rows: 24) }

  /// Starts the program in a terminal of its own.
  func start(_ arguments: [String]) throws -> PtySession {
    try PtySession(BuiltProgram.path("vitdet"), arguments, environment: environment, size: size)
  }
}
