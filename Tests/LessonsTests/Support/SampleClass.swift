import Foundation

@testable import Lessons

/// A class that answered the questions of ``KindsChapter``, and the folder that was collected from it.
struct SampleClass {
  private let directory: TemporaryDirectory
  /// The folder that `class collect` made.
  var folder: String { directory.path + "/class" }

  /// Lets learners answer: the n-th one is right at the first `n % 5` questions, and follows a rule, has an answer
  /// of their own, or does not know at the others.
  init(learners: Int) throws {
    directory = try TemporaryDirectory()
    let encoder = JSONEncoder()
    var files: [String] = []
    for learner in 1...learners {
      let day = "2026-03-\(learner < 10 ? "0" : "")\(learner)"
      var events = [ProgressEvent(.start, session: "s\(learner)", time: "\(day)T08:00:00Z")]
      for (index, question) in Self.questions.enumerated() {
        var event = ProgressEvent(
          .answer, session: "s\(learner)", time: "\(day)T08:0\(index + 1):00Z", chapter: "kinds",
          item: question.item)
        event.right = index < learner % 5
        event.answer = "0"
        event.attempt = 1
        if event.right == true {
          event.confidence = "certain"
        } else if learner % 3 == 0 {
          event.answer = Answer.dontKnow.text
        } else {
          event.confidence = "guess"
          event.misconception = learner % 4 == 0 ? nil : question.rules[learner % 2]
        }
        events.append(event)
      }
      let text = try events.map {
        String(decoding: try encoder.encode($0), as: UTF8.self) + "\n"
      }.joined()
      let name = "learner \(learner < 10 ? "0" : "")\(learner).jsonl"
      try directory.write(text, to: name)
      files.append("\(directory.path)/\(name)")
    }
    _ = try ClassFolder(path: folder).collect(files, usesPseudonyms: false)
  }

  private static let questions = [
    (item: "kinds.holds", rules: ["k-is-the-side", "windows-overlap-or-shift"]),
    (item: "kinds.shape", rules: ["windows-not-tokens", "drops-the-rest"]),
    (item: "kinds.steps", rules: ["pad-before-norm", "windows-not-tokens"]),
    (item: "kinds.weights", rules: ["weights-grow-with-image", "windows-have-own-weights"]),
  ]

  /// Changes a table's text.
  func rewrite(_ table: String, _ change: (String) -> String) throws {
    try directory.write(change(try directory.text("class/\(table)")), to: "class/\(table)")
  }
}
