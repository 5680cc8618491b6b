import Testing

@testable import Lessons

@Suite struct OrderKindTests {
  private func session() throws -> ItemSession { try KindsChapter.session("kinds.steps") }

  private func grade(_ order: [Int]) throws -> Grade {
    var session = try session()
    session.fill(.order(order))
    let grade = session.commit()
    return try #require(grade)
  }

  private static func permutations(_ steps: [Int]) -> [[Int]] {
    guard steps.count > 1 else { return [steps] }
    return steps.flatMap { first in
      permutations(steps.filter { $0 != first }).map { [first] + $0 }
    }
  }

  @Test func ofAllOrdersOneIsRight() throws {
    for order in Self.permutations([0, 1, 2, 3]) {
      let grade = try grade(order)
      #expect(grade.isRight == (order == [0, 1, 2, 3]), "\(order)")
      // What the file says of a wrong order holds for every order that has it.
      let place = { (step: Int) in order.firstIndex(of: step) ?? 0 }
      let isPadFirst = place(1) < place(0)
      let isBackwards = place(3) < place(2) && place(2) < place(1)
      #expect(
        grade.misconception
          == (isPadFirst ? "pad-before-norm" : isBackwards ? "windows-not-tokens" : nil))
    }
  }

  @Test func theStepsAreShownMixedInTheSameWayEverywhere() throws {
    let chinese = try #require(
      KindsChapter.chapter(KindsChapter.translated, language: .zh).items.first { $0.kind == .order }
    )
    let english = try KindsChapter.item("kinds.steps")
    #expect(OrderKind.shuffled(english) == OrderKind.shuffled(chinese))
    #expect(try session().draft == .order(OrderKind.shuffled(english)))
    var item = english
    var seen: Set<[Int]> = []
    for number in 0..<200 {
      item.id = "kinds.s\(number)"
      let shuffled = OrderKind.shuffled(item)
      #expect(shuffled.sorted() == [0, 1, 2, 3] && shuffled != [0, 1, 2, 3])
      #expect(shuffled == OrderKind.shuffled(item))
      seen.insert(shuffled)
    }
    // All but the right one of 24 orders occur.
    #expect(seen.count == 23)
  }

  @Test func aStepIsPickedUpMovedAndDropped() throws {
    var session = try session()
    let start = OrderKind.shuffled(session.item)
    #expect(session.keys == .order)
    session.take(.toggle)
    #expect(session.keys == .holding)
    session.take(.move(2))
    #expect(
      session.draft == .order([start[1], start[2], start[0], start[3]]) && session.selected == 2)
    session.take(.move(9))
    #expect(session.draft == .order([start[1], start[2], start[3], start[0]]))
    session.take(.toggle)
    session.take(.move(-3))
    #expect(session.keys == .order && session.selected == 0)
    #expect(session.draft == .order([start[1], start[2], start[3], start[0]]))
  }

  @Test func whatIsPutBackStandsWhereItWas() throws {
    var session = try session()
    let start = OrderKind.shuffled(session.item)
    session.take(.move(1))
    session.take(.toggle)
    session.take(.choose(3))
    #expect(session.draft != .order(start))
    session.take(.putBack)
    #expect(session.draft == .order(start) && session.selected == 1 && session.keys == .order)
  }

  @Test func everyOrderCanBeReachedWithTheKeys() throws {
    for order in Self.permutations([0, 1, 2, 3]) {
      var session = try session()
      for (place, step) in order.enumerated() {
        guard case .order(let now)? = session.draft, let from = now.firstIndex(of: step),
          let cursor = session.selected
        else {
          Issue.record("no order")
          return
        }
        session.take(.move(from - cursor))
        session.take(.toggle)
        session.take(.move(place - from))
        session.take(.toggle)
      }
      #expect(session.draft == .order(order))
    }
  }

  @Test func theFirstPlaceAndTheStepsOwnWordsAreTold() throws {
    let item = try session().item
    let feedback = Feedback(item, try grade([1, 0, 2, 3]), misconceptions: [:], language: .en)
    #expect(
      feedback.sections.map(\.title.en) == [
        "Your answer", "Where they part", "The model says", "Why",
      ])
    #expect(
      feedback.sections[0].prose.last
        == .paragraph([.text("The padding would be shifted by the norm.", [])]))
    guard case .paragraph(let words)? = feedback.sections[1].prose.first else {
      Issue.record("no sentence")
      return
    }
    #expect(
      words.plainText
        == "They part first at place 1: you have «Pad to 18×18», the model has «Normalise».")
    #expect(
      feedback.sections[1].prose.last
        == .paragraph([.text("The norm stands before everything.", [])]))
    let chinese = Feedback(item, try grade([0, 1, 3, 2]), misconceptions: [:], language: .zh)
    #expect(
      chinese.sections.contains { $0.prose.lines.contains { $0.plainText.contains("第一处不同在第 3 位") } }
    )
  }

  @Test func theOrderStaysForAnotherTry() throws {
    var session = try session()
    session.fill(.order([3, 1, 0, 2]))
    session.take(.toggle)
    session.commit()
    #expect(session.keys == .order)
    session.retry()
    #expect(session.draft == .order([3, 1, 0, 2]))
  }

  @Test func aTranslationWithFewerStepsTakesNoOrderOver() throws {
    var session = try session()
    session.fill(.order([3, 2, 1, 0]))
    session.commit()
    var item = session.item
    item.options.removeLast()
    var other = try ItemSession(item, in: SmallEnvironment())
    other.adopt(session)
    #expect(!other.isCommitted && other.draft == .order(OrderKind.shuffled(item)))
  }

  @Test func whatIsNoOrderOfTheStepsIsWrong() throws {
    let item = try GradedItem(session().item, in: SmallEnvironment())
    for order in [[], [0, 1, 2], [0, 1, 2, 2], [0, 1, 2, 4], [0, 1, 2, 3, 4]] {
      #expect(!item.grade(.order(order)).isRight)
      var session = try session()
      let before = session.draft
      session.fill(.order(order))
      #expect(session.draft == before)
    }
  }
}
