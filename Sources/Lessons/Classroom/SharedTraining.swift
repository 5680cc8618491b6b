internal import ViTDetMini

/// What a training on the presenter's machine has come to: all that its figure shows, and nothing to go on from.
///
/// Its weights and the optimiser's state are some 20 MB a detector, which would be too much for whoever follows; curves and boxes
/// are some 10 KB.
struct SharedTraining: Codable, Sendable, Hashable {
  /// One of the detectors.
  struct Lane: Codable, Sendable, Hashable {
    var name: String
    var losses: [Float]
    var checks: [Check]
    var fault: String?
  }

  /// How good it was after some steps, and what it found in the picture.
  struct Check: Codable, Sendable, Hashable {
    var step: Int
    var averagePrecision: Double
    var found: [Found]
  }

  /// A detection without its mask: the edges, the score and the class.
  struct Found: Codable, Sendable, Hashable {
    var edges: [Float]
    var score: Float
    var classIndex: Int
  }

  /// The detectors.
  var lanes: [Lane]
  /// The steps that each is to make.
  var steps: Int
  /// The steps between two checks.
  var checkEvery: Int
  /// How long it took so far.
  var seconds: Double
  /// How long a step takes; nil before the first.
  var secondsPerStep: Double?
  /// Whether it goes on at the moment.
  var isRunning: Bool

  /// The best detections of a check that are sent; figures draw fewer.
  static let mostFound = 12

  /// Takes what a figure shows of a training.
  init(_ progress: TrainingProgress, isRunning: Bool) {
    lanes = progress.lanes.map { lane in
      Lane(
        name: lane.name, losses: lane.losses,
        checks: lane.checks.map { check in
          Check(
            step: check.step, averagePrecision: check.averagePrecision,
            found: check.detections.prefix(Self.mostFound).map {
              Found(
                edges: [$0.box.x0, $0.box.y0, $0.box.x1, $0.box.y1], score: $0.score,
                classIndex: $0.classIndex)
            })
        }, fault: lane.fault)
    }
    (steps, checkEvery, seconds) = (progress.steps, progress.checkEvery, progress.seconds)
    secondsPerStep = progress.secondsPerStep
    self.isRunning = isRunning
  }

  /// The training as its figure takes it; what no figure could draw is left out, since it came from outside.
  var progress: TrainingProgress {
    TrainingProgress(
      told: lanes.map { lane in
        TrainingProgress.Lane(
          told: lane.name, losses: lane.losses.filter(\.isFinite),
          checks: lane.checks.map { check in
            TrainingProgress.Check(
              step: check.step, averagePrecision: check.averagePrecision,
              detections: check.found.compactMap(\.detection))
          }, fault: lane.fault)
      }, steps: max(steps, 0), checkEvery: max(checkEvery, 1), seconds: seconds,
      secondsPerStep: secondsPerStep)
  }
}

extension SharedTraining.Found {
  /// The detection; nil if it is none on any picture.
  fileprivate var detection: Detection? {
    guard edges.count == 4, edges.allSatisfy({ abs($0) < 100_000 }),
      ShapeClass.allCases.indices.contains(classIndex)
    else { return nil }
    return Detection(
      box: Box(edges[0], edges[1], edges[2], edges[3]), score: score, classIndex: classIndex)
  }
}
