// n boxes, M bins along an axis, K classes.

/// Draws the mask of what is in a box, a small square for each class.
///
/// Source: Mask R-CNN (He et al., 2017); detectron2 `MaskRCNNConvUpsampleHead`; the norms are ViTDet's.
struct MaskHead {
  let convolutions: [ConvNorm]
  let upsampling: ConvTranspose2D
  let predictor: Conv2D

  init(_ table: ParameterTable, _ configuration: MaskHeadConfiguration) {
    let table = table.scoped("mask_head")
    convolutions = configuration.convolutions.indices.map { ConvNorm(table, "mask_fcn\($0 + 1)") }
    upsampling = ConvTranspose2D(table, "deconv")
    predictor = Conv2D(table, "predictor")
  }

  /// Logits `[n, 2·M, 2·M, K]` of boxes cut out of the maps, `[n, M, M, C]`.
  func callAsFunction(_ pooled: Variable, _ pass: ForwardPass) -> Variable {
    let maps = convolutions.reduce(pooled) { $1($0, relu: true, pass) }
    return predictor(relu(upsampling(maps, pass)), pass)
  }

  static func specifications(
    _ detector: DetectorConfiguration, _ configuration: MaskHeadConfiguration
  ) -> [ParameterSpecification] {
    var result: [ParameterSpecification] = []
    var channels = detector.outChannels
    for (index, outputs) in configuration.convolutions.enumerated() {
      result += ConvNorm.specifications(
        "mask_head.mask_fcn\(index + 1)", inputs: channels, outputs: outputs, kernel: 3,
        .heNormal(fanOut: 9 * outputs))
      channels = outputs
    }
    return result
      + ConvTranspose2D.specifications(
        "mask_head.deconv", inputs: channels, outputs: configuration.upsampled,
        .heNormal(fanOut: 4 * channels))
      + Conv2D.specifications(
        "mask_head.predictor", inputs: configuration.upsampled, outputs: detector.classes,
        kernel: 1, bias: true, .normal(standardDeviation: 0.001))
  }
}
