/// Multi-head self-attention over the tokens of each window, or of each image.
///
/// Source: detectron2 `Attention`.
struct Attention {
  let name: String
  /// The name under which queries, keys and values are recorded.
  let recordedRows: String
  let heads: Int
  let qkv: Linear
  let proj: Linear
  let relativePosition: RelativePosition?

  init(_ table: ParameterTable, _ configuration: ViTConfiguration) {
    name = table.name("attn")
    recordedRows = table.name("qkv")
    let table = table.scoped("attn")
    heads = configuration.numHeads
    qkv = Linear(table, "qkv")
    proj = Linear(table, "proj")
    relativePosition = configuration.useRelPos ? RelativePosition(table) : nil
  }

  /// Mixes `[G, S_h, S_w, C]` within each group, and adds a shortcut to the result if there is one.
  func callAsFunction(_ x: Variable, shortcut: Variable? = nil, _ pass: ForwardPass) -> Variable {
    let (groups, channels) = (x.shape[0], x.shape[3])
    let extent = Extent(height: x.shape[1], width: x.shape[2])
    let rows = qkv(x, pass).reshaped(to: [groups, extent.area, 3 * channels])
    pass.record(rows, as: recordedRows)
    pass.cost?.count(
      name + ".core",
      .attention(
        groups: groups, heads: heads, extent: extent, channels: channels,
        relative: relativePosition != nil))
    let mixed = attentionCore(
      rows, heads: heads, extent: extent, tables: relativePosition?.tables(for: extent),
      keepsProbabilities: pass.recorder?.wants(name) ?? false)
    if let probabilities = mixed.probabilities {
      pass.recorder?.record(probabilities, as: name)
    }
    let result = proj(mixed.output.reshaped(to: x.shape), shortcut: shortcut, pass)
    return pass.record(result, as: name + ".proj")
  }

  /// Mixes `[B, H, W, C]` within windows, as `windowPartition`, this layer and `windowUnpartition` do, for inference.
  func inWindows(
    _ x: Variable, windowSize: Int, shortcut: Variable?, _ pass: ForwardPass
  ) -> Variable {
    let rows = qkv(x, pass)
    let mixed = attentionInWindows(
      rows.value, padding: qkv.bias?.value ?? Tensor(zeros: [rows.shape[3]]),
      windowSize: windowSize, heads: heads,
      tables: relativePosition?.tables(for: Extent(height: windowSize, width: windowSize)))
    return proj(Variable(mixed), shortcut: shortcut, pass)
  }

  static func specifications(
    _ name: String, _ configuration: ViTConfiguration, extent: Extent,
    relativePositions: Initialization
  ) -> [ParameterSpecification] {
    let channels = configuration.embedDim
    return Linear.specifications(
      name + ".qkv", inputs: channels, outputs: 3 * channels, bias: configuration.qkvBias)
      + Linear.specifications(name + ".proj", inputs: channels, outputs: channels)
      + (configuration.useRelPos
        ? RelativePosition.specifications(
          name, extent: extent, headDim: configuration.headDim, relativePositions) : [])
  }
}
