import TUI
import Testing

@testable import Lessons

/// The times of a talk, and what the check wants of a chapter that is to be given as one.
@Suite struct TalkClockTests {
  private func chapter(_ times: [String], minutes: Int = 2, note: String = "Ask.") throws -> Chapter
  {
    let steps = times.enumerated().map { index, seconds in
      """
      ```{step} Step \(index)
      :id: talk.s\(index)\(seconds.isEmpty ? "" : "\n:seconds: \(seconds)")
      ```

      Words.

      ```{note}
      \(note)
      ```

      """
    }
    return try ChapterParser.parse(
      """
      ---
      format: 1
      id: talk
      title: Talk
      minutes: \(minutes)
      model: tiny
      objectives: [talk]
      ---

      # Talk

      \(steps.joined(separator: "\n"))
      """, file: "talk.md", language: .en)
  }

  @Test func authoredTimesHoldAndTheOthersShareTheRest() throws {
    #expect(TalkClock(try chapter(["", "", ""])).planned == [40, 40, 40])
    #expect(TalkClock(try chapter(["90", "", ""])).planned == [90, 15, 15])
    #expect(TalkClock(try chapter(["90", "10", "20"])).planned == [90, 10, 20])
  }

  @Test(arguments: ["4", "3601", "soon", "1.5", "-9"]) func whatIsNoTimeIsRefused(time: String) {
    let error = #expect(throws: LessonError.self) { try chapter([time]) }
    #expect(error?.message == "'\(time)' is no time for a step" && error?.line == 14)
  }

  @Test func timesThatDoNotFitAreFound() throws {
    let check = CourseCheck.withoutModel
    #expect(check.times(of: try chapter(["90", "10", "20"])).isEmpty)
    #expect(
      check.times(of: try chapter(["90", "10", "21"])).first?.message.contains("121") == true)
    #expect(check.times(of: try chapter(["90", "10", "19"])).count == 1)
  }

  @Test func aStepWithoutATimeIsFound() throws {
    let chapter = try chapter(["", "100", ""])
    let faults = CourseCheck.withoutModel.times(of: chapter)
    #expect(faults.map(\.line) == [chapter.steps[0].line, chapter.steps[2].line])
    #expect(faults.first?.suggestion?.contains("20 of the chapter's 120 are left for 2") == true)
  }

  @Test func aStepWithoutANoteIsFound() throws {
    let chapter = try chapter([""])
    var silent = chapter.steps[0]
    silent.notes = []
    #expect(CourseCheck.withoutModel.notes(of: chapter.steps[0], in: chapter).isEmpty)
    let fault = CourseCheck.withoutModel.notes(of: silent, in: chapter).first
    #expect(fault?.line == silent.line && fault?.message.contains("no {note}") == true)
  }
}

/// Mixing by a seed, and a screen on which nothing moves by itself.
@Suite struct TalkOptionsTests {
  private func item() throws -> Item { try KindsChapter.item("kinds.steps") }

  @Test func theSameSeedMixesTheSame() throws {
    let item = try item()
    var seen: Set<[Int]> = []
    for seed: UInt64 in 0..<20 {
      let order = OrderKind.shuffled(item, seed: seed)
      #expect(order == OrderKind.shuffled(item, seed: seed))
      #expect(order.sorted() == Array(item.options.indices) && order != order.sorted())
      seen.insert(order)
    }
    #expect(seen.count > 3)
  }

  @Test func aSeedReachesTheQuestionsOfATalk() throws {
    let stage = try SharedStage.get()
    var app = stage.app(language: .en, glyphs: .ascii, depth: .mono)
    app.seed = 7
    app.open("windows")
    let seeds = app.takeWork().compactMap { work in
      if case .fill(_, _, _, _, let seed) = work { seed } else { nil }
    }
    #expect(seeds == [7])
    let item = try item()
    let session = try ItemSession(item, in: SmallEnvironment(), seed: 7)
    #expect(session.draft == .order(OrderKind.shuffled(item, seed: 7)))
  }

  /// A measuring figure is asked for as a whole where nothing may move, and stage by stage otherwise.
  @Test(arguments: [true, false]) func aFigureInStagesComesWhole(isStill: Bool) throws {
    let stage = try SharedStage.get()
    var app = stage.app(language: .en, glyphs: .ascii, depth: .mono)
    app.isStill = isStill
    app.open("windows")
    app.go(to: "windows.map")
    let asked = app.takeWork().compactMap { work in
      if case .figure(_, _, _, let isWhole) = work { isWhole } else { nil }
    }
    #expect(asked == [isStill])
  }
}
