import Testing

@testable import Lessons

@Suite struct ItemSessionTests {
  private func session(_ id: String) throws -> ItemSession {
    try ItemSession(SampleChapter.item(id), in: SmallEnvironment())
  }

  @Test func selectingIsNotCommitting() throws {
    var session = try session("windows.pad-keys")
    #expect(session.whyNotReady?.en == "choose an answer first")
    #expect(session.commit() == nil && !session.isCommitted)
    session.take(.choose(0))
    #expect(session.selected == 0 && !session.isCommitted && session.attempts.isEmpty)
    #expect(session.whyNotReady == nil)
  }

  @Test func nothingIsRevealedBeforeTheCommit() throws {
    var session = try session("windows.pad-keys")
    session.take(.choose(1))
    #expect(session.solution == nil && session.grade == nil)
    session.commit()
    #expect(session.solution?.option.isRight == true && session.solution?.value == .number(36))
  }

  @Test func keepsConfidenceAndHintsWithTheAttempt() throws {
    var session = try session("windows.pad-keys")
    #expect(session.hints.isEmpty)
    let first = session.openHint()
    let second = session.openHint()
    let third = session.openHint()
    #expect([first, second, third] == [true, true, false])
    session.confidence = .certain
    session.take(.choose(0))
    session.commit()
    #expect(session.attempts.count == 1 && session.attempts[0].hints == 2)
    #expect(session.attempts[0].confidence == .certain)
    #expect(session.attempts[0].grade.misconception == "pad-is-masked")
  }

  @Test func nothingChangesAfterTheCommitUntilARetry() throws {
    var session = try session("windows.pad-keys")
    session.take(.choose(0))
    session.commit()
    session.take(.choose(1))
    #expect(session.selected == 0 && session.commit() == nil && session.commitDontKnow() == nil)
    session.retry()
    #expect(session.selected == nil && session.solution == nil && session.confidence == nil)
    session.take(.choose(1))
    #expect(session.commit()?.isRight == true)
    #expect(session.attempts.map(\.grade.isRight) == [false, true])
  }

  @Test func typesANumber() throws {
    var session = try session("windows.slots")
    for character in "3z6" { session.take(.type(character)) }
    #expect(session.typed == "36" && session.draft == .number("36"))
    session.take(.deleteBackward)
    #expect(session.typed == "3")
    session.take(.deleteBackward)
    session.take(.type("-"))
    #expect(session.whyNotReady?.en == "this is not a number" && session.commit() == nil)
    for _ in 0..<100 { session.take(.type("9")) }
    #expect(session.typed.count == Entry.maximumTyped)
  }

  @Test func paintsCells() throws {
    var session = try session("windows.paint")
    #expect(session.whyNotReady?.en == "paint a cell first")
    let cell = Token(row: 1, column: 2)
    session.toggle(cell)
    #expect(session.painted == [cell])
    session.take(.paint([cell, Token(row: 1, column: 3)], true))
    session.toggle(cell)
    #expect(session.painted == [Token(row: 1, column: 3)])
    session.take(.paint([Token(row: 1, column: 3)], false))
    #expect(session.painted.isEmpty)
  }

  @Test func dontKnowIsAlwaysPossibleAndReveals() throws {
    var session = try session("windows.paint")
    #expect(session.commitDontKnow()?.isRight == false)
    #expect(session.isCommitted && session.solution != nil)
    #expect(session.attempts[0].answer == .dontKnow)
  }

  @Test func movesTheSelectionWithinItsEnds() throws {
    var session = try session("windows.pad-keys")
    session.take(.move(1))
    #expect(session.selected == 0)
    session.take(.move(5))
    #expect(session.selected == 2)
    session.take(.move(-1))
    #expect(session.selected == 1)
  }
}
