import Testing

@testable import Lessons

@Suite struct FixKindTests {
  private func session() throws -> ItemSession { try KindsChapter.session("kinds.line") }

  private func grade(_ repair: Int) throws -> Grade {
    var session = try session()
    session.fill(.choice(repair))
    let grade = session.commit()
    return try #require(grade)
  }

  @Test func oneRepairOfOneLineIsRight() throws {
    let rules = [nil, "k-is-the-side", "k-is-the-side", "windows-not-tokens"]
    for repair in 0..<4 {
      let grade = try grade(repair)
      #expect(grade.isRight == (repair == 0) && grade.misconception == rules[repair])
    }
  }

  @Test func onlyLinesWithRepairsCanBeChosen() throws {
    var session = try session()
    // The first line and the last are there to be read.
    session.take(.choose(0))
    #expect(session.selected == nil)
    session.take(.choose(3))
    #expect(session.selected == nil)
    session.take(.choose(2))
    session.take(.toggle)
    #expect(session.keys == .secondPart)
    session.take(.choose(1))
    #expect(session.draft == .choice(3))
    session.take(.putBack)
    session.take(.move(-1))
    session.take(.toggle)
    session.take(.move(1))
    #expect(session.draft == .choice(0))
    #expect(session.commit()?.isRight == true)
  }

  @Test func theRepairsOfTheChosenLineAloneAreSeen() throws {
    var session = try session()
    func labels(_ session: ItemSession) -> [String] {
      session.rows.compactMap { row in
        if case .option(_, let label, _, _) = row { label } else { nil }
      }
    }
    #expect(labels(session) == [" ", "2", "3", " "])
    session.take(.choose(2))
    session.take(.toggle)
    #expect(labels(session) == [" ", "2", "3", "  a", "  b", " "])
    session.take(.choose(1))
    session.commit()
    // After the commit the right repair stands at its line, beside the learner's at theirs.
    #expect(labels(session) == [" ", "2", "  a", "3", "  b", " "])
  }

  @Test func theFeedbackTellsALineFromItsRepair() throws {
    let item = try session().item
    func parting(_ repair: Int, _ language: Language) throws -> String? {
      Feedback(item, try grade(repair), misconceptions: [:], language: language).sections
        .first { $0.title.en == "Where they part" }?.prose.lines.first?.plainText
    }
    #expect(
      try parting(1, .en) == "Line 2 is the wrong one, but this does not repair it.")
    #expect(try parting(2, .en) == "Line 3 does what it should. The wrong one is line 2.")
    #expect(try parting(3, .zh) == "第 3 行没有错。出错的是第 2 行。")
    #expect(try parting(0, .en) == nil)
  }

  @Test func whatIsNoRepairIsWrong() throws {
    let item = try GradedItem(session().item, in: SmallEnvironment())
    for answer: Answer in [.choice(4), .choice(-1), .choices([0]), .dontKnow] {
      #expect(!item.grade(answer).isRight)
      var session = try session()
      session.fill(answer)
      #expect(session.draft == nil)
    }
  }
}
