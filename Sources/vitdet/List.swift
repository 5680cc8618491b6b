import ArgumentParser
import Lessons

/// Lists the chapters.
struct List: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "List the chapters of the course.")

  @Flag(help: "Print one JSON object.")
  var json = false

  @Option(name: .customLong("lang"), help: "The language: en or zh.")
  var language = Language.en

  func run() throws {
    let outline = CourseOutline(try Stage().course, language: language)
    if json { print(try jsonText(outline)) } else { outline.lines.forEach { print($0) } }
  }
}
