/// What differs between the tasks.
extension TrainingRecipe {
  /// Every parameter that the task trains.
  public func parameterSpecifications() -> [ParameterSpecification] {
    switch task {
    case .detect: model.parameterSpecifications()
    case .mae: autoencoder.parameterSpecifications()
    case .classify:
      PictureClassifier.specifications(model.backbone.plain, classes: model.classes)
    case .context: PatchClassifier.specifications(model.backbone, classes: model.classes)
    }
  }

  /// The network that the task trains.
  ///
  /// - Parameters:
  ///   - parameters: Its weights.
  ///   - trainable: Whether gradients are to be recorded.
  /// - Returns: The network.
  /// - Throws: `ModelError` if the weights do not fit.
  func network(
    _ parameters: Parameters, trainable: Bool = true
  ) throws(ModelError) -> any Trainable {
    switch task {
    case .detect: try ViTDet(model, parameters: parameters, trainable: trainable)
    case .mae: try MaskedAutoencoder(autoencoder, parameters: parameters, trainable: trainable)
    case .classify, .context: try classifier(parameters, trainable: trainable)
    }
  }

  /// The network of a task that classifies.
  func classifier(
    _ parameters: Parameters, trainable: Bool
  ) throws(ModelError) -> any Classifier {
    task == .context
      ? try PatchClassifier(
        model.backbone, classes: model.classes, parameters: parameters, trainable: trainable)
      : try PictureClassifier(
        model.backbone.plain, classes: model.classes, parameters: parameters, trainable: trainable)
  }

  /// The transformer that a pre-training teaches: a plain one on small pictures, or the detector's own.
  var pretrained: ViTConfiguration { task == .context ? model.backbone : model.backbone.plain }

  /// The autoencoder that pre-trains the backbone.
  public var autoencoder: MaskedAutoencoderConfiguration {
    MaskedAutoencoderConfiguration(for: model.backbone)
  }

  /// What takes over the weights of a `start`: the detector, or the blocks of a plain transformer, whose class token, last norm and
  /// head begin anew.
  var heir: ModelKind {
    task == .detect ? .detector(model) : .backbone(pretrained)
  }

  /// How the network's input is normalised, and its side: a pre-training's is the smaller picture that the position rows
  /// belong to.
  var preparation: PicturePreparation {
    guard task == .mae || task == .classify else { return model.preparation }
    let side = model.backbone.pretrainImgSize
    return PicturePreparation(square: side, statistics: model.preparation.statistics)
  }

  /// What the optimiser does with each parameter.
  var parameterRates: [String: ParameterRate] {
    let decay = decay
    return Dictionary(
      uniqueKeysWithValues: parameterSpecifications().map { specification in
        let name = specification.name
        return (
          name, task == .detect ? decay[name] : pretrainingRate(of: specification)
        )
      })
  }

  /// Matrices decay; vectors, tokens and position rows do not, and an autoencoder's position rows stay as they are.
  ///
  /// Source: timm `param_groups_weight_decay`; MAE's fixed sines and cosines.
  private func pretrainingRate(of specification: ParameterSpecification) -> ParameterRate {
    let isPositions = specification.name.hasSuffix("pos_embed")
    let isMatrix = specification.shape.count > 1 && specification.shape[0] > 1
    return ParameterRate(
      multiplier: isPositions && task == .mae ? 0 : 1, weightDecay: isMatrix ? weightDecay : 0)
  }

  /// Writes the network for others to read.
  ///
  /// A pre-trained transformer is written as a backbone whose blocks are all global, with the names of timm and MAE; what only the
  /// pre-training had stands beside it, as in MAE's own checkpoints.
  func writeModel(_ parameters: Parameters, to path: String) throws(CheckpointError) {
    guard task != .detect else {
      try ModelDirectory.write(model, parameters: parameters, to: path)
      return
    }
    try ModelDirectory.write(
      pretrained.detectron2JSON, parameters.entries(parameterSpecifications()), to: path)
  }
}
