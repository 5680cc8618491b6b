/// A module of a network as a table shows it: what comes out, how many numbers it keeps, what it costs.
public struct ModuleReport: Sendable, Hashable {
  /// Its name.
  public let name: String
  /// What it is, in a few words.
  public let summary: String
  /// The shape of its result, channels last.
  public let output: [Int]
  /// How many numbers it has.
  public let parameters: Int
  /// What one image costs.
  public let cost: Cost
  /// The modules inside it.
  public let parts: [ModuleReport]

  init(
    _ name: String, _ summary: String, output: [Int], parameters: Int, cost: Cost = Cost(),
    parts: [ModuleReport] = []
  ) {
    self.name = name
    self.summary = summary
    self.output = output
    self.parameters = parameters
    self.cost = parts.reduce(cost) { $0 + $1.cost }
    self.parts = parts
  }

  /// The modules that have no parts.
  var leaves: [ModuleReport] { parts.isEmpty ? [self] : parts.flatMap(\.leaves) }
}

extension ViTConfiguration {
  /// The backbone's modules and what one image of a size costs, without running it.
  ///
  /// The numbers are those that a `CostCounter` counts when the backbone runs.
  ///
  /// - Parameter image: In pixels; `imgSize` if left out.
  /// - Returns: Patch embedding, position embedding and blocks, in order.
  public func modules(image: Extent? = nil) -> [ModuleReport] {
    let counts = ParameterCounts(parameterSpecifications())
    func count(_ module: String) -> Int { counts[module] }
    let grid = grid(of: image ?? imgSize)
    let output = [1, grid.height, grid.width, embedDim]
    func linear(_ name: String, rows: Int, _ inputs: Int, _ outputs: Int) -> ModuleReport {
      ModuleReport(
        name, "\(inputs) → \(outputs)", output: [rows, outputs], parameters: count(name),
        cost: .linear(rows: rows, inputs: inputs, outputs: outputs))
    }
    func elementwise(_ name: String, _ summary: String, _ shape: [Int]) -> ModuleReport {
      ModuleReport(
        name, summary, output: shape, parameters: count(name),
        cost: .elementwise(count: shape.reduce(1, *)))
    }
    func attention(_ name: String, _ index: Int) -> ModuleReport {
      let isGlobal = isGlobal(index)
      let extent = isGlobal ? grid : Extent(side: windowSize)
      let groups = isGlobal ? 1 : grid.padded(toMultipleOf: windowSize).area / extent.area
      let rows = groups * extent.area
      let tables = useRelPos ? count(name + ".rel_pos_h") + count(name + ".rel_pos_w") : 0
      return ModuleReport(
        name, isGlobal ? "global, \(grid) tokens" : "\(groups) windows of \(extent) tokens",
        output: output, parameters: count(name),
        parts: [
          linear(name + ".qkv", rows: rows, embedDim, 3 * embedDim),
          ModuleReport(
            name + ".core", "\(numHeads) heads", output: [groups, extent.area, embedDim],
            parameters: tables,
            cost: .attention(
              groups: groups, heads: numHeads, extent: extent, channels: embedDim,
              relative: useRelPos)),
          linear(name + ".proj", rows: rows, embedDim, embedDim),
        ])
    }
    func residual(_ name: String) -> ModuleReport {
      var parts: [ModuleReport] = []
      for (index, layer) in residualBlock.convolutions(channels: embedDim).enumerated() {
        if index > 0 {
          let previous = residualBlock.convolutions(channels: embedDim)[index - 1].outputs
          parts.append(
            elementwise("\(name).act\(index)", "GELU", [1, grid.height, grid.width, previous]))
        }
        parts.append(
          linear(
            "\(name).conv\(index + 1)", rows: grid.area,
            layer.inputs * layer.kernel * layer.kernel, layer.outputs))
        parts.append(
          elementwise(
            "\(name).norm\(index + 1)", "norm", [1, grid.height, grid.width, layer.outputs]))
      }
      return ModuleReport(
        name, residualBlock.rawValue, output: output, parameters: count(name), parts: parts)
    }
    func block(_ index: Int) -> ModuleReport {
      let name = "blocks.\(index)"
      let attention = attention(name + ".attn", index)
      let mlp = ModuleReport(
        name + ".mlp", "\(embedDim) → \(mlpHidden) → \(embedDim)", output: output,
        parameters: count(name + ".mlp"),
        parts: [
          linear(name + ".mlp.fc1", rows: grid.area, embedDim, mlpHidden),
          elementwise(name + ".mlp.act", "GELU", [1, grid.height, grid.width, mlpHidden]),
          linear(name + ".mlp.fc2", rows: grid.area, mlpHidden, embedDim),
        ])
      let hasResidual = residualBlockIndexes.contains(index)
      return ModuleReport(
        name, attention.summary + (hasResidual ? ", then convolution" : ""), output: output,
        parameters: count(name),
        parts: [
          elementwise(name + ".norm1", "norm", output), attention,
          elementwise(name + ".norm2", "norm", output), mlp,
        ] + (hasResidual ? [residual(name + ".residual")] : []))
    }
    let patch = ModuleReport(
      "patch_embed", "patches of \(patchSize)×\(patchSize)×\(inChans)", output: output,
      parameters: count("patch_embed"),
      parts: [
        linear("patch_embed.proj", rows: grid.area, patchSize * patchSize * inChans, embedDim)
      ])
    let position = useAbsPos ? [elementwise("pos_embed", "\(positionRows) rows", output)] : []
    return [patch] + position + (0..<depth).map(block)
  }

  /// The bytes of all attention probabilities of one image, which only a recorder or a gradient keeps.
  ///
  /// - Parameter image: In pixels.
  /// - Returns: Four bytes for each head and pair.
  public func attentionBytes(image: Extent) -> Int {
    4 * numHeads * modules(image: image).reduce(0) { $0 + $1.cost.pairs }
  }
}
