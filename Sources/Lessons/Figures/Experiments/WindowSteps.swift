internal import ViTDetMini

extension Experiment {
  /// The six stages of a windowed block, each as the map that the running block left there.
  static let windowSteps = Experiment(
    "window-steps",
    knobs: [
      .choice("stage", WindowStage.allCases.map(\.rawValue), start: WindowStage.norm.rawValue)
    ],
    viewCount: 2, hasFocus: true
  ) { input in
    guard let stage = WindowStage(rawValue: input["stage"]) else {
      preconditionFailure("stage «\(input["stage"])» passed the knob's check")
    }
    let configuration = input.laboratory.configuration
    let cut = configuration.windowGeometry
    let recording = try input.laboratory.recording(configuration)
    let shape = try stage.map(in: recording).shape
    let title =
      input.say("Stage \(stage.rawValue): ", "阶段 \(stage.rawValue)：") + NumberText.shape(shape)
    let flow = try WindowStage.allCases.map { other in
      FlowRow(
        name: (other == stage ? "→ " : "  ") + other.rawValue,
        shape: try other.map(in: recording).shape, remark: other.remark(cut)[input.language])
    }
    let evidence = Table(
      columns: [input.say("stage", "阶段"), input.say("shape", "形状"), input.say("what", "内容")],
      rows: flow.map { [$0.name, NumberText.shape($0.shape), $0.remark] })
    guard input.view == 0 else {
      return Figure(
        title: title, sentence: stage.sentence(cut)[input.language], body: .flow(flow))
    }

    let grid = try stage.grid(in: recording, cut)  // [1, rows, columns, C]
    let (rows, columns) = (grid.shape[1], grid.shape[2])
    let sizes = grid.rootMeanSquares()
    let focus = input.focus(rows: rows, columns: columns)
    return Figure(
      title: title, sentence: stage.sentence(cut)[input.language],
      body: .grid(
        GridContent(
          rows: rows, columns: columns,
          cells: .heat(sizes, range: 0...max(sizes.max() ?? 0, 1e-6)), unit: "RMS", focus: focus,
          realRows: cut.rows, realColumns: cut.columns, ruleEvery: stage.isCut ? cut.window : 0,
          readOuts: sizes.enumerated().map { index, size in
            let slot = Token(row: index / columns, column: index % columns)
            let kind = cut.isReal(slot) ? "token" : input.say("padding", "填充")
            return "(\(slot.row),\(slot.column)) \(kind) RMS \(NumberText.fixed(Double(size), 3))"
          })),
      legend: [
        LegendEntry(
          "RMS",
          input.say(
            "size of the \(configuration.embedDim) numbers", "\(configuration.embedDim) 个数的大小（均方根）")
        )
      ] + (columns > cut.columns ? [LegendEntry("p", input.say("padding", "填充"))] : []),
      evidence: evidence)
  }
}

/// What a windowed block does between its two shortcuts, in order.
enum WindowStage: String, CaseIterable {
  case norm, pad, cut, attend, join, crop

  /// Whether the map lies in windows at this stage.
  var isCut: Bool { self == .cut || self == .attend }

  /// The map as the block holds it: `[1, H, W, C]`, or `[M, K, K, C]` while it is cut.
  func map(in recording: Recording) throws -> Tensor {
    let cut = recording.configuration.windowGeometry
    switch self {
    case .norm: return try recording.map("blocks.0.norm1")
    case .cut: return try recording.map("blocks.0.windows")
    case .attend: return try recording.map("blocks.0.attn.proj")
    case .pad: return try WindowStage.cut.grid(in: recording, cut)
    case .join: return try WindowStage.attend.grid(in: recording, cut)
    case .crop:
      return windowUnpartition(
        try WindowStage.attend.map(in: recording), grid: recording.configuration.grid)
    }
  }

  /// The map laid out as a grid, windows put back in place with their padding.
  func grid(in recording: Recording, _ cut: WindowGeometry) throws -> Tensor {
    let map = try map(in: recording)
    guard isCut else { return map }
    // A grid of whole windows has no padding to crop, so all slots come back.
    return windowUnpartition(map, grid: Extent(height: cut.paddedRows, width: cut.paddedColumns))
  }

  /// A few words for the flow.
  func remark(_ cut: WindowGeometry) -> Localized {
    switch self {
    case .norm: Localized("each token for itself", "逐个 token 归一化")
    case .pad: Localized("+ \(cut.padding) zero slots", "补 \(cut.padding) 个零位置")
    case .cut: Localized("\(cut.windows) windows, like a batch", "\(cut.windows) 个窗口，相当于批次")
    case .attend: Localized("inside each window only", "只在各窗口内部")
    case .join: Localized("windows back in place", "窗口放回原位")
    case .crop: Localized("padding thrown away", "丢掉填充")
    }
  }

  /// What to see at this stage.
  func sentence(_ cut: WindowGeometry) -> Localized {
    switch self {
    case .norm:
      Localized(
        "LayerNorm comes first: every token now has the same size.",
        "最先是 LayerNorm：此后每个 token 的大小都一样。")
    case .pad:
      Localized(
        "\(cut.padding) slots of exact zeros at the bottom and right: the grid is now "
          + "\(cut.paddedRows)×\(cut.paddedColumns).",
        "在下方和右侧补上 \(cut.padding) 个全零位置：网格变为 \(cut.paddedRows)×\(cut.paddedColumns)。")
    case .cut:
      Localized(
        "Nothing is computed: the \(cut.windows) windows move to the first axis, like pictures of a batch.",
        "这一步不做计算：\(cut.windows) 个窗口移到第一维，就像一个批次里的多幅图像。")
    case .attend:
      Localized(
        "Attention ran in each window. Padded slots took part: they are no longer zero where they saw "
          + "tokens.",
        "注意力在各窗口内完成。填充也参与其中：看到了 token 的填充位置已不再是零。")
    case .join:
      Localized(
        "The windows stand in their places again, padding included.", "窗口回到原位，填充仍在。")
    case .crop:
      Localized(
        "The padding is cut off, and what it computed is lost: \(cut.rows)×\(cut.columns) again.",
        "裁掉填充，它算出的结果也随之丢弃：恢复为 \(cut.rows)×\(cut.columns)。")
    }
  }
}

extension Tensor {
  /// The root of the mean square over the last axis, for each position before it.
  func rootMeanSquares() -> [Float] {
    let width = max(shape.last ?? 1, 1)
    return (0..<count / width).map { position in
      let sum = storage[position * width..<(position + 1) * width].reduce(Float(0)) {
        $0 + $1 * $1
      }
      return (sum / Float(width)).squareRoot()
    }
  }
}
