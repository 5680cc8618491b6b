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

  /// The steps' own seconds fit into the chapter's minutes, and fill them if all steps have some.
  func times(of chapter: Chapter) -> [LessonError] {
    let given = chapter.steps.compactMap(\.seconds)
    guard !given.isEmpty else { return [] }
    let (sum, planned) = (given.reduce(0, +), chapter.minutes * 60)
    let open = chapter.steps.count - given.count
    // A step without a time of its own still has to be shown.
    guard sum + open * 5 > planned || (open == 0 && sum != planned) else { return [] }
    return [
      chapter.error(
        1, 1, "the steps' seconds add up to \(sum), the chapter has \(planned)",
        "change minutes: in the front matter, or the :seconds:")
    ]
  }
}
