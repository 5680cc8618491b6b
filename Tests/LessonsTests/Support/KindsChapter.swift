import Foundation
import Testing
import TUI

@testable import Lessons

/// A chapter with a question of each of the kinds that are more than one value: several options, a shape, an order.
///
/// It is about the real tiny preset, so that its screens can be drawn.
enum KindsChapter {
  static let text = file("en/09-kinds.md")

  /// The same in Chinese, which has the same identifiers, expressions and sizes.
  static let translated = file("zh/09-kinds.md")

  /// A file of `Tests/Fixtures/lessons`; empty, and so no chapter, if it cannot be read.
  private static func file(_ name: String) -> String {
    let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let file = tests.appendingPathComponent("Fixtures/lessons/\(name)")
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }

  /// The chapter parsed.
  static func chapter(
    _ text: String = Self.text, language: Language = .en
  ) throws(LessonError) -> Chapter {
    try ChapterParser.parse(text, file: "lessons/en/09-kinds.md", language: language)
  }

  /// The questions, in order.
  static func items() throws -> [Item] { try chapter().items }

  /// A question.
  static func item(_ id: String) throws -> Item { try #require(items().first { $0.id == id }) }

  /// A question with its numbers filled in and its answers evaluated, as a learner meets it.
  static func session(_ id: String) throws -> ItemSession {
    let facts = try #require(ModelFacts.presets["tiny"].map { ModelFacts(configuration: $0) })
    let item = try Filling(facts: facts, language: .en).fill(item(id))
    return try ItemSession(item, in: facts)
  }

  /// Screens of the chapter without a terminal, with the misconceptions of the course that is shipped.
  static func rehearsal(
    _ language: Language = .en, size: Size = Size(columns: 80, rows: 24), glyphs: Glyphs = .unicode
  ) throws -> Rehearsal {
    let stage = try stage()
    return Rehearsal(
      course: stage.course, directory: stage.directory, laboratory: stage.laboratory,
      language: language, size: size, glyphs: glyphs)
  }

  /// The chapter as a course, with the misconceptions of the course that is shipped.
  static func stage() throws -> Stage {
    let shipped = try SharedStage.get()
    let entry = Course.Entry(
      id: "kinds", number: 9,
      languages: [
        .en: .available(try chapter()), .zh: .available(try chapter(translated, language: .zh)),
      ])
    return Stage(
      Course(entries: [entry], misconceptions: shipped.course.misconceptions, problems: []),
      on: shipped)
  }
}
