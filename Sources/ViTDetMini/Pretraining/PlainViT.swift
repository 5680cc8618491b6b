// B images, N patches, C the width of a token.

/// The vision transformer as it is pre-trained: a class token in front, every block global, a norm behind the last.
///
/// A detector inherits its patch embedding, position rows and blocks, under the same names; the class token and
/// the last norm stay behind.
///
/// Source: timm `VisionTransformer`; He et al., Masked Autoencoders, `forward_encoder`.
struct PlainViT {
  private let patchEmbed: PatchEmbed
  // [1, 1 + N, C]
  private let positions: Variable
  // [1, 1, C]
  private let classToken: Variable
  private let blocks: [Block]
  private let norm: LayerNorm

  init(_ table: ParameterTable, _ configuration: ViTConfiguration) {
    patchEmbed = PatchEmbed(table, "patch_embed", patch: configuration.patchSize)
    positions = table["pos_embed"]
    classToken = table["cls_token"]
    blocks = (0..<configuration.depth).map { Block(table, configuration, index: $0) }
    norm = LayerNorm(table, "norm", eps: configuration.normEps)
  }

  /// The tokens behind the last norm.
  ///
  /// - Parameters:
  ///   - images: `[B, S, S, 3]`, normalised, of the pre-training side.
  ///   - visible: The patches of each image that are seen, equally many; all of them if left out.
  ///   - pass: Who watches.
  /// - Returns: `[B, 1 + n, C]`, the class token first, for `n` patches that are seen.
  func callAsFunction(
    _ images: Variable, seeing visible: [[Int]]? = nil, _ pass: ForwardPass
  ) -> Variable {
    let (count, patches, channels) = (images.shape[0], positions.shape[1] - 1, positions.shape[2])
    let rows = positions.reshaped(to: [1 + patches, channels])
    let embedded = patchEmbed(images, pass).reshaped(to: [count, patches, channels])
      .addingToEachImage(rows.rows(1..<(1 + patches)).reshaped(to: [1, patches, channels]))
      .reshaped(to: [count * patches, channels])
    let first = classToken.reshaped(to: [1, channels]) + rows.rows(0..<1)
    // The class token stands behind all patches, to be picked for each image.
    let picked = (0..<count).flatMap { image in
      [count * patches]
        + (visible?[image] ?? Array(0..<patches)).map { image * patches + $0 }
    }
    var tokens = Variable.joined([embedded, first]).selectedRows(picked)
      .reshaped(to: [count, 1, picked.count / count, channels])
    for block in blocks { tokens = block(tokens, pass) }
    return norm(tokens, pass).reshaped(to: [count, picked.count / count, channels])
  }

  /// The parameters by the names of timm and MAE.
  static func specifications(_ configuration: ViTConfiguration) -> [ParameterSpecification] {
    let width = configuration.embedDim
    return
      (configuration.parameterSpecifications()
      + [
        ParameterSpecification("cls_token", [1, 1, width], .normal(standardDeviation: 0.02))
      ] + LayerNorm.specifications("norm", channels: width))
      .map(\.startingAsMaskedAutoencoders)
  }
}

extension ViTConfiguration {
  /// The transformer that is pre-trained for this backbone: the same blocks on the pre-training picture, all of them
  /// global, without what only detection adds.
  public var plain: ViTConfiguration {
    var plain = self
    plain.imgSize = Extent(side: pretrainImgSize)
    plain.windowSize = 0
    plain.windowBlockIndexes = []
    plain.residualBlockIndexes = []
    plain.useAbsPos = true
    plain.useRelPos = false
    plain.pretrainUseClsToken = true
    return plain
  }
}

extension ParameterSpecification {
  /// The same parameter, with a matrix beginning evenly within `√(6 / (inputs + outputs))`.
  ///
  /// Source: He et al., Masked Autoencoders, `initialize_weights`.
  var startingAsMaskedAutoencoders: ParameterSpecification {
    guard shape.count == 2 || layout == .convolution else { return self }
    let inputs = shape.dropFirst().reduce(1, *)
    return ParameterSpecification(
      name, shape, .uniform(bound: (6 / Float(inputs + shape[0])).squareRoot()), layout: layout)
  }
}
