internal import ViTDetMini

/// Every experiment of the course, by name.
public enum FigureCatalog {
  /// The experiments, in the order of the chapters.
  public static let experiments: [Experiment] = [
    .patchGrid, .patchPixels, .projectionEquality, .tokenCount,
    .positionRows, .positionSimilarity, .shiftError,
    .windowMap, .windowSteps, .attentionMask, .attentionWeights, .padShare,
    .costGrowth, .blockBill, .costCrossing, .logitMemory, .fusedBlock,
    .windowCost, .windowSharing, .influence,
    .blockPlan, .gradientInfluence, .propagationReach, .identityInsertion, .residualGradients,
    .globalPairs, .propagationScores,
    .shapeFlow, .pyramidMaps, .levelInfluence, .levelOfSize, .pyramidCoverage, .pyramidDesigns,
    .anchors, .matcher, .proposals, .roiAlign, .detections, .precisionRecall,
    .inheritance, .fineTuning, .layerRates, .dropPath, .trainingLog, .labTable,
  ]

  /// The names of all figures.
  public static var names: [String] { experiments.map(\.name) }

  /// The experiment with a name.
  ///
  /// - Throws: `FigureError` when there is none.
  public static func experiment(_ name: String) throws(FigureError) -> Experiment {
    if let found = experiments.first(where: { $0.name == name }) { return found }
    throw FigureError("there is no figure «\(name)»; there are \(names.joined(separator: ", "))")
  }

  /// The number of views of a figure; 1 for a name that does not exist.
  public static func viewCount(_ name: String) -> Int {
    experiments.first { $0.name == name }?.viewCount ?? 1
  }

  /// Runs an experiment to its end; it may take a moment the first time, so not on the screen's thread.
  ///
  /// - Throws: `FigureError` for an unknown figure, knob or setting, and whatever the model throws.
  public static func figure(_ request: FigureRequest, laboratory: Laboratory) throws -> Figure {
    var figure = try stage(of: request, laboratory: laboratory)
    while figure.isUnfinished { figure = try stage(of: request, laboratory: laboratory) }
    return figure
  }

  /// Runs the next stage of an experiment; most have one.
  ///
  /// - Parameters:
  ///   - request: Which figure.
  ///   - laboratory: Where it runs.
  ///   - progress: How far the training behind it is, if there is one.
  /// - Returns: The figure as far as it is.
  /// - Throws: `FigureError` for an unknown figure, knob or setting, and whatever the model throws.
  static func stage(
    of request: FigureRequest, laboratory: Laboratory, progress: TrainingProgress? = nil
  ) throws -> Figure {
    let experiment = try experiment(request.name)
    var input = try input(of: experiment, request, laboratory)
    input.progress = progress
    return try experiment.figure(input)
  }

  /// The training behind a figure at its settings.
  ///
  /// - Throws: `FigureError` if it has none, and what reading the weights to start from throws.
  static func trainer(_ request: FigureRequest, laboratory: Laboratory) throws -> Trainer {
    let experiment = try experiment(request.name)
    guard let training = experiment.training else {
      throw FigureError("the figure \(request.name) trains nothing")
    }
    return try training.trainer(try input(of: experiment, request, laboratory))
  }

  /// What an experiment gets: its own settings with those of the request, which are checked.
  private static func input(
    of experiment: Experiment, _ request: FigureRequest, _ laboratory: Laboratory
  ) throws(FigureError) -> ExperimentInput {
    var settings: [String: String] = [:]
    for knob in experiment.knobs { settings[knob.name] = knob.start }
    // Sorted, so that of two faults the same one is told each time.
    for (name, setting) in request.knobs.sorted(by: { $0.key < $1.key }) {
      guard let knob = experiment.knobs.first(where: { $0.name == name }) else {
        let known = experiment.knobs.map(\.name).joined(separator: ", ")
        throw FigureError(
          "figure \(experiment.name) has no knob «\(name)»; it has \(known.isEmpty ? "none" : known)"
        )
      }
      guard knob.accepts(setting) else {
        throw FigureError(
          "knob \(name) of figure \(experiment.name) cannot be «\(setting)»; "
            + "it takes \(knob.acceptedText)")
      }
      settings[name] = setting
    }
    let views = experiment.viewCount
    return ExperimentInput(
      settings: settings, focus: request.focus, view: ((request.view % views) + views) % views,
      language: request.language, laboratory: laboratory)
  }
}
