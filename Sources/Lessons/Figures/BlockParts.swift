internal import ViTDetMini

/// What each part of a global block costs for a square picture, the attention's own products taken apart.
struct BlockParts {
  /// A part of the block.
  enum Part: CaseIterable {
    case qkv, scores, relative, softmax, values, proj, mlp

    /// Its name.
    var name: Localized {
      switch self {
      case .qkv: Localized("q, k, v", "q、k、v")
      case .scores: Localized("scores", "分数")
      case .relative: Localized("rel. position", "相对位置")
      case .softmax: Localized("softmax", "softmax")
      case .values: Localized("weighted sum", "加权和")
      case .proj: Localized("projection", "输出投影")
      case .mlp: Localized("MLP", "MLP")
      }
    }
  }

  /// The tokens of the picture's map.
  let tokens: Int
  private let costs: [Part: Cost]
  private let parameters: [Part: Int]

  /// Takes the first global block of a model apart.
  ///
  /// The counter has one entry for everything between q, k, v and the projection: `2N²C` multiply-adds for the two
  /// products and the rest for the relative positions; of the bytes the logits are the softmax's.
  init(_ model: ViTConfiguration, side: Int) {
    let extent = Extent(side: side)
    let index = BlockChoice.global.index(in: model)
    let block = model.modules(image: extent).first { $0.name == "blocks.\(index)" }
    let attention = block?.part("attn")
    let core = attention?.part("core")
    let (pairs, bytes) = (core?.cost.pairs ?? 0, core?.cost.bytes ?? 0)
    let product = pairs * model.embedDim
    let logits = 4 * model.numHeads * pairs
    let output = 4 * model.tokens(side: side) * model.embedDim
    tokens = model.tokens(side: side)
    let (qkv, proj, mlp) = (attention?.part("qkv"), attention?.part("proj"), block?.part("mlp"))
    costs = [
      .qkv: qkv?.cost ?? Cost(), .proj: proj?.cost ?? Cost(), .mlp: mlp?.cost ?? Cost(),
      .scores: Cost(pairs: pairs, multiplyAdds: product),
      .relative: Cost(
        multiplyAdds: (core?.cost.multiplyAdds ?? 0) - 2 * product, bytes: bytes - logits - output),
      .softmax: Cost(bytes: logits),
      .values: Cost(multiplyAdds: product, bytes: output),
    ]
    parameters = [
      .qkv: qkv?.parameters ?? 0, .proj: proj?.parameters ?? 0, .mlp: mlp?.parameters ?? 0,
      .relative: core?.parameters ?? 0,
    ]
  }

  /// The cost of a part.
  subscript(part: Part) -> Cost { costs[part] ?? Cost() }

  /// How many numbers a part has learned.
  func parameters(of part: Part) -> Int { parameters[part] ?? 0 }

  /// The multiply-adds of both products whose size is the number of pairs.
  var products: Int { self[.scores].multiplyAdds + self[.values].multiplyAdds }

  /// The multiply-adds of all parts.
  var multiplyAdds: Int { Part.allCases.reduce(0) { $0 + self[$1].multiplyAdds } }
}

extension ModuleReport {
  /// The part with a name below this one's.
  fileprivate func part(_ suffix: String) -> ModuleReport? {
    parts.first { $0.name == "\(name).\(suffix)" }
  }
}
