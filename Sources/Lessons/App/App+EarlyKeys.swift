import TUI

/// Keys that come before what they are meant for.
///
/// A step's words are on the screen at once; its question's numbers and the figure that is painted on come a moment later,
/// from another thread. Whoever answers in between means that question, so what was typed waits for it.
extension App {
  /// A key held down must not grow the memory without bounds.
  private static let mostEarlyEvents = 1024

  /// Whether the question that has the keys cannot take them yet, and will.
  private var awaitsQuestion: Bool {
    guard panel == nil, size.fits(Self.smallest), case .lesson(let lesson) = screen,
      lesson.isAsking, lesson.failure == nil,
      lesson.pane == .question || lesson.pane == .confidence
    else { return false }
    if lesson.session == nil { return true }
    guard lesson.context == .paint, let request = lesson.request else { return false }
    return switch figures[request] {
    case nil, .pending: true
    case .ready, .failed: false
    }
  }

  /// Keeps an event for the question that it is meant for.
  ///
  /// - Returns: False if it can be dealt with now.
  mutating func keepEarly(_ event: TerminalEvent) -> Bool {
    guard awaitsQuestion else { return false }
    switch event {
    case .paste: break
    case .key(let key):
      guard Keymap.intent(for: key, in: context)?.isForQuestion == true else { return false }
    default: return false
    }
    withLesson { if $0.early.count < Self.mostEarlyEvents { $0.early.append(event) } }
    return true
  }

  /// Deals with what was kept, in its order, once the question can take it.
  mutating func takeEarly() {
    guard case .lesson(let lesson) = screen, !lesson.early.isEmpty, !awaitsQuestion else { return }
    withLesson { $0.early = [] }
    for event in lesson.early { apply(.event(event)) }
  }
}

extension Intent {
  /// Whether it works on the step's question, rather than on the screen or the place in the chapter.
  fileprivate var isForQuestion: Bool {
    switch self {
    case .up, .down, .left, .right, .nextPane, .previousPane, .enter, .toggle, .fillRow, .choose,
      .type, .deleteBackward, .nextHint, .previousHint, .dontKnow:
      true
    case .next, .previous, .escape, .evidence, .source, .view, .honesty, .sandbox, .search, .list,
      .review, .reset, .language, .help, .quit, .suspend:
      false
    }
  }
}
