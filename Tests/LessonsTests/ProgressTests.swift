import Testing

@testable import Lessons

@Suite struct ProgressTests {
  private func answer(
    _ item: String, right: Bool, hints: Int = 0, misconception: String? = nil
  ) -> ProgressEvent {
    var event = ProgressEvent(.answer, session: "s", time: "t", chapter: "windows", item: item)
    event.right = right
    event.hints = hints
    event.misconception = misconception
    return event
  }

  private func step(_ step: String, _ chapter: String = "windows") -> ProgressEvent {
    ProgressEvent(.step, session: "s", chapter: chapter, step: step)
  }

  @Test func resumesAtTheLastStepOfTheLastChapter() {
    let progress = Progress([step("windows.a"), step("patches.b", "patches"), step("windows.c")])
    #expect(progress.lastChapter == "windows")
    #expect(progress.chapters["windows"]?.step == "windows.c")
    #expect(progress.chapters["windows"]?.visited == ["windows.a", "windows.c"])
    #expect(progress.chapters["patches"]?.step == "patches.b")
  }

  @Test func theFirstTryStaysWhatItWas() {
    let progress = Progress([
      answer("windows.x", right: false, hints: 1, misconception: "pad-is-masked"),
      answer("windows.x", right: true, hints: 2), answer("windows.y", right: true),
    ])
    let x = progress.chapters["windows"]?.items["windows.x"]
    #expect(x?.firstTry == false && x?.isSolved == true && x?.attempts == 2 && x?.hints == 2)
    #expect(x?.misconception == nil)
    #expect(progress.chapters["windows"]?.items["windows.y"]?.firstTry == true)
  }

  @Test func keepsTheLanguageAndTheObservations() {
    let progress = Progress([
      ProgressEvent(.start, session: "s", language: .en),
      ProgressEvent(.observe, session: "s", chapter: "windows", item: "windows.turn"),
      ProgressEvent(.language, session: "s", language: .zh),
    ])
    #expect(progress.language == .zh)
    #expect(progress.chapters["windows"]?.observations == ["windows.turn"])
  }

  @Test func resetForgetsAChapterOrEverything() {
    var progress = Progress([step("windows.a"), step("patches.b", "patches")])
    progress.apply(ProgressEvent(.reset, session: "s", chapter: "patches"))
    #expect(progress.chapters.keys.sorted() == ["windows"] && progress.lastChapter == nil)
    progress.apply(ProgressEvent(.reset, session: "s"))
    #expect(progress == Progress())
  }

  @Test func anEventWithoutItsFieldsChangesNothing() {
    var broken = answer("windows.x", right: true)
    broken.right = nil
    var future = step("windows.a")
    future.v = 2
    #expect(Progress([broken, future, ProgressEvent(.step, session: "s")]) == Progress())
  }

  @Test func timestampsAreISO8601() {
    let time = ProgressEvent.timestamp()
    #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) != nil, "\(time)")
  }
}
