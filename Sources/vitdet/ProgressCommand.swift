import ArgumentParser
import Lessons

/// Reports where a learner stands.
struct ProgressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "progress", abstract: "Report where you stand in each chapter.")

  @Flag(help: "Print one JSON object.")
  var json = false

  @Option(name: .customLong("lang"), help: "The language: en or zh.")
  var language = Language.en

  @Option(name: .customLong("state"), help: "The directory that progress is kept in.")
  var stateDirectory: String?

  func run() throws {
    let file = ProgressFile(path: ProgressFile.path(stateDirectory: stateDirectory))
    let contents = file.read()
    let report = ProgressReport(contents, file: file.path, course: try Stage().course)
    if json {
      print(try jsonText(report))
    } else {
      report.lines(language).forEach { print($0) }
      contents.notices.forEach { print($0[language]) }
    }
  }
}
