import TUI
import Testing

@testable import Lessons

/// A show of hands by itself, and what questions offer to a room.
@Suite struct RoomVoteTests {
  @Test func handsAreCountedForTheMarkedAnswerOnly() {
    var vote = RoomVote(item: "windows.count", choices: 3)
    vote.type(4)
    #expect(vote.hands[0] == [0, 0, 0])
    vote.mark(1)
    vote.type(1)
    vote.type(2)
    vote.moveMark(by: 1)
    vote.type(7)
    vote.mark(1)
    // A number typed anew replaces the one before.
    vote.type(9)
    #expect(vote.hands[0] == [0, 9, 7])
    vote.type(9)
    vote.type(9)
    vote.type(9)
    #expect(vote.hands[0][1] == 999)
    vote.deleteDigit()
    #expect(vote.hands[0][1] == 99)
    vote.mark(3)
    #expect(vote.marked == 1)
  }

  @Test func theRoomSeesNoCountBeforeTheSecondOneUnlessItIsShown() {
    var vote = RoomVote(item: "windows.count", choices: 2)
    for wrong in [[5], [5, -1], [5, 1000]] {
      let isTaken = vote.count(wrong)
      #expect(!isTaken)
    }
    var isTaken = vote.count([5, 3])
    #expect(isTaken && vote.forAudience.hands[0] == [0, 0])
    var isOn = vote.goOn()
    #expect(isOn && vote.phase == .talk && vote.forAudience.hands[0] == [0, 0])
    isTaken = vote.count([1, 1])
    #expect(!isTaken)
    vote.showsFirst = true
    #expect(vote.forAudience.hands[0] == [5, 3])
    isOn = vote.goOn()
    #expect(isOn && vote.open == 1 && vote.forAudience.hands[0] == [0, 0])
    isTaken = vote.count([1, 7])
    isOn = vote.goOn()
    #expect(isTaken && isOn)
    #expect(vote.phase == .counted && vote.forAudience.hands == [[5, 3], [1, 7]])
    isOn = vote.goOn()
    #expect(isOn && vote.phase == .told)
    isOn = vote.goOn()
    #expect(!isOn)
    let isBack = vote.goBack() && vote.goBack()
    #expect(isBack && vote.phase == .second && vote.hands[1] == [1, 7])
  }

  @Test func theAnswerCanBeToldAfterOneShow() {
    var vote = RoomVote(item: "windows.count", choices: 2)
    let isTaken = vote.count([5, 3])
    vote.tell()
    #expect(isTaken && vote.shown == 0..<1 && !vote.hasSecond)
    let isBack = vote.goBack()
    #expect(isBack && vote.phase == .talk)
  }

  private func ballot(_ step: Step, of chapter: Chapter) throws -> Ballot? {
    let item = try #require(step.question)
    let facts = try #require(CourseCheck.withoutModel.environment(of: chapter, item.figure))
    return item.kind.rules.ballot(try GradedItem(item, in: facts), chapter.language)
  }

  /// Every question of the course has a ballot with what makes a vote possible, or says why it has none.
  @Test(arguments: Language.allCases)
  func everyQuestionOffersABallotOrAReason(language: Language) throws {
    let course = try SharedStage.get().course
    var kinds: Set<Item.Kind> = []
    for chapter in course.entries.compactMap({ $0[language].chapter }) {
      for step in chapter.steps {
        guard let item = step.question else { continue }
        kinds.insert(item.kind)
        guard let ballot = try ballot(step, of: chapter) else {
          #expect(item.kind == .order || item.kind == .paint, "\(item.id)")
          #expect(!item.kind.rules.whyNoBallot[language].isEmpty)
          continue
        }
        #expect((2...Ballot.most).contains(ballot.choices.count), "\(item.id)")
        let right = ballot.choices.count { $0.isRight }
        #expect(ballot.allowsSeveral ? right > 0 : right == 1, "\(item.id)")
        // Whoever is wrong follows a named rule, or answers what nobody foresaw.
        for choice in ballot.choices where !choice.isRight && choice.kept != "other" {
          #expect(choice.misconception != nil, "\(item.id) \(choice.kept)")
        }
      }
    }
    #expect(kinds == Set(Item.Kind.allCases))
  }

  @Test func numbersStandInTheirOrderAndNotInTheFiles() throws {
    let chapter = try SharedStage.get().chapter("windows", .en)
    let ballot = try #require(try ballot(chapter.steps[0], of: chapter))
    let kept = ballot.choices.map(\.kept)
    #expect(kept == ["4", "8", "9", "121", "other"])
    #expect(chapter.steps[0].question?.options.first?.isRight == true && ballot.choices[2].isRight)
    #expect(ballot.choices[0].misconception == "drops-the-rest")
  }
}
