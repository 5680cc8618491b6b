public import TUI

/// Runs a talk, or follows one, in the terminal.
public enum TalkRunner {
  /// Presents a chapter until the presenter leaves.
  ///
  /// - Parameters:
  ///   - name: The chapter's identifier or number.
  ///   - language: The language to begin in.
  ///   - stateDirectory: Where the room's votes are kept; the user's state directory if nil.
  ///   - isAutoplay: Whether steps follow each other by the clock, up to each question.
  ///   - options: The look of the terminal.
  ///   - recording: Given the terminal's size, begins the recording; nil for none.
  /// - Returns: How it ended.
  /// - Throws: `StageError` for an unknown chapter, `ClassroomError` if somebody presents already.
  public static func present(
    _ name: String, language: Language, stateDirectory: String? = nil, isAutoplay: Bool,
    options: NCursesTerminal.Options,
    recording: (Size) throws -> Cast? = { _ in nil }
  ) throws -> CourseRunner.Ending {
    let stage = try Stage()
    let chapter = try stage.chapter(name, language)
    let server = try PresenterServer()
    defer { server.stop() }
    let file = ProgressFile(path: ProgressFile.path(stateDirectory: stateDirectory))
    let writer = ProgressWriter(file)
    let outcome = try TerminalRun.run(options, recording: recording) { screen in
      var app = stage.app(language: language, glyphs: screen.glyphs, depth: screen.depth)
      app.open(chapter.id)
      let program = Presenter(
        stage: app, chapter: chapter, isAutoplay: isAutoplay, server: server, writer: writer)
      return (program, program.effects)
    }
    return CourseRunner.Ending(outcome: outcome, message: writer.farewell())
  }

  /// Follows whoever presents on this machine, until the reader leaves.
  ///
  /// - Parameters:
  ///   - language: The language until the presenter's is known.
  ///   - options: The look of the terminal.
  /// - Returns: Why it ended.
  /// - Throws: when there is no course or no usable terminal.
  public static func follow(
    language: Language, options: NCursesTerminal.Options
  ) throws -> RunOutcome {
    let stage = try Stage()
    return try TerminalRun.run(options, recording: { _ in nil }) { screen in
      let program = Follower(
        stage: stage.app(language: language, glyphs: screen.glyphs, depth: screen.depth))
      return (program, program.effects)
    }
  }
}
