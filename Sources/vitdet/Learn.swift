import ArgumentParser
import Glibc
import Lessons
import TUI

struct Learn: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open the course where you left it, or one chapter.")

  @Argument(help: "The chapter's identifier or number.")
  var chapter: String?

  @Option(name: .customLong("state"), help: "The directory that progress is kept in.")
  var stateDirectory: String?

  @OptionGroup var look: ScreenOptions

  func run() throws {
    let runner = CourseRunner(
      chapter: chapter, language: look.language, stateDirectory: stateDirectory,
      terminal: NCursesTerminal.Options(depth: look.color?.depth, isASCII: look.ascii))
    let ending = try runner.run()
    if let message = ending.message { throw CommandFailure(message) }
    switch ending.outcome {
    case .finished: break
    // As a shell reports a program that the signal ended.
    case .terminated(let signal): throw ExitCode(128 + signal)
    case .hungUp: throw ExitCode(128 + SIGHUP)
    }
  }
}

/// A failure whose sentence is the whole story.
struct CommandFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
