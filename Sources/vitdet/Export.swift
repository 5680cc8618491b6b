import ArgumentParser
import Lessons
import ViTDetMini

/// Writes a chapter as a hand-out.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a chapter as a hand-out: prose, computed figures, questions.",
    discussion: """
      --html makes one file that needs nothing else, for screens and for printing. Hints are in it, closed; answers, \
      with what speaks against each foreseen wrong one, only with --answers.
      """)

  @Argument(help: "The chapter's identifier or number.")
  var chapter: String

  @Option(help: "The HTML file to write.")
  var html: String?

  @Option(name: .customLong("lang"), help: "The language: en or zh.")
  var language = Language.en

  @Flag(inversion: .prefixedNo, help: "Put the answers in.")
  var answers = false

  func validate() throws {
    if html == nil { throw ValidationError("say where to write: --html FILE") }
  }

  func run() throws {
    guard let html else { return }
    let stage = try Stage()
    let found = try stage.chapter(chapter, language)
    // Begun first: figures can take a while, and a place that cannot be written is to be told at once.
    let file = try ReplacedFile(path: html)
    let handout = try Handout(found, stage: stage, hasAnswers: answers)
    try file.write(try HandoutHTML(handout).page().utf8)
    try file.commit()
  }
}
