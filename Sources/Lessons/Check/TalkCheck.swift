/// What a talk needs of a chapter: words for whoever gives it, and times that add up.
extension CourseCheck {
  /// Every step tells an instructor what to do with it.
  func notes(of step: Step, in chapter: Chapter) -> [LessonError] {
    if step.notes.contains(where: { !$0.isEmpty }) { return [] }
    return [
      chapter.error(
        step.line, 1, "the step '\(step.title)' has no {note}",
        "say what to ask here, what to expect and what to show")
    ]
  }

  /// Every step says how long it takes, and together they take the chapter's minutes.
  func times(of chapter: Chapter) -> [LessonError] {
    let silent = chapter.steps.filter { $0.seconds == nil }
    let (sum, planned) = (
      chapter.steps.compactMap(\.seconds).reduce(0, +), chapter.minutes * 60
    )
    guard silent.isEmpty else {
      return silent.map { step in
        chapter.error(
          step.line, 1, "the step '\(step.title)' does not say how long it takes",
          "add :seconds:; \(max(planned - sum, 0)) of the chapter's \(planned) are left for \(silent.count) steps"
        )
      }
    }
    guard sum != planned else { return [] }
    return [
      chapter.error(
        1, 1, "the steps' seconds add up to \(sum), the chapter has \(planned)",
        "change minutes: in the front matter, or the :seconds:")
    ]
  }
}
