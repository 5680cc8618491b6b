internal import ViTDetMini

extension Experiment {
  /// Which parameters of an inserted convolution block get a gradient, step by step, from two beginnings.
  static let residualGradients = Experiment(
    "residual-gradients",
    knobs: [
      .choice("block", ["naive", "basic", "bottleneck"], start: "bottleneck"),
      .choice("start", ["last-norm", "all-zero"], start: "last-norm"),
    ]
  ) { input in
    let kind = ResidualBlockKind(rawValue: input["block"]) ?? .bottleneck
    let start = ResidualStart(rawValue: input["start"]) ?? .lastNorm
    let rows = try input.laboratory.residualGradients(kind, start)
    let moving = (0..<ResidualGradient.steps).map { step in rows.count { $0.lengths[step] > 0 } }
    let all = rows.count
    return Figure(
      title: input.say(
        "Gradients in a new \(kind.rawValue) block, \(start.name.en)",
        "新插入的 \(kind.rawValue) 块里的梯度，\(start.name.zh)"),
      sentence: moving.last == all
        ? input.say(
          "In step 1 \(moving[0]) of \(all) tensors have a gradient, in step 2 all of them do.",
          "第 1 步，\(all) 个张量中有 \(moving[0]) 个得到梯度；第 2 步，全都得到。")
        : input.say(
          "In every step \(moving[0]) of \(all) tensors has a gradient. The others stay 0 for ever.",
          "每一步都只有 \(all) 个张量中的 \(moving[0]) 个得到梯度，其余永远是 0。"),
      body: .table(
        Table(
          columns: [input.say("tensor", "张量"), input.say("begins as", "初始值")]
            + (1...ResidualGradient.steps).map { input.say("step \($0)", "第 \($0) 步") },
          rows: rows.map { row in
            [row.name, row.beginning[input.language]]
              + row.lengths.map { $0 > 0 ? NumberText.measured(Double($0)) : "0" }
          })),
      legend: [
        LegendEntry(
          input.say("step", "步"),
          input.say(
            "length of the gradient, exactly 0 where it says 0", "梯度的长度；写 0 的就恰好是 0"))
      ],
      evidence: try evidence(input))
  }

  /// For every kind and beginning, how many tensors have a gradient in each step.
  private static func evidence(_ input: ExperimentInput) throws -> Table {
    Table(
      columns: [
        input.say("block", "块"), input.say("start", "初始化"), input.say("tensors", "张量"),
      ] + (1...ResidualGradient.steps).map { input.say("step \($0)", "第 \($0) 步") },
      rows: try ResidualBlockKind.allCases.flatMap { kind in
        try ResidualStart.allCases.map { start in
          let rows = try input.laboratory.residualGradients(kind, start)
          return [kind.rawValue, start.name[input.language], String(rows.count)]
            + (0..<ResidualGradient.steps).map { step in
              String(rows.count { $0.lengths[step] > 0 })
            }
        }
      })
  }
}

/// How a convolution block begins.
enum ResidualStart: String, CaseIterable {
  case lastNorm = "last-norm"
  case allZero = "all-zero"

  var name: Localized {
    switch self {
    case .lastNorm: Localized("last norm zero", "最后一个归一化为 0")
    case .allZero: Localized("all zero", "全部为 0")
    }
  }
}

/// The gradients of one parameter over a few steps of training.
struct ResidualGradient: Sendable {
  /// How many steps are watched.
  static let steps = 3

  let name: String
  let beginning: Localized
  /// The length of the gradient in each step.
  var lengths: [Float] = []
}

extension Laboratory {
  /// Trains the convolution block behind the first quarter of the blocks for a few steps of plain gradient descent, and keeps the
  /// lengths of its parameters' gradients.
  ///
  /// The loss is a fixed random mix of the numbers that leave the block, which asks for something else than the block gives, as
  /// any training does.
  func residualGradients(
    _ kind: ResidualBlockKind, _ start: ResidualStart
  ) throws -> [ResidualGradient] {
    try result("residual gradients \(kind) \(start)") {
      let way = WayAcross.allCases.first { $0.inserted == kind } ?? .none
      var (model, parameters) = model(way, scale: 0)
      let block = model.residualBlockIndexes[0]
      let prefix = "blocks.\(block).residual."
      let names = parameters.names.filter { $0.hasPrefix(prefix) }
      if start == .allZero {
        for name in names { parameters[name] = parameters[name].map { Tensor(zeros: $0.shape) } }
      }
      var rows = names.map { name in
        ResidualGradient(
          name: String(name.dropFirst(prefix.count)),
          beginning: parameters[name]?.beginning ?? Localized("", ""))
      }
      let image = Variable(picture.normalised())
      let entering = try ViT(model, parameters: parameters)
      let tokens = entering(tokens: entering.embed(image), blocks: 0..<block).detached
      let wish = Tensor(
        shape: tokens.shape, storage: randomNumbers(tokens.value.count, for: "wish"))
      for _ in 0..<ResidualGradient.steps {
        let network = try ViT(model, parameters: parameters, trainable: true)
        network(tokens: tokens, blocks: block..<block + 1).backward(wish)
        for (index, name) in names.enumerated() {
          guard let gradient = network.variable(named: name)?.gradient else { continue }
          let length = gradient.reshaped(to: [1, gradient.count]).lengths()[0]
          rows[index].lengths.append(length)
          parameters[name] = parameters[name].map { $0 - gradient * Self.learningRate }
        }
      }
      return rows
    }
  }

  /// Small enough for nothing to overflow, large enough for every step to leave a trace.
  private static let learningRate: Float = 1e-3

  private func randomNumbers(_ count: Int, for name: String) -> [Float] {
    var random = RandomNumbers(seed: Self.seed, for: name)
    return (0..<count).map { _ in random.normal() }
  }
}

extension Tensor {
  /// What the numbers are before training, in a word.
  fileprivate var beginning: Localized {
    if storage.allSatisfy({ $0 == 0 }) { return Localized("zeros", "全 0") }
    if storage.allSatisfy({ $0 == 1 }) { return Localized("ones", "全 1") }
    return Localized("random", "随机")
  }
}
