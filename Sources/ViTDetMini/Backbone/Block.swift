/// A transformer block: attention and MLP, each after a norm and beside a shortcut.
///
/// Windows are cut after the first norm, so the padding is zeros when it enters the qkv layer.
///
/// Source: detectron2 `Block`.
struct Block {
  let name: String
  /// The side of a window in tokens; nil attends globally.
  let windowSize: Int?
  let norm1: LayerNorm
  let attn: Attention
  let norm2: LayerNorm
  let mlp: MLP
  let residual: ResidualConvBlock?
  let dropPath: DropPath

  /// Creates block `index` of a stack; a backbone has one stack, an autoencoder has another in its decoder.
  init(
    _ table: ParameterTable, _ configuration: ViTConfiguration, index: Int,
    of stack: String = "blocks"
  ) {
    name = table.name("\(stack).\(index)")
    let table = table.scoped("\(stack).\(index)")
    windowSize = configuration.isGlobal(index) ? nil : configuration.windowSize
    norm1 = LayerNorm(table, "norm1", eps: configuration.normEps)
    attn = Attention(table, configuration)
    norm2 = LayerNorm(table, "norm2", eps: configuration.normEps)
    mlp = MLP(table, "mlp")
    residual =
      configuration.residualBlockIndexes.contains(index)
      ? ResidualConvBlock(table, "residual", configuration) : nil
    dropPath = DropPath(rate: configuration.dropPathRate(index))
  }

  /// Passes `[B, H, W, C]` through the block.
  func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable {
    let normal = pass.record(norm1(x, pass), as: name + ".norm1")
    let tokens = join(x, pass) { attend(normal, shortcut: $0, pass) }
    let normal2 = norm2(tokens, pass)
    let result = join(tokens, pass) { mlp(normal2, shortcut: $0, pass) }
    return pass.record(residual?(result, pass) ?? result, as: name)
  }

  /// Adds a branch to its shortcut: in the branch's last layer, unless somebody wants the branch by itself.
  private func join(
    _ shortcut: Variable, _ pass: ForwardPass, _ branch: (Variable?) -> Variable
  ) -> Variable {
    pass.isWatched || dropPath.acts(in: pass)
      ? shortcut + dropPath(branch(nil), pass) : branch(shortcut)
  }

  private func attend(_ x: Variable, shortcut: Variable?, _ pass: ForwardPass) -> Variable {
    guard let windowSize else { return attn(x, shortcut: shortcut, pass) }
    // Nobody looks at single windows.
    if !pass.isWatched, !x.requiresGradient, !attn.qkv.weight.requiresGradient {
      return attn.inWindows(x, windowSize: windowSize, shortcut: shortcut, pass)
    }
    let grid = Extent(height: x.shape[1], width: x.shape[2])
    let windows = windowPartition(x, windowSize: windowSize).windows
    pass.record(windows, as: name + ".windows")
    let attended = windowUnpartition(attn(windows, pass), grid: grid)
    return shortcut.map { $0 + attended } ?? attended
  }

  static func specifications(
    _ name: String, _ configuration: ViTConfiguration, index: Int,
    relativePositions: Initialization
  ) -> [ParameterSpecification] {
    let channels = configuration.embedDim
    return LayerNorm.specifications(name + ".norm1", channels: channels)
      + Attention.specifications(
        name + ".attn", configuration, extent: configuration.attentionExtent(index),
        relativePositions: relativePositions)
      + LayerNorm.specifications(name + ".norm2", channels: channels)
      + MLP.specifications(name + ".mlp", channels: channels, hidden: configuration.mlpHidden)
      + (configuration.residualBlockIndexes.contains(index)
        ? ResidualConvBlock.specifications(name + ".residual", configuration) : [])
  }
}
