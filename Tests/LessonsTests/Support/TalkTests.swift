import TUI

@testable import Lessons

/// A suite about talks, without a terminal.
protocol TalkTests {}

extension TalkTests {
  /// A presenter at a step of the chapter about windows.
  func presenter(
    _ size: Size = Size(columns: 80, rows: 24), step: String? = nil, language: Language = .en,
    isAutoplay: Bool = false
  ) throws -> Presenter {
    let stage = try SharedStage.get()
    let chapter = try stage.chapter("windows", language)
    var app = stage.app(language: language, glyphs: .ascii, depth: .mono)
    app.open(chapter.id)
    if let step { app.go(to: step) }
    var presenter = Presenter(stage: app, chapter: chapter, isAutoplay: isAutoplay, server: nil)
    send(.event(.resize(size)), to: &presenter)
    return presenter
  }

  /// Delivers a message and the work that follows from it, in place.
  func send(_ message: Presenter.Message, to presenter: inout Presenter) {
    for work in presenter.apply(message) {
      for result in work.results() { send(.stage(result), to: &presenter) }
    }
  }

  func press(_ keys: Key..., on presenter: inout Presenter) {
    for key in keys { send(.event(.key(key)), to: &presenter) }
  }

  /// What stands on the presenter's screen.
  func text(_ presenter: Presenter) -> String {
    var canvas = Canvas(size: presenter.size, glyphs: .ascii, depth: .mono)
    presenter.view(on: &canvas)
    return canvas.text
  }
}
