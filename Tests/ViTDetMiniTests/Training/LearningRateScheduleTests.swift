import Foundation
import Testing

@testable import ViTDetMini

@Suite struct LearningRateScheduleTests {
  @Test func factorsAgreeWithTheReference() throws {
    let text = try Data(contentsOf: Fixture.url("optim/lr_schedule.json"))
    let json = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
    let schedule = LearningRateSchedule(
      milestones: try #require(json["milestones"] as? [Int]),
      factors: try #require(json["values"] as? [Double]),
      warmupSteps: try #require(json["warmup_iters"] as? Int),
      warmupFactor: try #require(json["warmup_factor"] as? Double))
    let expected = try #require(json["multiplier"] as? [String: Double])
    #expect(expected.count >= 15)
    for (step, factor) in expected {
      let found = schedule.multiplier(at: try #require(Int(step)))
      #expect(abs(found - factor) < 1e-9, "step \(step): \(found), not \(factor)")
    }
    // The paper's own length gives the paper's milestones.
    let own = LearningRateSchedule(steps: 184_375, warmupSteps: 250)
    #expect(own == schedule)
  }

  @Test func shortTrainingsHaveNoMilestones() {
    let schedule = LearningRateSchedule(steps: 3, warmupSteps: 1)
    #expect((0..<3).map { schedule.multiplier(at: $0) } == [0.001, 1, 1])
  }

  /// Half way after the warm-up the rate is half, and at the end nothing.
  @Test func aCosineFallsToNothing() {
    let schedule = LearningRateSchedule(cosine: 110, warmupSteps: 10)
    #expect(schedule.multiplier(at: 0) == 0.001)
    #expect(schedule.multiplier(at: 10) == 1)
    #expect(abs(schedule.multiplier(at: 60) - 0.5) < 1e-12)
    #expect(abs(schedule.multiplier(at: 110)) < 1e-12)
    let all = (10...110).map { schedule.multiplier(at: $0) }
    #expect(zip(all, all.dropFirst()).allSatisfy(>))
    // A training that is all warm-up has no cosine.
    #expect(LearningRateSchedule(cosine: 5, warmupSteps: 5).multiplier(at: 4).isFinite)
  }
}
