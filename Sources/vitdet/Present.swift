import ArgumentParser
import Glibc
import Lessons
import TUI

/// `vitdet present`: a chapter as a talk.
struct Present: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Give a chapter as a talk.",
    discussion: """
      Shows the step as the audience sees it, part by part, with the notes, the time and what comes next. \
      vitdet follow shows the audience's side in another terminal of this machine; vitdet ctl drives the talk.
      """)

  @Argument(help: "The chapter's identifier or number.")
  var chapter: String

  @Option(name: .customLong("state"), help: "The directory that the room's votes are kept in.")
  var stateDirectory: String?

  @Flag(help: "Go on by the clock, up to each question.")
  var autoplay = false

  @Option(
    help: "What mixes the steps that are to be brought into order; the same seed, the same mixture."
  )
  var seed: UInt64 = 0
  @OptionGroup var look: ScreenOptions

  @OptionGroup var recording: RecordingOptions

  func run() throws {
    var cast: Cast?
    var options = TalkRunner.Options()
    options.language = look.language ?? .en
    options.stateDirectory = stateDirectory
    (options.isAutoplay, options.isStill, options.seed) = (autoplay, look.isStill, seed)
    options.terminal = look.terminal
    let ending = try TalkRunner.present(chapter, options) { size in
      cast = try recording.cast(size: size, title: chapter)
      return cast
    }
    try RecordingOptions.check(cast)
    if let message = ending.message { throw CommandFailure(message) }
    try end(ending.outcome)
  }
}

/// `vitdet follow`: the audience's side of a talk.
struct Follow: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what the presenter on this machine shows, without the notes.",
    discussion: "Going elsewhere is allowed; w comes back to the presenter.")

  @OptionGroup var look: ScreenOptions

  func run() throws {
    try end(
      TalkRunner.follow(
        language: look.language ?? .en, isStill: look.isStill, options: look.terminal))
  }
}

/// `vitdet ctl`: a remote for a talk.
struct Control: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ctl",
    abstract: "Drive the presentation that runs on this machine.",
    discussion: "Commands: \(ControlCommand.words.joined(separator: ", ")).")

  @Argument(help: "The command, and for goto the step's identifier or number.")
  var command: [String]

  func validate() throws {
    do {
      _ = try ControlCommand(command)
    } catch {
      throw ValidationError("\(error)")
    }
  }

  func run() throws { try PresenterClient.control(command) }
}

/// Ends as a shell reports a program that a signal ended.
func end(_ outcome: RunOutcome) throws {
  switch outcome {
  case .finished: break
  case .terminated(let signal): throw ExitCode(128 + signal)
  case .hungUp: throw ExitCode(128 + SIGHUP)
  }
}
