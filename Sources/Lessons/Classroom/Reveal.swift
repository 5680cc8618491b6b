/// Showing a step part by part. The numbering of steps never changes by it.
extension LessonState {
  /// The number of parts that a step is shown in: its blocks, and for a question what it asks first.
  var parts: Int { step.blocks.count }

  /// The blocks that are shown now.
  var revealedBlocks: ArraySlice<Block> {
    let blocks = shownStep.blocks
    return revealed.map { blocks.prefix($0) } ?? blocks[...]
  }
}

extension App {
  /// Begins a step with its first part, or shows all of it.
  mutating func reveal(first: Bool) {
    withLesson { lesson in
      lesson.revealed = first && lesson.parts > 1 ? 1 : nil
      lesson.resetFigure()
    }
  }

  /// Shows one part more; false if all are shown.
  mutating func revealNext() -> Bool {
    guard case .lesson(let lesson) = screen, let shown = lesson.revealed else { return false }
    withLesson { lesson in
      lesson.revealed = shown + 1 < lesson.parts ? shown + 1 : nil
      lesson.resetFigure()
    }
    return true
  }

  /// Takes the last part away; false if only one is left.
  mutating func concealLast() -> Bool {
    guard case .lesson(let lesson) = screen else { return false }
    let shown = lesson.revealed ?? lesson.parts
    guard shown > 1 else { return false }
    withLesson { lesson in
      lesson.revealed = shown - 1
      lesson.resetFigure()
    }
    return true
  }
}
