public import TUI

/// Runs the course in the terminal until the learner leaves.
public struct CourseRunner {
  /// Where progress is kept; the user's state directory if nil.
  public var stateDirectory: String?
  /// The chapter to open; the list if nil.
  public var chapter: String?
  /// The language; the learner's last one if nil.
  public var language: Language?
  /// The look that the command line asks for.
  public var terminal: NCursesTerminal.Options

  /// What is mixed in questions follows from it.
  public var seed: UInt64 = 0
  /// Whether nothing on the screen moves by itself.
  public var isStill = false

  /// Creates a runner.
  public init(
    chapter: String? = nil, language: Language? = nil, stateDirectory: String? = nil,
    terminal: NCursesTerminal.Options = NCursesTerminal.Options()
  ) {
    self.chapter = chapter
    self.language = language
    self.stateDirectory = stateDirectory
    self.terminal = terminal
  }

  /// How the course ended.
  public struct Ending: Sendable {
    /// Why.
    public var outcome: RunOutcome
    /// What must still be said once the screen is gone, such as events that could not be saved.
    public var message: String?
  }

  /// Opens the course, runs it, and saves everything before it returns.
  ///
  /// - Parameter recording: Given the terminal's size, begins the recording that the frames go into as well; nil for none.
  /// - Returns: How it ended.
  /// - Throws: when there is no course, no such chapter, no usable terminal, or no place for the recording.
  public func run(recording: (Size) throws -> Cast? = { _ in nil }) throws -> Ending {
    let stage = try Stage()
    let file = ProgressFile(path: ProgressFile.path(stateDirectory: stateDirectory))
    let contents = file.read()
    let progress = Progress(contents.events)
    let language = language ?? progress.language ?? .en
    // Checked before the screen changes, so that the answer is an ordinary error line.
    let first = try chapter.map { try stage.chapter($0, language) }

    let writer = ProgressWriter(file)
    let outcome = try TerminalRun.run(terminal, recording: recording) { screen in
      var app = App(
        course: stage.course, directory: stage.directory, laboratory: stage.laboratory,
        writer: writer, progress: progress, language: language, glyphs: screen.glyphs,
        depth: screen.depth)
      app.selectedChapter = stage.course.entries.firstIndex { $0.id == progress.lastChapter } ?? 0
      (app.seed, app.isStill) = (seed, isStill)
      if let first { app.open(first.id) }
      app.notice = contents.notices.first?[language]
      return (app, [])
    }
    return Ending(outcome: outcome, message: writer.farewell())
  }
}
