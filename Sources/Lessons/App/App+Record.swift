/// Changing the lesson on the screen, and keeping what the learner did.
extension App {
  mutating func withLesson(_ body: (inout LessonState) -> Void) {
    guard case .lesson(var lesson) = screen else { return }
    body(&lesson)
    screen = .lesson(lesson)
  }

  mutating func withSession(_ body: (inout ItemSession) -> Void) {
    withLesson { lesson in
      guard let id = lesson.item?.id, var session = lesson.sessions[id] else { return }
      body(&session)
      lesson.sessions[id] = session
    }
  }

  mutating func record(_ event: ProgressEvent) {
    progress.apply(event)
    unwritten.append(event)
  }

  mutating func recordStep() {
    guard case .lesson(let lesson) = screen else { return }
    record(
      ProgressEvent(
        .step, session: sessionID, chapter: lesson.chapter.id, step: lesson.step.id))
  }
}
