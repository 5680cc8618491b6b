extension ColorDepth {
  /// The colours for text that is written straight to the terminal, without ncurses.
  ///
  /// The same rules as for screens, with the terminal's name in place of its entry.
  ///
  /// - Parameters:
  ///   - explicit: What the user asked for, if anything.
  ///   - environment: The environment's variables.
  /// - Returns: The colours to write in.
  public static func forOutput(
    explicit: ColorDepth? = nil, environment: [String: String]
  ) -> ColorDepth {
    let term = environment["TERM"] ?? ""
    let colors = term.contains("direct") ? 1 << 24 : term.contains("256") ? 256 : 8
    return TerminalChoices.depth(
      explicit: explicit, environment: environment, entryColors: term.isEmpty ? 0 : colors)
  }
}
