public import TUI

/// Shows a class's tables in the terminal.
public enum ClassRunner {
  /// Runs until the reader leaves.
  ///
  /// - Parameters:
  ///   - tables: The tables.
  ///   - language: The language to begin in.
  ///   - options: The look of the terminal.
  /// - Returns: Why it ended.
  /// - Throws: when there is no course or no usable terminal.
  public static func show(
    _ tables: ClassTables, language: Language, options: NCursesTerminal.Options
  ) throws -> RunOutcome {
    let stage = try Stage()
    return try TerminalRun.run(options, recording: { _ in nil }) { _ in
      (ClassScreen(tables, stage: stage, language: language), [])
    }
  }
}
