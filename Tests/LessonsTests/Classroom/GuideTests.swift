import Foundation
import TUI
import Testing

@testable import Lessons

/// The plans of the instructor's guide: their steps exist, and their times are those of the talk's clock.
@Suite struct GuideTests {
  /// A row of a plan: its steps, the time that it says they take, and the vote that it asks for.
  struct Row {
    var steps: [String]
    var clock: String
    var minutes: Int
    var vote: String?
  }

  private func plan(_ minutes: Int, _ language: Language) throws -> (rows: [Row], sum: String) {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "lessons/guide.\(language.rawValue).md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(text.range(of: "<!-- plan \(minutes) -->\n")).upperBound
    let end = try #require(text.range(of: "<!-- /plan -->", range: start..<text.endIndex))
      .lowerBound
    let lines = text[start..<end].split(separator: "\n").map(String.init)
    let rows = lines.filter { $0.hasPrefix("| ") }.dropFirst(2).map { line -> Row in
      let cells = line.dropFirst().split(separator: "|", omittingEmptySubsequences: false)
      func quoted(_ cell: Substring) -> [String] {
        cell.split(separator: "`").map(String.init).filter { $0.contains(".") }
      }
      return Row(
        steps: quoted(cells[0]), clock: cells[1].trimmingCharacters(in: .whitespaces),
        minutes: Int(cells[2].drop { !$0.isNumber }.prefix { $0.isNumber }) ?? 0,
        vote: quoted(cells[2]).first)
    }
    return (rows, try #require(lines.last))
  }

  private static let plans = [45, 90].flatMap { minutes in Language.allCases.map { (minutes, $0) } }

  @Test(arguments: plans) func theTimesAreThoseOfTheClockAndAddUp(
    minutes: Int, language: Language
  ) throws {
    let stage = try SharedStage.get()
    let (rows, sum) = try plan(minutes, language)
    #expect(rows.count > 8)
    var (seconds, room) = (0, 0)
    for row in rows {
      let times = try row.steps.map { id in
        let chapter = try stage.chapter(String(id.prefix { $0 != "." }), language)
        let index = try #require(chapter.steps.firstIndex { $0.id == id }, "\(id)")
        return TalkClock(chapter).planned[index]
      }
      let time = times.reduce(0, +)
      #expect(row.clock == TalkClock.text(time), "\(row.steps)")
      seconds += time
      room += row.minutes
      if let vote = row.vote {
        #expect(row.steps.contains(vote) && row.minutes >= 3)
        let chapter = try stage.chapter(String(vote.prefix { $0 != "." }), language)
        let kind = chapter.steps.first { $0.id == vote }?.question?.kind
        #expect(kind != nil && kind != .order && kind != .paint, "\(vote)")
      }
    }
    let total = seconds + room * 60
    #expect(total <= minutes * 60 && total > minutes * 60 - 120, "\(TalkClock.text(total))")
    #expect(sum.contains(TalkClock.text(seconds)) && sum.contains(TalkClock.text(total)), "\(sum)")
  }

  /// Both guides plan the same.
  @Test(arguments: [45, 90]) func theLanguagesAgree(minutes: Int) throws {
    let (en, zh) = (try plan(minutes, .en).rows, try plan(minutes, .zh).rows)
    #expect(en.map(\.steps) == zh.map(\.steps) && en.map(\.minutes) == zh.map(\.minutes))
    #expect(en.map(\.vote) == zh.map(\.vote))
  }

  /// Autoplay gives each step its time, waits at each question, and so takes as long as the plan says.
  @Test(arguments: plans) func aPlanPlaysThrough(minutes: Int, language: Language) throws {
    let stage = try SharedStage.get()
    let steps = try plan(minutes, language).rows.flatMap(\.steps)
    for (name, ids) in Dictionary(grouping: steps, by: { String($0.prefix { $0 != "." }) }) {
      let chapter = try stage.chapter(name, language)
      var app = stage.app(language: language, glyphs: .ascii, depth: .mono)
      app.open(chapter.id)
      var presenter = Presenter(stage: app, chapter: chapter, isAutoplay: true, server: nil)
      var expected = 0
      for id in ids {
        let index = try #require(chapter.steps.firstIndex { $0.id == id })
        _ = presenter.apply(.command(.goto(id)))
        let planned = presenter.clock.planned[index]
        for second in 0..<planned {
          #expect(presenter.lesson?.index == index, "\(id) left after \(second) of \(planned) s")
          _ = presenter.apply(.tick)
        }
        expected += planned
        let waits = chapter.steps[index].question != nil
        let isLast = index == chapter.steps.count - 1
        #expect(presenter.lesson?.index == (waits || isLast ? index : index + 1), "\(id)")
        #expect(!waits || presenter.lesson?.revealed == nil, "\(id) is not shown whole")
      }
      #expect(presenter.clock.elapsed == expected)
    }
  }
}
