import TUI
import Testing

@testable import Lessons

/// A vote in a talk, from the presenter's keys to the room's screen and the file.
@Suite struct AskTheRoomTests: TalkTests {
  private func type(_ text: String, on presenter: inout Presenter) {
    for character in text { press(.char(character), on: &presenter) }
  }

  /// What a follower's screen of the same size as the slide shows.
  private func audience(_ presenter: Presenter) throws -> String {
    let stage = try SharedStage.get()
    var app = stage.app(language: .en, glyphs: .ascii, depth: .mono)
    app.isAudience = true
    var follower = Follower(stage: app)
    func send(_ message: Follower.Message) {
      for work in follower.apply(message) {
        for result in work.results() { send(.stage(result)) }
      }
    }
    send(.event(.resize(presenter.stage.size)))
    let shared = try #require(presenter.stage.shared)
    let line = try #require(ClassroomMessage(line: ClassroomMessage(view: shared).line.dropLast()))
    send(.news(Follower.SharedNews(content: .view(try #require(line.view)))))
    var canvas = Canvas(size: presenter.stage.size, glyphs: .ascii, depth: .mono)
    follower.view(on: &canvas)
    return canvas.text
  }

  /// 4, 8, 9 (right), 121 and another: two votes with a talk between them, as an instructor takes them.
  @Test func twoShowsOfHandsAreTakenComparedAndKept() throws {
    var presenter = try presenter(Size(columns: 100, rows: 40))
    press(.char("A"), on: &presenter)
    #expect(text(presenter).contains("FIRST VOTE") && text(presenter).contains("121 windows"))
    type("1", on: &presenter)
    #expect(presenter.stage.vote?.marked == 0)
    type("12", on: &presenter)
    press(.down, on: &presenter)
    press(.down, on: &presenter)
    type("8", on: &presenter)
    type("d", on: &presenter)
    type("3", on: &presenter)
    #expect(presenter.stage.vote?.hands[0] == [12, 0, 8, 3, 0])
    #expect(text(presenter).contains("= 23"))
    var seen = try audience(presenter)
    #expect(seen.contains("FIRST VOTE") && !seen.contains("##"))
    press(.enter, on: &presenter)
    #expect(text(presenter).contains("TALK") && text(presenter).contains("let them talk"))
    #expect(text(presenter).contains("a  12  drops-the-rest"))
    seen = try audience(presenter)
    #expect(seen.contains("TALK") && !seen.contains("drops-the-rest") && !seen.contains("12  52 %"))
    press(.char("V"), on: &presenter)
    seen = try audience(presenter)
    #expect(seen.contains("12  52 %") && !seen.contains("drops-the-rest"))
    press(.enter, on: &presenter)
    type("a4", on: &presenter)
    type("c19", on: &presenter)
    press(.enter, on: &presenter)
    seen = try audience(presenter)
    #expect(seen.contains("(-8)") && seen.contains("(+11)") && !seen.contains("+ c"))
    #expect(!seen.contains("drops-the-rest"))
    press(.enter, on: &presenter)
    seen = try audience(presenter)
    #expect(seen.contains("+ c  9 windows") && seen.contains("drops-the-rest"))
    press(.enter, on: &presenter)
    #expect(presenter.stage.vote == nil && text(presenter).contains("Right"))
    #expect(presenter.unkept.map(\.round) == [1, 2])
    let first = try #require(presenter.unkept.first)
    #expect(first.kind == "vote" && first.item == "windows.count" && first.chapter == "windows")
    #expect(first.hands?.map(\.count) == [12, 0, 8, 3, 0])
    #expect(first.hands?.map(\.answer) == ["4", "8", "9", "121", "other"])
    #expect(first.hands?.map(\.right) == [false, false, true, false, false])
    #expect(first.hands?.first?.misconception == "drops-the-rest")
    #expect(first.answer == nil && first.right == nil)
    #expect(presenter.stage.unwritten.isEmpty)
  }

  @Test func aCorrectedCountIsKeptAgain() throws {
    var presenter = try presenter()
    press(.char("A"), on: &presenter)
    type("a5", on: &presenter)
    press(.enter, .pageUp, on: &presenter)
    #expect(presenter.stage.vote?.phase == .first)
    type("a6", on: &presenter)
    press(.enter, on: &presenter)
    #expect(presenter.unkept.map { $0.hands?.first?.count } == [5, 6])
    let progress = Progress(presenter.unkept)
    #expect(progress.rooms.count == 1 && progress.rooms.first?.rounds[1]?.first?.count == 6)
    #expect(progress.chapters.isEmpty)
  }

  @Test func leavingAndTellingEndAVoteEarly() throws {
    var presenter = try presenter()
    press(.char("A"), on: &presenter)
    type("a5", on: &presenter)
    press(.escape, on: &presenter)
    #expect(presenter.stage.vote?.marked == nil)
    press(.escape, on: &presenter)
    #expect(presenter.stage.vote == nil && presenter.unkept.isEmpty)
    press(.char("A"), .enter, on: &presenter)
    #expect(text(presenter).contains("No hands were counted"))
    press(.pageUp, .char("a"), .char("5"), .char("S"), on: &presenter)
    #expect(presenter.stage.vote?.phase == .told && presenter.unkept.count == 1)
    send(.command(.goto("2")), to: &presenter)
    #expect(presenter.stage.vote == nil)
  }

  @Test func whatARoomCannotBeAskedSaysWhy() throws {
    var presenter = try presenter(step: "windows.map")
    press(.char("A"), on: &presenter)
    #expect(text(presenter).contains("no question to ask"))
    send(.command(.goto("windows.sees")), to: &presenter)
    press(.char("A"), on: &presenter)
    #expect(presenter.stage.vote == nil && text(presenter).contains("no show of hands"))
  }

  @Test func aRemoteAsksAndCounts() throws {
    var presenter = try presenter()
    send(.command(try ControlCommand(["ask"])), to: &presenter)
    send(.command(try ControlCommand(["hands", "1", "2", "3", "4", "5"])), to: &presenter)
    #expect(presenter.stage.vote?.hands[0] == [1, 2, 3, 4, 5])
    send(.command(.hands([1, 2])), to: &presenter)
    #expect(text(presenter).contains("as many as the options"))
    send(.command(.next), to: &presenter)
    #expect(presenter.stage.vote?.phase == .talk)
    send(.command(.back), to: &presenter)
    #expect(presenter.stage.vote?.phase == .first)
    #expect(throws: ClassroomError.self) { try ControlCommand(["hands", "-1"]) }
    #expect(throws: ClassroomError.self) { try ControlCommand(["hands"]) }
  }

  /// Every answer and both its counts are in sight, at the smallest size too.
  @Test(arguments: [(60, 20), (80, 24), (100, 30), (130, 24), (200, 60)], Language.allCases)
  func everySizeShowsAllAnswers(size: (Int, Int), language: Language) throws {
    var presenter = try presenter(Size(columns: size.0, rows: size.1), language: language)
    press(.char("A"), on: &presenter)
    send(.command(.hands([101, 102, 103, 104, 105])), to: &presenter)
    press(.enter, .enter, on: &presenter)
    send(.command(.hands([201, 202, 203, 204, 205])), to: &presenter)
    press(.enter, .enter, on: &presenter)
    var slide = Canvas(size: presenter.stage.size, glyphs: .ascii, depth: .mono)
    presenter.stage.view(on: &slide)
    for count in [101, 102, 103, 104, 105, 201, 202, 203, 204, 205] {
      #expect(slide.text.contains("\(count)"), "\(slide.text)")
    }
    #expect(slide.text.contains("drops-the-rest"))
    // Where a row is all there is for an answer, its bar stands in it; only the smallest screen has no room for it.
    #expect(slide.text.contains("####") == (size.0 >= 80))
  }
}
