public import TUI

/// Runs a talk, or follows one, in the terminal.
public enum TalkRunner {
  /// How a talk is given.
  public struct Options: Sendable {
    /// The language to begin in.
    public var language = Language.en
    /// Where the room's votes are kept; the user's state directory if nil.
    public var stateDirectory: String?
    /// Whether steps follow each other by the clock, up to each question.
    public var isAutoplay = false
    /// Whether nothing on the screen moves by itself but the clock.
    public var isStill = false
    /// What is mixed in questions follows from it.
    public var seed: UInt64 = 0
    /// The look of the terminal.
    public var terminal = NCursesTerminal.Options()

    /// A talk in English at the presenter's pace.
    public init() {}
  }

  /// Presents a chapter until the presenter leaves.
  ///
  /// - Parameters:
  ///   - name: The chapter's identifier or number.
  ///   - options: How.
  ///   - recording: Given the terminal's size, begins the recording; nil for none.
  /// - Returns: How it ended.
  /// - Throws: `StageError` for an unknown chapter, `ClassroomError` if somebody presents already.
  public static func present(
    _ name: String, _ options: Options, recording: (Size) throws -> Cast? = { _ in nil }
  ) throws -> CourseRunner.Ending {
    let stage = try Stage()
    let chapter = try stage.chapter(name, options.language)
    let server = try PresenterServer()
    defer { server.stop() }
    let file = ProgressFile(path: ProgressFile.path(stateDirectory: options.stateDirectory))
    let writer = ProgressWriter(file)
    let outcome = try TerminalRun.run(options.terminal, recording: recording) { screen in
      var app = stage.app(
        language: options.language, glyphs: screen.glyphs, depth: screen.depth)
      (app.seed, app.isStill) = (options.seed, options.isStill)
      app.open(chapter.id)
      let program = Presenter(
        stage: app, chapter: chapter, isAutoplay: options.isAutoplay, server: server,
        writer: writer)
      return (program, program.effects)
    }
    return CourseRunner.Ending(outcome: outcome, message: writer.farewell())
  }

  /// Follows whoever presents on this machine, until the reader leaves.
  ///
  /// - Parameters:
  ///   - language: The language until the presenter's is known.
  ///   - isStill: Whether nothing on the screen moves by itself.
  ///   - options: The look of the terminal.
  /// - Returns: Why it ended.
  /// - Throws: when there is no course or no usable terminal.
  public static func follow(
    language: Language, isStill: Bool = false, options: NCursesTerminal.Options
  ) throws -> RunOutcome {
    let stage = try Stage()
    return try TerminalRun.run(options, recording: { _ in nil }) { screen in
      var app = stage.app(language: language, glyphs: screen.glyphs, depth: screen.depth)
      app.isStill = isStill
      let program = Follower(stage: app)
      return (program, program.effects)
    }
  }
}
