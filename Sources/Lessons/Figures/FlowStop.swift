internal import ViTDetMini

/// One module on the way from the picture to the pyramid.
struct FlowStop {
  /// What a module does to the map.
  enum Kind: Hashable {
    case patches, position
    /// A block of the backbone; with no windows it is global.
    case block(isGlobal: Bool)
    case transposed, norm, pool, reduce, smooth, subsample
  }

  /// What it does.
  let kind: Kind
  /// Its shape, parameters and cost, as the engine reports them.
  let module: ModuleReport
  /// The channels that go in.
  let inputs: Int
  /// The level it belongs to; nil in the backbone.
  let level: String?
  /// Whether it is the last module of its level.
  let isLast: Bool

  /// The module's name without the part that all have.
  var name: String {
    ["backbone.net.", "backbone."].first { module.name.hasPrefix($0) }
      .map { String(module.name.dropFirst($0.count)) } ?? module.name
  }

  /// The modules of a detector's backbone and neck, in the order in which they run.
  static func stops(of detector: DetectorConfiguration) -> [FlowStop] {
    let reports = detector.modules().filter { $0.name.hasPrefix("backbone.") }
    return backbone(reports, detector.backbone) + neck(reports, detector)
  }

  private static func backbone(
    _ reports: [ModuleReport], _ configuration: ViTConfiguration
  ) -> [FlowStop] {
    let prefix = "backbone.net."
    return reports.filter { $0.name.hasPrefix(prefix) }.map { report in
      let name = report.name.dropFirst(prefix.count)
      let kind: Kind =
        switch name {
        case "patch_embed": .patches
        case "pos_embed": .position
        default:
          .block(
            isGlobal: Int(name.dropFirst("blocks.".count)).map(configuration.isGlobal) ?? false)
        }
      let inputs = kind == .patches ? configuration.inChans : configuration.embedDim
      return FlowStop(kind: kind, module: report, inputs: inputs, level: nil, isLast: false)
    }
  }

  private static func neck(
    _ reports: [ModuleReport], _ detector: DetectorConfiguration
  ) -> [FlowStop] {
    var stops: [FlowStop] = []
    for level in detector.levels {
      guard let branch = reports.first(where: { $0.name == "backbone.simfp_\(level.number)" })
      else { continue }
      let kinds = steps(level.step) + [.reduce, .smooth]
      precondition(
        kinds.count == branch.parts.count, "\(branch.name) has \(branch.parts.count) parts")
      var inputs = detector.backbone.embedDim
      for (kind, part) in zip(kinds, branch.parts) {
        stops.append(
          FlowStop(
            kind: kind, module: part, inputs: inputs, level: level.name, isLast: kind == .smooth))
        inputs = part.output.last ?? inputs
      }
    }
    if let top = detector.topLevel,
      let report = reports.first(where: { $0.name == "backbone.top_block" })
    {
      stops.append(
        FlowStop(
          kind: .subsample, module: report, inputs: detector.outChannels, level: top.name,
          isLast: true))
    }
    return stops
  }

  private static func steps(_ step: PyramidLevel.Step) -> [Kind] {
    switch step {
    case .quadruple: [.transposed, .norm, .transposed]
    case .double: [.transposed]
    case .keep: []
    case .halve: [.pool]
    }
  }
}

/// The words for a module.
extension FlowStop {
  /// The row of a flow, with the module's numbers.
  func row(_ language: Language) -> FlowRow {
    let (parameters, cost) = (module.parameters, module.cost)
    let numbers = [
      "p \(NumberText.short(parameters))", "m \(NumberText.short(cost.multiplyAdds))",
      "B \(NumberText.short(cost.bytes))",
    ].joined(separator: language == .en ? ", " : "，")
    let result = isLast ? (level.map { " → \($0)" } ?? "") : ""
    return FlowRow(
      name: name, shape: module.output,
      remark: "\(remark[language])\(result)\(language == .en ? "; " : "；")\(numbers)",
      readOut: sentence[language] + (isLast ? made[language] : "")
        + (language == .en ? " " : "") + numbers)
  }

  private var channels: Int { module.output.last ?? 0 }

  /// What leaves the last module of a level.
  private var made: Localized {
    let level = level ?? ""
    return Localized(" This is \(level).", "这就是 \(level)。")
  }

  private var remark: Localized {
    switch kind {
    case .patches: Localized("patches to tokens", "图像块变成 token")
    case .position: Localized("position added", "加上位置编码")
    case .block(let isGlobal):
      isGlobal ? Localized("global block", "全局块") : Localized("windowed block", "窗口块")
    case .transposed: Localized("2×2 transposed conv", "2×2 转置卷积")
    case .norm: Localized("norm, GELU", "归一化，GELU")
    case .pool: Localized("2×2 max-pool", "2×2 最大池化")
    case .reduce: Localized("1×1 conv, norm", "1×1 卷积，归一化")
    case .smooth: Localized("3×3 conv, norm", "3×3 卷积，归一化")
    case .subsample: Localized("every second cell", "隔一格取一格")
    }
  }

  private var sentence: Localized {
    let change = "\(inputs) → \(channels)"
    switch kind {
    case .patches:
      return Localized(
        "Each patch of the picture becomes a token of \(channels) numbers.",
        "图像的每一块变成一个 token，有 \(channels) 个数。")
    case .position:
      return Localized(
        "A position row is added to each token.", "每个 token 加上自己的位置编码。")
    case .block(let isGlobal):
      return isGlobal
        ? Localized(
          "A block whose tokens all see each other. The shape stays.",
          "这一块里所有 token 互相看得见。形状不变。")
        : Localized(
          "A block that attends inside windows. The shape stays.",
          "这一块只在窗口内做注意力。形状不变。")
    case .transposed:
      return Localized(
        "Each cell becomes 2×2 cells, each with weights of its own; channels \(change).",
        "每个格子变成 2×2 个格子，四个位置各有各的权重；通道 \(change)。")
    case .norm:
      return Localized(
        "Each cell for itself: a norm, then GELU. The shape stays.",
        "逐个格子归一化，再做 GELU。形状不变。")
    case .pool:
      return Localized(
        "The largest of 2×2 cells, for each channel. Nothing is learned.",
        "每个通道取 2×2 个格子中最大的数。没有要学的参数。")
    case .reduce:
      return Localized(
        "Each cell for itself: channels \(change), then a norm.",
        "逐个格子计算：通道 \(change)，再归一化。")
    case .smooth:
      return Localized(
        "Each cell with its 8 neighbours: channels \(change), then a norm.",
        "每个格子和 8 个邻居一起算：通道 \(change)，再归一化。")
    case .subsample:
      return Localized(
        "Every second cell along both sides. Nothing is learned.",
        "两个方向都隔一个取一个。没有要学的参数。")
    }
  }
}
