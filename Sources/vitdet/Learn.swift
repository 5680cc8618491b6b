import ArgumentParser
import Lessons
import TUI

struct Learn: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open the course where you left it, or one chapter.")

  @Argument(help: "The chapter's identifier or number.")
  var chapter: String?

  @Option(name: .customLong("state"), help: "The directory that progress is kept in.")
  var stateDirectory: String?

  @Option(
    help: "What mixes the steps that are to be brought into order; the same seed, the same mixture."
  )
  var seed: UInt64 = 0
  @OptionGroup var look: ScreenOptions

  @OptionGroup var recording: RecordingOptions

  func run() throws {
    if let reason = ScreenOptions.whyPlain {
      try readInstead(because: reason)
      return
    }
    var runner = CourseRunner(
      chapter: chapter, language: look.language, stateDirectory: stateDirectory,
      terminal: look.terminal)
    (runner.seed, runner.isStill) = (seed, look.isStill)
    var cast: Cast?
    let ending = try runner.run { size in
      cast = try recording.cast(size: size, title: "vitdet")
      return cast
    }
    try RecordingOptions.check(cast)
    if let message = ending.message { throw CommandFailure(message) }
    try end(ending.outcome)
  }
}

extension Learn {
  /// Gives the chapter as plain text, for pipes, logs and screen readers.
  private func readInstead(because reason: String) throws {
    let stage = try Stage()
    let file = ProgressFile(path: ProgressFile.path(stateDirectory: stateDirectory))
    let progress = Progress(file.read().events)
    guard let name = chapter ?? progress.lastChapter ?? stage.course.entries.first?.id else {
      throw CommandFailure("the course has no chapters")
    }
    let found = try stage.chapter(name, look.language ?? progress.language ?? .en)
    StandardError.write("\(reason): reading chapter \(found.id) as plain text (vitdet read)\n")
    let reader = PlainReader(
      found, stage: stage, columns: 80, glyphs: look.ascii ? .ascii : .unicode, answers: nil,
      output: { StandardOutput.write($0) })
    try reader.read(only: nil)
  }
}

/// A failure whose sentence is the whole story.
struct CommandFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
