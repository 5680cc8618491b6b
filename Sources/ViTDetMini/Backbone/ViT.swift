/// The plain vision transformer as a detector's backbone: one map of stride `patchSize`, no class token, no final norm.
///
/// Source: ViTDet §3; detectron2 `ViT`.
public final class ViT {
  /// How it is built.
  public let configuration: ViTConfiguration
  private let patchEmbed: PatchEmbed
  private let positions: AbsolutePosition?
  private let blocks: [Block]
  private let table: ParameterTable
  private let specifications: [ParameterSpecification]

  /// Creates a backbone from parameters.
  ///
  /// - Parameters:
  ///   - configuration: How it is built.
  ///   - parameters: Its numbers; those it has no use for are ignored.
  ///   - trainable: Whether gradients are to be recorded.
  /// - Throws: `ModelError` if the configuration contradicts itself or a parameter is missing or of another shape.
  public convenience init(
    _ configuration: ViTConfiguration, parameters: Parameters, trainable: Bool = false
  ) throws(ModelError) {
    try configuration.validate()
    let specifications = configuration.parameterSpecifications()
    let table = try ParameterTable(specifications, parameters, trainable: trainable)
    self.init(configuration, table: table, specifications: specifications)
  }

  /// Creates an untrained backbone; the same seed gives the same numbers on every machine.
  ///
  /// Linear layers begin with a truncated normal distribution, position rows with the sines and cosines of
  /// a masked autoencoder.
  ///
  /// - Parameters:
  ///   - configuration: How it is built.
  ///   - seed: Chooses the numbers.
  ///   - relativePositionDeviation: How far the relative positions begin from 0, where detectron2 begins; the course's
  ///     figures of untrained models set it to make them visible.
  /// - Precondition: The configuration is valid.
  public convenience init(
    _ configuration: ViTConfiguration, seed: UInt64, relativePositionDeviation: Float = 0
  ) {
    let parameters = Parameters(
      configuration.parameterSpecifications(relativePositionDeviation: relativePositionDeviation),
      seed: seed)
    do {
      try self.init(configuration, parameters: parameters)
    } catch {
      preconditionFailure("ViT: \(error)")
    }
  }

  /// Puts the modules together; in a detector the table is scoped to `backbone.net`.
  init(
    _ configuration: ViTConfiguration, table: ParameterTable,
    specifications: [ParameterSpecification]
  ) {
    self.configuration = configuration
    self.table = table
    self.specifications = specifications
    patchEmbed = PatchEmbed(table, "patch_embed", patch: configuration.patchSize)
    positions =
      configuration.useAbsPos
      ? AbsolutePosition(table, "pos_embed", hasClassRow: configuration.pretrainUseClsToken) : nil
    blocks = (0..<configuration.depth).map { Block(table, configuration, index: $0) }
  }

  /// The parameters as they are now.
  public var parameters: Parameters {
    var result = Parameters()
    for specification in specifications {
      result[specification.name] = table[specification.name].value
    }
    return result
  }

  /// The variable of a parameter: where its gradient arrives.
  public func variable(named name: String) -> Variable? {
    table.optional(name)
  }

  /// The last block's map.
  ///
  /// - Parameters:
  ///   - image: `[B, H, W, 3]`, normalised; rows and columns beyond whole patches are ignored.
  ///   - recorder: Keeps intermediate values.
  ///   - cost: Counts what is executed.
  /// - Returns: `[B, H/P, W/P, C]`.
  /// - Precondition: The image has the configured channels and room for a patch.
  public func callAsFunction(
    _ image: Variable, recorder: Recorder? = nil, cost: CostCounter? = nil
  ) -> Variable {
    self(image, ForwardPass(recorder: recorder, cost: cost))
  }

  func callAsFunction(_ image: Variable, _ pass: ForwardPass) -> Variable {
    self(tokens: embed(image, pass), blocks: blocks.indices, pass)
  }

  /// The tokens that enter the first block.
  ///
  /// - Parameter image: `[B, H, W, 3]`, normalised; rows and columns beyond whole patches are ignored.
  /// - Returns: `[B, H/P, W/P, C]`, patches projected and position rows added.
  /// - Precondition: The image has the configured channels and room for a patch.
  public func embed(_ image: Variable) -> Variable {
    embed(image, ForwardPass())
  }

  private func embed(_ image: Variable, _ pass: ForwardPass) -> Variable {
    precondition(
      image.value.rank == 4 && image.shape[3] == configuration.inChans
        && min(image.shape[1], image.shape[2]) >= configuration.patchSize,
      "ViT: \(image.shape) for patches of \(configuration.patchSize)")
    var tokens = patchEmbed(image, pass)
    if let positions { tokens = positions(tokens, pass) }
    return pass.record(tokens, as: patchEmbed.name)
  }

  /// Passes a map through some of the blocks: all of them after `embed` make the whole backbone.
  ///
  /// A gradient can so be taken at any depth, and a block timed by itself.
  ///
  /// - Parameters:
  ///   - tokens: The map that enters the first of them, `[B, H, W, C]`.
  ///   - blocks: Which, in order.
  ///   - recorder: Keeps intermediate values.
  ///   - cost: Counts what is executed.
  /// - Returns: The map that leaves the last, of the same shape.
  /// - Precondition: There are such blocks, and the map has the configured width.
  public func callAsFunction(
    tokens: Variable, blocks: Range<Int>, recorder: Recorder? = nil, cost: CostCounter? = nil
  ) -> Variable {
    self(tokens: tokens, blocks: blocks, ForwardPass(recorder: recorder, cost: cost))
  }

  private func callAsFunction(
    tokens: Variable, blocks range: Range<Int>, _ pass: ForwardPass
  ) -> Variable {
    precondition(
      tokens.value.rank == 4 && tokens.shape[3] == configuration.embedDim
        && blocks.indices.contains(range),
      "ViT: \(tokens.shape) through blocks \(range) of \(blocks.count)")
    return blocks[range].reduce(tokens) { tokens, block in block(tokens, pass) }
  }
}
