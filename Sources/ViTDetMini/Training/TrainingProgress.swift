/// How far detectors are that are trained side by side: all that is to be shown, and all that is needed to go on.
///
/// It is a state and no difference from the one before, so whoever reads only the newest misses nothing.
public struct TrainingProgress: Sendable {
  /// One of the detectors.
  public struct Lane: Sendable {
    /// What tells it from the others.
    public let name: String
    /// The sum of the losses at each step, before the step.
    public internal(set) var losses: [Float] = []
    /// What was measured on the way, by rising step.
    public internal(set) var checks: [Check] = []
    /// Why it cannot go on, if its training diverged.
    public internal(set) var fault: String?
    /// What it goes on from; nil before the first step, and when it is done.
    var state: TrainingState?

    /// The number of steps that were made.
    public var stepsDone: Int { losses.count }

    init(name: String) { self.name = name }

    /// A detector that trains elsewhere, as it is told of: there is nothing to go on from.
    public init(told name: String, losses: [Float], checks: [Check], fault: String?) {
      (self.name, self.losses, self.checks, self.fault) = (name, losses, checks, fault)
    }
  }

  /// How good a detector was after some of its steps.
  public struct Check: Sendable {
    /// The number of steps before it.
    public let step: Int
    /// Box AP at an IoU of 0.5 on scenes that nothing is learned from, from 0 to 1.
    public let averagePrecision: Double
    /// What the detector found in the picture, best first.
    public let detections: [Detection]

    /// Creates the result of a check.
    public init(step: Int, averagePrecision: Double, detections: [Detection]) {
      (self.step, self.averagePrecision, self.detections) = (step, averagePrecision, detections)
    }
  }

  /// The detectors.
  public internal(set) var lanes: [Lane]
  /// The steps that each is to make.
  public let steps: Int
  /// The steps between two checks.
  public let checkEvery: Int
  /// How long everything took so far, in seconds.
  public internal(set) var seconds = 0.0
  /// How long the last steps took, in seconds.
  var recent: [Double] = []

  /// Nothing done yet.
  init(names: [String], steps: Int, checkEvery: Int) {
    lanes = names.map { Lane(name: $0) }
    self.steps = steps
    self.checkEvery = checkEvery
  }

  /// A training that runs elsewhere, as it is told of: it can be shown, but nobody can go on from it.
  ///
  /// - Parameters:
  ///   - lanes: The detectors.
  ///   - steps: The steps that each is to make.
  ///   - checkEvery: The steps between two checks.
  ///   - seconds: How long everything took so far.
  ///   - secondsPerStep: How long a step takes; nil before the first.
  public init(
    told lanes: [Lane], steps: Int, checkEvery: Int, seconds: Double, secondsPerStep: Double?
  ) {
    (self.lanes, self.steps, self.checkEvery) = (lanes, steps, checkEvery)
    self.seconds = seconds
    recent = secondsPerStep.map { [$0] } ?? []
  }

  /// The steps that every detector has made, apart from those that cannot go on.
  public var stepsDone: Int {
    (lanes.filter { $0.fault == nil }.map(\.stepsDone).min() ?? lanes.map(\.stepsDone).max()) ?? 0
  }

  /// Whether nothing is left to do.
  public var isFinished: Bool { next == nil }

  /// Grows with everything that is done.
  public var version: Int {
    lanes.reduce(0) { $0 + $1.losses.count + $1.checks.count + ($1.fault == nil ? 0 : 1) }
  }

  /// How long a step takes, in seconds; nil before the first.
  ///
  /// The middle of the last steps' times, so that a program that was suspended does not count.
  public var secondsPerStep: Double? {
    recent.isEmpty ? nil : recent.sorted()[recent.count / 2]
  }

  /// How long the rest will take, in seconds; nil before the first step.
  public var secondsLeft: Double? {
    let left = lanes.filter { $0.fault == nil }.reduce(0) { $0 + steps - $1.stepsDone }
    return secondsPerStep.map { $0 * Double(left) }
  }

  /// What is to be done next.
  enum Act {
    case check(lane: Int)
    case step(lane: Int)
  }

  /// Checks that are due come first, then whoever has made the fewest steps.
  var next: Act? {
    let able = lanes.indices.filter { lanes[$0].fault == nil }
    let due = able.first { index in
      let lane = lanes[index]
      let isTime = lane.stepsDone % checkEvery == 0 || lane.stepsDone == steps
      return isTime && lane.checks.last?.step != lane.stepsDone
    }
    if let due { return .check(lane: due) }
    return able.filter { lanes[$0].stepsDone < steps }
      .min { lanes[$0].stepsDone < lanes[$1].stepsDone }.map { .step(lane: $0) }
  }
}
