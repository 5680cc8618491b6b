public import TUI

/// Screens without a terminal: the same program, with its work run in place.
public struct Rehearsal {
  /// The program.
  var app: App
  /// Whether screens are dark on white.
  public var isLight = false

  /// Starts a program that keeps nothing.
  public init(
    course: Course, directory: LessonsDirectory, laboratory: Laboratory, language: Language,
    size: Size, glyphs: Glyphs, depth: ColorDepth = .mono
  ) {
    app = App(
      course: course, directory: directory, laboratory: laboratory, writer: nil,
      progress: Progress(), language: language, glyphs: glyphs, depth: depth)
    send(.event(.resize(size)))
  }

  /// Delivers a message and everything that follows from it.
  mutating func send(_ message: App.Message) {
    var waiting = [message]
    while !waiting.isEmpty {
      let next = waiting.removeFirst()
      app.apply(next)
      for work in app.takeWork() { waiting += work.results() }
    }
  }

  /// Presses keys, one after the other.
  public mutating func press(_ keys: Key...) {
    for key in keys { send(.event(.key(key))) }
  }

  /// Goes to a step of a chapter; false if there is none.
  public mutating func go(to chapter: String, step: String? = nil) -> Bool {
    app.open(chapter)
    guard case .lesson(var lesson) = app.screen else { return false }
    if let step {
      guard let index = lesson.chapter.steps.firstIndex(where: { $0.id == step }) else {
        return false
      }
      lesson.index = index
    } else {
      lesson.index = 0
    }
    lesson.enterStep()
    app.screen = .lesson(lesson)
    // Any event makes the program take up the step's work.
    send(.event(.resumed))
    return true
  }

  /// The screen as it is now.
  public var canvas: Canvas {
    var canvas = Canvas(
      size: app.size, glyphs: app.glyphs, depth: app.depth, isLight: isLight)
    app.view(on: &canvas)
    return canvas
  }
}
