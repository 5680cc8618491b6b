/// How a masked autoencoder is built.
public struct MaskedAutoencoderConfiguration: Sendable, Hashable {
  /// The plain transformer that is kept afterwards.
  public var encoder: ViTConfiguration
  /// The small one that is thrown away; of its own it has no patch embedding.
  public var decoder: ViTConfiguration

  /// Creates the autoencoder that pre-trains a backbone.
  ///
  /// MAE's decoder has two thirds of the encoder's width in ViT-B, and eight blocks; a tiny encoder needs
  /// no more than two.
  ///
  /// - Parameter backbone: The backbone that is to inherit from it.
  public init(for backbone: ViTConfiguration) {
    encoder = backbone.plain
    decoder = encoder
    decoder.depth = 2
    // Sines and cosines of two axes need a multiple of 4, heads one of their number.
    let unit = 4 * decoder.numHeads
    decoder.embedDim = (encoder.embedDim * 2 / 3 + unit - 1) / unit * unit
    decoder.dropPathRate = 0
  }

  /// Every parameter, by the names of MAE's checkpoints.
  func parameterSpecifications() -> [ParameterSpecification] {
    let (inner, outer) = (decoder.embedDim, encoder.embedDim)
    let pixels = encoder.patchSize * encoder.patchSize * encoder.inChans
    var result = Linear.specifications("decoder_embed", inputs: outer, outputs: inner)
    result += [
      ParameterSpecification("mask_token", [1, 1, inner], .normal(standardDeviation: 0.02)),
      ParameterSpecification(
        "decoder_pos_embed", [1, decoder.positionRows, inner], .sineCosine(classRow: true)),
    ]
    for index in 0..<decoder.depth {
      result += Block.specifications(
        "decoder_blocks.\(index)", decoder, index: index, relativePositions: .zeros)
    }
    result += LayerNorm.specifications("decoder_norm", channels: inner)
    result += Linear.specifications("decoder_pred", inputs: inner, outputs: pixels)
    return PlainViT.specifications(encoder) + result.map(\.startingAsMaskedAutoencoders)
  }
}
