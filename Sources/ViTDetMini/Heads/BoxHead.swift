// R boxes, P bins along an axis, K classes.

/// What the box head says about boxes.
struct BoxHeadOutput {
  /// `[R, K + 1]`, background last.
  let classLogits: Variable
  /// `[R, K·4]`, or `[R, 4]` if all classes share their refinement.
  let boxDeltas: Variable
}

/// Classifies boxes and refines them: four convolutions and a linear layer on what was cut out of the maps.
///
/// Source: detectron2 `FastRCNNConvFCHead`, `FastRCNNOutputLayers`; the norms are ViTDet's.
struct BoxHead {
  let convolutions: [ConvNorm]
  let linears: [Linear]
  let classifier: Linear
  let refiner: Linear

  /// Creates the head of a stage, such as `.1` of a cascade.
  init(_ table: ParameterTable, _ configuration: BoxHeadConfiguration, stage: String) {
    let head = table.scoped("box_head" + stage)
    let predictor = table.scoped("box_predictor" + stage)
    convolutions = configuration.convolutions.indices.map { ConvNorm(head, "conv\($0 + 1)") }
    linears = configuration.linears.indices.map { Linear(head, "fc\($0 + 1)") }
    classifier = Linear(predictor, "cls_score")
    refiner = Linear(predictor, "bbox_pred")
  }

  /// The features of boxes cut out of the maps.
  func features(_ pooled: Variable, _ pass: ForwardPass) -> Variable {
    let maps = convolutions.reduce(pooled) { $1($0, relu: true, pass) }
    // [R, P, P, C] → [R, P·P·C]
    let rows = maps.reshaped(to: [maps.shape[0], maps.shape[1...].reduce(1, *)])
    return linears.reduce(rows) { relu($1($0, pass)) }
  }

  /// What the features mean.
  func predict(_ features: Variable, _ pass: ForwardPass) -> BoxHeadOutput {
    BoxHeadOutput(
      classLogits: classifier(features, pass), boxDeltas: refiner(features, pass))
  }

  static func specifications(
    _ detector: DetectorConfiguration, stage: String
  ) -> [ParameterSpecification] {
    let configuration = detector.boxHead
    let (head, predictor) = ("box_head\(stage).", "box_predictor\(stage).")
    var result: [ParameterSpecification] = []
    var channels = detector.outChannels
    for (index, outputs) in configuration.convolutions.enumerated() {
      result += ConvNorm.specifications(
        "\(head)conv\(index + 1)", inputs: channels, outputs: outputs, kernel: 3,
        .heNormal(fanOut: 9 * outputs))
      channels = outputs
    }
    let bins = Extent(side: configuration.bins)
    var width = channels * bins.area
    for (index, outputs) in configuration.linears.enumerated() {
      // Checkpoints flatten [C, P, P], memory [P, P, C].
      let layout = index == 0 ? CheckpointLayout.flattened(channels: channels, bins) : .same
      let bound = (3 / Float(width)).squareRoot()
      result += [
        ParameterSpecification(
          "\(head)fc\(index + 1).weight", [outputs, width], .uniform(bound: bound),
          layout: layout),
        ParameterSpecification("\(head)fc\(index + 1).bias", [outputs], .zeros),
      ]
      width = outputs
    }
    let boxes = configuration.isClassAgnostic ? 4 : 4 * detector.classes
    return result
      + Linear.specifications(
        predictor + "cls_score", inputs: width, outputs: detector.classes + 1,
        .normal(standardDeviation: 0.01))
      + Linear.specifications(
        predictor + "bbox_pred", inputs: width, outputs: boxes,
        .normal(standardDeviation: 0.001))
  }
}
