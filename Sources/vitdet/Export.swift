import ArgumentParser
import Foundation
import Lessons
import ViTDetMini

/// Writes a chapter as a hand-out.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write a chapter as a hand-out: prose, computed figures, questions.",
    discussion: """
      --html makes one file that needs nothing else, for screens and for printing. --md makes CHAPTER.LANGUAGE.md in a \
      folder, with its drawings as .svg files beside it. Hints are in both; answers, with what speaks against each \
      foreseen wrong one, only with --answers.
      """)

  @Argument(help: "The chapter's identifier or number.")
  var chapter: String

  @Option(help: "The HTML file to write.")
  var html: String?

  @Option(help: "The folder to write Markdown and drawings to; made if it is not there.")
  var md: String?

  @Option(name: .customLong("lang"), help: "The language: en or zh.")
  var language = Language.en

  @Flag(inversion: .prefixedNo, help: "Put the answers in.")
  var answers = false

  func validate() throws {
    if html == nil && md == nil {
      throw ValidationError("say where to write: --html FILE or --md DIR")
    }
  }

  func run() throws {
    let stage = try Stage()
    let found = try stage.chapter(chapter, language)
    // Begun first: figures can take a while, and a place that cannot be written is to be told at once.
    let page = try html.map { try ReplacedFile(path: $0) }
    if let md { try makeDirectory(md) }
    let handout = try Handout(found, stage: stage, hasAnswers: answers)
    if let page {
      try page.write(try HandoutHTML(handout).page().utf8)
      try page.commit()
    }
    guard let md else { return }
    // The text last: whoever finds it finds its drawings.
    for (name, text) in try HandoutMarkdown(handout).files().reversed() {
      let file = try ReplacedFile(path: "\(md)/\(name)")
      try file.write(text.utf8)
      try file.commit()
    }
  }

  private func makeDirectory(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true)
    } catch {
      throw CommandFailure("\(path): cannot be made: \(error.localizedDescription)")
    }
  }
}
