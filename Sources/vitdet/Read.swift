import ArgumentParser
import Lessons
import TUI

/// Prints a chapter as plain text, and asks its questions if told to.
struct Read: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Read a chapter as plain text: prose, computed figures, questions.",
    discussion: """
      With --answer each question takes one line of standard input: a letter, several letters, a letter and a \
      number such as a 2, a number, a shape such as 2x3x4, or cells as row,column and rectangles as row,column-row,column. The word guess, fairly or \
      certain may follow. h gives a hint, s means you don't know.
      """)

  @Argument(help: "The chapter's identifier or number.")
  var chapter: String

  @Option(help: "One step only, by identifier or number.")
  var step: String?

  @Option(help: "The width of the text.")
  var width = 80

  @Flag(help: "Write with ASCII characters only.")
  var ascii = false

  @Option(name: .customLong("lang"), help: "The language: en or zh.")
  var language = Language.en

  @Flag(help: "Ask the questions, and keep the answers in the progress file.")
  var answer = false

  @Option(name: .customLong("state"), help: "The directory that progress is kept in.")
  var stateDirectory: String?

  func validate() throws {
    guard (20...1000).contains(width) else {
      throw ValidationError("--width must be from 20 to 1000")
    }
  }

  func run() throws {
    let stage = try Stage()
    let found = try stage.chapter(chapter, language)
    let only = try step.map { try stage.step($0, of: found) }
    let progress = ProgressFile(path: ProgressFile.path(stateDirectory: stateDirectory))
    let answers =
      answer ? PlainReader.Answers(input: { readLine() }, progress: progress) : nil
    let reader = PlainReader(
      found, stage: stage, columns: width, glyphs: ascii ? .ascii : .unicode, answers: answers,
      output: { StandardOutput.write($0) })
    try reader.read(only: only)
    if progress.unsaved > 0 {
      throw CommandFailure("\(progress.unsaved) answers could not be saved to \(progress.path)")
    }
  }
}
