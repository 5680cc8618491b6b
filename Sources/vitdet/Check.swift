import ArgumentParser
import Glibc
import Lessons

/// Proves a course, or one chapter of it.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prove a course: every expression, question, figure and translation.",
    discussion: """
      Each fault is one line, file:line:column: what is wrong; what would be right, with the line \
      below it. Exit status 1 if there is any.
      """)

  @Argument(help: "A lessons directory or one chapter's file; the program's own course without it.")
  var path: String?

  func run() throws {
    let own = try LessonsDirectory.locate()
    let target = path ?? own.lessons
    let check = CourseCheck(directory: own, laboratory: Laboratory(directory: own))
    let report = try CheckReport(path: target, check: check)
    for problem in report.problems { print(problem) }
    guard report.problems.isEmpty else {
      throw CheckFailed(count: report.problems.count)
    }
    print("\(target): \(report.chapters) chapter files, no faults")
  }
}

/// Faults were found and printed.
struct CheckFailed: Error, CustomStringConvertible {
  let count: Int
  var description: String { count == 1 ? "1 fault" : "\(count) faults" }
}
