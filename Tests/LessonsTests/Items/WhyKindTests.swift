import Testing

@testable import Lessons

@Suite struct WhyKindTests {
  private func session() throws -> ItemSession { try KindsChapter.session("kinds.weights") }

  private func grade(_ claim: Int, _ reason: Int) throws -> Grade {
    var session = try session()
    session.fill(.choices([claim, reason]))
    let grade = session.commit()
    return try #require(grade)
  }

  @Test func onlyTheRightAnswerForTheRightReasonIsRight() throws {
    for claim in 0...1 {
      for reason in 2...4 {
        let grade = try grade(claim, reason)
        #expect(grade.isRight == (claim == 0 && reason == 3), "\(claim) \(reason)")
        // The reason names the rule; a right reason leaves that to the answer.
        let rules = ["windows-have-own-weights", nil, "windows-overlap-or-shift"]
        #expect(
          grade.misconception
            == rules[reason - 2] ?? (claim == 1 ? "weights-grow-with-image" : nil))
      }
    }
  }

  @Test func bothPartsAreChosenWithKeysAndTheFirstCanBeChanged() throws {
    var session = try session()
    #expect(session.keys == .firstPart && session.draft == nil)
    session.take(.toggle)
    #expect(session.selected == 0 && session.keys == .firstPart)
    session.take(.move(1))
    session.take(.toggle)
    #expect(session.keys == .secondPart && session.draft == nil && session.commit() == nil)
    #expect(session.whyNotReady?.en == "choose the reason first")
    session.take(.choose(2))
    #expect(session.draft == .choices([1, 4]))
    session.take(.putBack)
    #expect(session.keys == .firstPart && session.selected == 1 && session.draft == nil)
    session.take(.choose(0))
    session.take(.toggle)
    session.take(.move(-1))
    #expect(session.draft == .choices([0, 4]))
    session.commit()
    session.retry()
    #expect(session.keys == .firstPart && session.draft == nil && session.selected == nil)
  }

  @Test func theReasonsAreSeenOnlyAfterTheAnswer() throws {
    var session = try session()
    #expect(session.rows.count == 2)
    session.take(.choose(1))
    session.take(.toggle)
    #expect(session.rows.count == 6 && session.rows[2] == .words([.text("Why?", [])]))
    session.take(.choose(0))
    session.commit()
    let marks = session.rows.compactMap { row in
      if case .option(let mark, _, _, _) = row { mark } else { nil }
    }
    #expect(marks == [.right, .wrong, .wrong, .right, .none])
  }

  @Test func theFeedbackTellsWhichPartDoesNotHold() throws {
    let item = try session().item
    let catalogue = try SharedStage.get().course.misconceptions[.en] ?? [:]
    func titles(_ claim: Int, _ reason: Int) throws -> [String] {
      Feedback(item, try grade(claim, reason), misconceptions: catalogue, language: .en).sections
        .map(\.title.en)
    }
    let rule = ["The rule that leads there", "Why the model does otherwise"]
    #expect(
      try titles(0, 2)
        == ["Your answer", "Where they part", "The reason"] + rule + ["The model says", "Why"])
    #expect(
      try titles(1, 3) == ["Your answer", "Where they part"] + rule + ["The model says", "Why"])
    #expect(
      try titles(1, 2)
        == ["Your answer", "Where they part"] + rule + ["The reason"] + rule
        + ["The model says", "Why"])
    #expect(try titles(0, 3) == ["Right", "Why"])
  }

  @Test func whatIsNoPairIsWrong() throws {
    let item = try GradedItem(session().item, in: SmallEnvironment())
    for answer: Answer in [
      .choices([0]), .choices([0, 1]), .choices([2, 3]), .choices([0, 2, 3]), .choices([0, 9]),
      .choice(0), .dontKnow,
    ] {
      #expect(!item.grade(answer).isRight)
      var session = try session()
      session.fill(answer)
      #expect(session.draft == nil)
    }
  }
}
