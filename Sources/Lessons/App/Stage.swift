internal import Dispatch
internal import Synchronization
public import TUI

/// What a command needs to put a chapter on: the course, the model, and how a person names a chapter.
public struct Stage: Sendable {
  /// The course.
  public let course: Course
  /// Where the content is.
  public let directory: LessonsDirectory
  /// Where figures are computed.
  public let laboratory: Laboratory

  /// Opens the course that came with the program.
  public init() throws {
    let place = try LessonsDirectory.locate()
    directory = place
    // The model's weights are made while the chapters are read: a learner waits for both.
    let made = Mutex<Laboratory?>(nil)
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) {
      let laboratory = Laboratory(directory: place)
      made.withLock { $0 = laboratory }
    }
    var loaded = try Course.load(from: place.lessons, as: "lessons")
    loaded.withhold { CourseCheck.withoutModel.unevaluable(in: $0) }
    course = loaded
    group.wait()
    laboratory = made.withLock { $0 } ?? Laboratory(directory: place)
  }

  /// Another course on the same model.
  init(_ course: Course, on stage: Stage) {
    self.course = course
    directory = stage.directory
    laboratory = stage.laboratory
  }

  /// A chapter by its identifier or its number.
  public func chapter(_ name: String, _ language: Language) throws -> Chapter {
    guard
      let entry = course.entries.first(where: { $0.id == name || String($0.number) == name })
    else {
      let known = course.entries.map { "\($0.number) \($0.id)" }.joined(separator: ", ")
      throw StageError("there is no chapter '\(name)'; there are \(known)")
    }
    if let chapter = entry[language].chapter { return chapter }
    let reason = entry[language].errors.first.map { "\($0)" } ?? "it is not there in this language"
    throw StageError("chapter '\(entry.id)' is unavailable: \(reason)")
  }

  /// A step by its identifier or its number; the first for nil.
  public func step(_ name: String?, of chapter: Chapter) throws -> Step {
    guard let name else {
      guard let first = chapter.steps.first else {
        throw StageError("chapter '\(chapter.id)' has no steps")
      }
      return first
    }
    if let found = chapter.steps.first(where: { $0.id == name }) { return found }
    if let number = Int(name), chapter.steps.indices.contains(number - 1) {
      return chapter.steps[number - 1]
    }
    let known = chapter.steps.map(\.id).joined(separator: ", ")
    throw StageError("chapter '\(chapter.id)' has no step '\(name)'; it has \(known)")
  }

  /// The course as a program that keeps nothing of what is answered.
  func app(language: Language, glyphs: Glyphs, depth: ColorDepth) -> App {
    App(
      course: course, directory: directory, laboratory: laboratory, writer: nil,
      progress: Progress(), language: language, glyphs: glyphs, depth: depth)
  }

  /// Screens without a terminal.
  public func rehearsal(
    language: Language, size: Size, glyphs: Glyphs, depth: ColorDepth = .mono
  ) -> Rehearsal {
    Rehearsal(
      course: course, directory: directory, laboratory: laboratory, language: language, size: size,
      glyphs: glyphs, depth: depth)
  }
}

/// A name that the course does not have, in one sentence with the names that it has.
public struct StageError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// Creates an error from its sentence.
  public init(_ description: String) { self.description = description }
}
