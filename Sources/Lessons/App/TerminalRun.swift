import TUI

/// Opens the terminal, runs a program on it, and leaves the terminal as it was.
enum TerminalRun {
  /// Runs until the program is finished or the terminal goes away.
  ///
  /// - Parameters:
  ///   - options: The look of the terminal.
  ///   - recording: Given the terminal's size, begins the recording that the frames go into as well; nil for none.
  ///   - make: Given the terminal, makes the program and the work that it starts with.
  /// - Returns: Why it ended.
  /// - Throws: when there is no usable terminal, or no place for the recording; the screen is then as it was.
  static func run<P: Program>(
    _ options: NCursesTerminal.Options, recording: (Size) throws -> Cast?,
    _ make: (NCursesTerminal) -> (program: P, effects: [Effect<P.Message>])
  ) throws -> RunOutcome {
    let screen = try NCursesTerminal(options: options)
    defer { screen.close() }
    let cast = try recording(screen.size)
    var (program, effects) = make(screen)
    if let cast {
      defer { cast.end() }
      var recorded = RecordingTerminal(screen, into: cast)
      return TUI.run(&program, on: &recorded, effects: effects)
    }
    var plain = screen
    return TUI.run(&program, on: &plain, effects: effects)
  }
}
