internal import ViTDetMini

/// The training behind a figure that changes while it runs.
struct LiveTraining: Sendable {
  /// The knobs that make another training; the others only change what is shown of it.
  let knobs: Set<String>
  /// What is trained at an experiment's settings.
  let trainer: @Sendable (ExperimentInput) throws -> Trainer
}

/// Which training a figure shows: the same whatever the language, and whatever is shown of it.
public struct TrainingKey: Sendable, Hashable {
  /// The figure's name.
  let name: String
  /// The settings that the training depends on.
  let knobs: [String: String]

  /// The training behind a requested figure; nil if there is none.
  init?(_ request: FigureRequest) {
    guard let experiment = try? FigureCatalog.experiment(request.name),
      let training = experiment.training
    else { return nil }
    name = request.name
    knobs = request.knobs.filter { training.knobs.contains($0.key) }
  }

  /// The key as one word.
  var text: String {
    ([name] + knobs.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
      .joined(separator: " ")
  }
}

/// A training that the learner started, as the screen's thread knows it.
struct TrainingRun: Sendable {
  /// Whether it goes on whenever its figure is on the screen.
  var isWanted = false
  /// How far it is; nil before the first state came.
  var progress: TrainingProgress?
  /// Why it could not go on.
  var fault: String?

  /// Whether there is nothing left to do.
  var isFinished: Bool { progress?.isFinished == true }
}

/// The trainings of this session, the latest used last.
struct TrainingRuns: Sendable {
  private var runs: [(key: TrainingKey, run: TrainingRun)] = []
  /// Each holds weights and the optimiser's state of its detectors, some 20 MB a detector.
  private static let limit = 3

  /// A training; setting it makes it the latest, and the oldest is forgotten.
  subscript(key: TrainingKey) -> TrainingRun? {
    get { runs.first { $0.key == key }?.run }
    set {
      runs.removeAll { $0.key == key }
      if let newValue { runs.append((key, newValue)) }
      if runs.count > Self.limit { runs.removeFirst() }
    }
  }

  /// The settings of the figure's latest training that is not done; none if there is none.
  func unfinishedKnobs(of name: String) -> [String: String] {
    runs.last { $0.key.name == name && !$0.run.isFinished }?.key.knobs ?? [:]
  }
}
