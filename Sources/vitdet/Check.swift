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

  @Argument(
    help: """
      A lessons directory or one chapter's file. Without it: lessons in the current directory, or else \
      the course that came with the program.
      """)
  var path: String?

  func run() throws {
    let own = try LessonsDirectory.locate()
    let isAtHand = access("lessons/course.yaml", R_OK) == 0
    let target = path ?? (isAtHand ? "lessons" : own.lessons)
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
