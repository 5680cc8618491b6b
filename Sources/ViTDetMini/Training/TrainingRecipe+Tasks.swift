/// What differs between the tasks.
extension TrainingRecipe {
  /// Every parameter that the task trains.
  public func parameterSpecifications() -> [ParameterSpecification] {
    switch task {
    case .detect: model.parameterSpecifications()
    }
  }

  /// The network that the task trains.
  ///
  /// - Parameter parameters: Its weights.
  /// - Returns: A network that records gradients.
  /// - Throws: `ModelError` if the weights do not fit.
  func network(_ parameters: Parameters) throws(ModelError) -> any Trainable {
    switch task {
    case .detect: try ViTDet(model, parameters: parameters, trainable: true)
    }
  }

  /// What the optimiser does with each parameter.
  var parameterRates: [String: ParameterRate] {
    let decay = decay
    return Dictionary(
      uniqueKeysWithValues: parameterSpecifications().map { ($0.name, decay[$0.name]) })
  }

  /// How good weights are, on the held-out scenes.
  func measure(
    _ parameters: Parameters, progress: @Sendable (Int) -> Void
  ) throws -> TrainingMeasurement {
    switch task {
    case .detect:
      let score = try heldOut.score(model, parameters: parameters, progress: progress)
      return .detection(bbox: score.bbox, segm: score.segm)
    }
  }

  /// Writes the network for others to read.
  func writeModel(_ parameters: Parameters, to path: String) throws(CheckpointError) {
    switch task {
    case .detect: try ModelDirectory.write(model, parameters: parameters, to: path)
    }
  }
}

/// How good a network is on scenes that it never learned from.
public enum TrainingMeasurement: Sendable {
  /// COCO's numbers for a detector's boxes and masks.
  case detection(bbox: CocoScore, segm: CocoScore)
}
