import Testing

@testable import Lessons

@Suite struct MultiKindTests {
  private func session() throws -> ItemSession { try KindsChapter.session("kinds.holds") }

  private func graded(_ ticked: Set<Int>) throws -> Grade {
    var session = try session()
    session.fill(.choices(ticked))
    let grade = session.commit()
    return try #require(grade)
  }

  @Test func onlyTheRightSetIsRight() throws {
    for bits in 1..<16 {
      let ticked = Set((0..<4).filter { bits >> $0 & 1 == 1 })
      #expect(try graded(ticked).isRight == (ticked == [0, 2]), "\(ticked)")
    }
  }

  @Test func theFirstFaultInTheListNamesTheRule() throws {
    #expect(try graded([2]).misconception == "windows-have-own-weights")
    #expect(try graded([0, 1, 2, 3]).misconception == "windows-overlap-or-shift")
    #expect(try graded([0, 2, 3]).misconception == "k-is-the-side")
    // A right answer that is left out without a rule names none.
    #expect(try graded([0]).misconception == nil)
    #expect(try graded([0, 2]).misconception == nil)
  }

  @Test func toldAreAllFaultsAndTheFirst() throws {
    let item = try session().item
    let feedback = Feedback(
      item, try graded([1, 2]),
      misconceptions: try KindsChapter.stage().course.misconceptions[.en] ?? [:],
      language: .en)
    #expect(
      feedback.sections.map(\.title.en) == [
        "Your answer", "Where they part", "a: not ticked, but it holds",
        "The rule that leads there",
        "Why the model does otherwise", "b: ticked, but it does not hold",
        "The rule that leads there",
        "Why the model does otherwise", "The model says", "Why",
      ])
    #expect(
      feedback.sections[1].prose == [
        .paragraph([
          .text(
            "They part first at a: it holds, but is not ticked. In all 1 too many and 1 missing.",
            [])
        ])
      ])
  }

  @Test func theDifferenceCountsBothWays() throws {
    let options = try session().item.options
    let none = TickDifference(ticked: [0, 2], options: options)
    #expect(none.wrong.isEmpty && none.sentence(.en) == nil)
    let all = TickDifference(ticked: [1, 3], options: options)
    #expect(all.extra == [1, 3] && all.missing == [0, 2] && all.wrong == [0, 1, 2, 3])
    #expect(all.sentence(.zh) == "第一处不同在 a：成立，但没有勾选。共多选 2 项，漏选 2 项。")
  }

  @Test func keysTickAndUntick() throws {
    var session = try session()
    #expect(session.whyNotReady?.en == "tick an answer first" && session.commit() == nil)
    session.take(.toggle)
    session.take(.move(1))
    session.take(.toggle)
    #expect(session.draft == .choices([0, 1]))
    session.take(.toggle)
    session.take(.choose(2))
    #expect(session.draft == .choices([0, 2]))
    session.take(.choose(9))
    session.take(.move(7))
    #expect(session.selected == 3 && session.draft == .choices([0, 2]))
    #expect(session.commit()?.isRight == true)
    session.take(.toggle)
    #expect(session.draft == .choices([0, 2]))
  }

  @Test func ticksStayForAnotherTry() throws {
    var session = try session()
    session.fill(.choices([0, 1]))
    session.commit()
    session.retry()
    #expect(session.draft == .choices([0, 1]) && !session.isCommitted)
  }

  @Test func whatIsNotInTheListIsWrong() throws {
    let item = try GradedItem(session().item, in: SmallEnvironment())
    #expect(!item.grade(.choices([0, 2, 7])).isRight && !item.grade(.choice(0)).isRight)
    #expect(!item.grade(.choices([])).isRight && !item.grade(.dontKnow).isRight)
  }
}
