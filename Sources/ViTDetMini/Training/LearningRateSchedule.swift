internal import Glibc

/// How the learning rate changes during training: a linear warm-up, then what its shape says.
///
/// Source: ViTDet's recipe; detectron2 `WarmupParamScheduler` around fvcore's `MultiStepParamScheduler`. For the
/// cosine: MAE, `adjust_learning_rate`.
public struct LearningRateSchedule: Sendable, Hashable {
  /// What follows the warm-up.
  public enum Shape: Sendable, Hashable {
    /// A factor that changes at milestones, rising; a milestone takes effect at that very step. There is one factor before
    /// the first and one after each.
    case steps(milestones: [Int], factors: [Double])
    /// Half a cosine from 1 at the end of the warm-up down to 0 at the end of the training.
    case cosine(steps: Int)
  }

  /// What follows the warm-up.
  public var shape: Shape
  /// The number of steps of the warm-up.
  public var warmupSteps: Int
  /// Where the warm-up begins, as a part of where it ends.
  public var warmupFactor: Double

  /// Creates a schedule of steps.
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
    shape = .steps(milestones: milestones, factors: factors)
    self.warmupSteps = warmupSteps
    self.warmupFactor = warmupFactor
  }

  /// Creates a schedule that ends in half a cosine.
  ///
  /// - Parameters:
  ///   - steps: The length of the training.
  ///   - warmupSteps: The steps until the rate is reached.
  public init(cosine steps: Int, warmupSteps: Int) {
    shape = .cosine(steps: steps)
    self.warmupSteps = warmupSteps
    warmupFactor = 0.001
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
    guard step < warmupSteps else { return factor(at: step) }
    // The warm-up leads to what the shape gives where it ends.
    let end = factor(at: warmupSteps)
    let start = factor(at: 0) * warmupFactor
    return start + (end - start) * Double(step) / Double(warmupSteps)
  }

  private func factor(at step: Int) -> Double {
    switch shape {
    case .steps(let milestones, let factors): return factors[milestones.count { $0 <= step }]
    case .cosine(let steps):
      let part = Double(step - warmupSteps) / Double(max(1, steps - warmupSteps))
      return (1 + cos(Double.pi * min(1, max(0, part)))) / 2
    }
  }
}
