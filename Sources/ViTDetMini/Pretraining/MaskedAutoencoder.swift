// B images, N patches of P × P pixels, n of them visible, C and D the widths of encoder and decoder.

/// A masked autoencoder: a plain transformer that sees a quarter of the patches, and a small one that paints the rest.
///
/// The encoder runs on visible patches only. The decoder gets its tokens, a mask token in each empty place and position
/// rows, and predicts the pixels. What is wrong counts on hidden patches alone.
///
/// Source: He et al., Masked Autoencoders Are Scalable Vision Learners, and its `MaskedAutoencoderViT`.
public final class MaskedAutoencoder {
  /// How encoder and decoder are built.
  public let configuration: MaskedAutoencoderConfiguration
  private let table: ParameterTable
  private let encoder: PlainViT
  private let embed: Linear
  // [1, 1, D]
  private let maskToken: Variable
  // [1, 1 + N, D]
  private let positions: Variable
  private let blocks: [Block]
  private let norm: LayerNorm
  private let predictor: Linear

  /// Creates an autoencoder from parameters.
  ///
  /// - Parameters:
  ///   - configuration: How it is built.
  ///   - parameters: Its numbers, by the names of MAE's checkpoints.
  ///   - trainable: Whether gradients are to be recorded.
  /// - Throws: `ModelError` if the configuration contradicts itself or a parameter is missing or of another shape.
  public init(
    _ configuration: MaskedAutoencoderConfiguration, parameters: Parameters, trainable: Bool = false
  ) throws(ModelError) {
    try configuration.encoder.validate()
    try configuration.decoder.validate()
    let table = try ParameterTable(
      configuration.parameterSpecifications(), parameters, trainable: trainable)
    self.configuration = configuration
    self.table = table
    encoder = PlainViT(table, configuration.encoder)
    embed = Linear(table, "decoder_embed")
    maskToken = table["mask_token"]
    positions = table["decoder_pos_embed"]
    blocks = (0..<configuration.decoder.depth).map {
      Block(table, configuration.decoder, index: $0, of: "decoder_blocks")
    }
    norm = LayerNorm(table, "decoder_norm", eps: configuration.decoder.normEps)
    predictor = Linear(table, "decoder_pred")
  }

  /// The variable of a parameter: where its gradient arrives.
  public func variable(named name: String) -> Variable? { table.optional(name) }

  /// What the network paints in the hidden patches.
  ///
  /// - Parameters:
  ///   - images: `[B, S, S, 3]`, normalised.
  ///   - masks: What is hidden in each image, equally much.
  ///   - pass: Who watches.
  /// - Returns: `[B · hidden, P·P·3]`, image by image, in units of each patch's own mean and deviation.
  func prediction(_ images: Variable, _ masks: [PatchMask], _ pass: ForwardPass) -> Variable {
    let (count, width) = (images.shape[0], configuration.decoder.embedDim)
    let (tokens, seen) = (positions.shape[1], 1 + masks[0].visible.count)
    let encoded = embed(encoder(images, seeing: masks.map(\.visible), pass), pass)
      .reshaped(to: [count * seen, width])
    // The mask token stands behind all others, and is picked wherever nothing was seen.
    let picked = masks.enumerated().flatMap { image, mask in
      var rows = [Int](repeating: count * seen, count: tokens)
      rows[0] = image * seen
      for (place, patch) in mask.visible.enumerated() { rows[1 + patch] = image * seen + 1 + place }
      return rows
    }
    var decoded = Variable.joined([encoded, maskToken.reshaped(to: [1, width])])
      .selectedRows(picked).reshaped(to: [count, tokens, width])
      .addingToEachImage(positions).reshaped(to: [count, 1, tokens, width])
    for block in blocks { decoded = block(decoded, pass) }
    let hidden = masks.enumerated().flatMap { image, mask in
      mask.hidden.map { image * tokens + 1 + $0 }
    }
    return predictor(
      norm(decoded.reshaped(to: [count * tokens, width]).selectedRows(hidden), pass), pass)
  }

  /// How far the hidden patches are from what is painted there.
  ///
  /// - Parameters:
  ///   - images: `[B, S, S, 3]`, normalised.
  ///   - masks: What is hidden in each image, equally much.
  ///   - pass: Who watches.
  /// - Returns: The mean squared error of the hidden pixels, a single number; 1 for painting each patch in its mean colour.
  func loss(_ images: Tensor, _ masks: [PatchMask], _ pass: ForwardPass) -> Variable {
    let painted = prediction(Variable(images), masks, pass)
    return meanSquaredError(painted, targets: targets(images, masks))
  }

  /// The pixels of the hidden patches, each patch with mean 0 and deviation 1, in the order of ``prediction(_:_:_:)``.
  func targets(_ images: Tensor, _ masks: [PatchMask]) -> Tensor {
    let pixels = unfoldPatches(images, patch: configuration.encoder.patchSize)
    let (patches, length) = (pixels.shape[1] * pixels.shape[2], pixels.shape[3])
    let rows = masks.enumerated().flatMap { image, mask in
      mask.hidden.map { image * patches + $0 }
    }
    return Variable(pixels.reshaped(to: [images.shape[0] * patches, length]))
      .selectedRows(rows).value.normalizedRows
  }
}

extension Tensor {
  /// Each row of a matrix minus its mean, divided by its deviation.
  ///
  /// Source: MAE with `norm_pix_loss`: the unbiased variance, plus 10⁻⁶ for patches of one colour.
  var normalizedRows: Tensor {
    var result = self
    let length = shape[1]
    result.withMutablePointer { numbers in
      for row in 0..<shape[0] {
        let start = numbers + row * length
        var (sum, squares) = (0.0, 0.0)
        for place in 0..<length { sum += Double(start[place]) }
        let mean = sum / Double(length)
        for place in 0..<length {
          let difference = Double(start[place]) - mean
          squares += difference * difference
        }
        let deviation = (squares / Double(max(length - 1, 1)) + 1e-6).squareRoot()
        for place in 0..<length { start[place] = Float((Double(start[place]) - mean) / deviation) }
      }
    }
    return result
  }
}
