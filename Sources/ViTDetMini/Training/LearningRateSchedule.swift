/// How the learning rate changes during training: a linear warm-up, then a factor that falls at milestones.
///
/// Source: ViTDet's recipe; detectron2 `WarmupParamScheduler` around fvcore's `MultiStepParamScheduler`.
public struct LearningRateSchedule: Sendable, Hashable {
  /// The steps at which the factor changes, rising; a milestone takes effect at that very step.
  public var milestones: [Int]
  /// The factors: one before the first milestone and one after each.
  public var factors: [Double]
  /// The number of steps of the warm-up.
  public var warmupSteps: Int
  /// Where the warm-up begins, as a part of where it ends.
  public var warmupFactor: Double

  /// Creates a schedule.
  ///
  /// - Parameters:
  ///   - milestones: The steps at which the factor changes, rising.
  ///   - factors: One more than there are milestones.
  ///   - warmupSteps: The steps until the rate is reached.
  ///   - warmupFactor: Where the warm-up begins.
  /// - Precondition: The milestones rise and there is one factor more.
  public init(
    milestones: [Int], factors: [Double], warmupSteps: Int, warmupFactor: Double = 0.001
  ) {
    precondition(
      factors.count == milestones.count + 1
        && zip(milestones, milestones.dropFirst()).allSatisfy(<),
      "schedule: \(factors) between \(milestones)")
    self.milestones = milestones
    self.factors = factors
    self.warmupSteps = warmupSteps
    self.warmupFactor = warmupFactor
  }

  /// The paper's shape for a training of any length: a tenth after 88.9 % of the steps, and again after 96.3 %.
  ///
  /// - Parameters:
  ///   - steps: The length of the training.
  ///   - warmupSteps: The steps until the rate is reached.
  public init(steps: Int, warmupSteps: Int) {
    let milestones = [163_889, 177_546].map { steps * $0 / 184_375 }
    // A training of a few steps has no room for milestones.
    let isLong = milestones[0] > 0 && milestones[0] < milestones[1]
    self.init(
      milestones: isLong ? milestones : [], factors: isLong ? [1, 0.1, 0.01] : [1],
      warmupSteps: warmupSteps)
  }

  /// The factor of the learning rate at a step, counted from 0.
  public func multiplier(at step: Int) -> Double {
    guard step < warmupSteps else { return stepped(step) }
    // The warm-up leads to what the milestones give where it ends.
    let end = stepped(warmupSteps)
    let start = stepped(0) * warmupFactor
    return start + (end - start) * Double(step) / Double(warmupSteps)
  }

  private func stepped(_ step: Int) -> Double {
    factors[milestones.count { $0 <= step }]
  }
}
