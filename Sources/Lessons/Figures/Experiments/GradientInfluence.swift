internal import Glibc
internal import ViTDetMini

extension Experiment {
  /// The gradient of one output token with respect to every token that entered some block.
  static let gradientInfluence = Experiment(
    "gradient-influence",
    knobs: [
      .choice("propagation", WayAcross.settings(), start: "even"),
      .whole("entering", Array(0...7), start: 0, in: 0...7),
      .whole("leaving", Array(0...7), start: 7, in: 0...7),
      .choice("scale", ["0", "1"], start: "1"),
    ], hasFocus: true
  ) { input in
    let laboratory = input.laboratory
    let way = input.way()
    // Turned past one another, the knobs change roles.
    let first = min(input.whole("entering"), input.whole("leaving"))
    let last = max(input.whole("entering"), input.whole("leaving"))
    let cut = laboratory.configuration.windowGeometry
    let focus = input.focus(rows: cut.rows, columns: cut.columns)
    let scale = Float(input.whole("scale"))
    let depths = try laboratory.gradients(at: focus, way, from: first, scale: scale)
    let lengths = depths[last - first]
    let map = GradientMap(lengths)
    let blocks = first == last ? "\(first)" : "\(first)–\(last)"
    let window = cut.tokens(sharedWith: focus).count
    return Figure(
      title: input.say(
        "Gradient of output (\(focus.row),\(focus.column)) by the tokens entering block \(first)",
        "输出 (\(focus.row),\(focus.column)) 对进入第 \(first) 块的各 token 的梯度"),
      sentence: sentence(
        input.say("Blocks \(blocks), ", "第 \(blocks) 块，") + way.name[input.language],
        reached: map.reached, window: window, tokens: cut.tokens, input),
      body: .grid(
        GridContent(
          rows: cut.rows, columns: cut.columns,
          cells: .heat(map.levels, range: map.range),
          unit: input.say("powers of ten", "10 的幂"), focus: focus,
          muted: Set(zip(cut.places, lengths).filter { $0.1 == 0 }.map(\.0)),
          ruleEvery: cut.window,
          readOuts: zip(cut.places, lengths).map { place, length in
            "(\(place.row),\(place.column)) "
              + (length > 0
                ? input.say("gradient ", "梯度 ") + NumberText.measured(Double(length))
                : input.say("gradient exactly 0", "梯度恰好为 0"))
          })),
      legend: [
        LegendEntry(
          ".",
          input.say(
            "exactly 0, \(cut.tokens - map.reached)", "恰好为 0，\(cut.tokens - map.reached) 个")),
        LegendEntry("?", input.say("the output's own place", "输出所在之处")),
      ],
      caution: caution(way, scale: scale, input),
      evidence: table(depths, first: first, way, input))
  }

  private static func sentence(
    _ what: String, reached: Int, window: Int, tokens: Int, _ input: ExperimentInput
  ) -> String {
    let count = input.say(
      "\(what): the gradient is not 0 for \(reached) of \(tokens) tokens",
      "\(what)：\(tokens) 个 token 中有 \(reached) 个梯度不为 0")
    if reached == tokens { return count + input.say(", all of them.", "，全部到达。") }
    return reached == window
      ? count + input.say(", those of its window.", "，恰好是它的窗口。")
      : count + input.say("; its window has \(window).", "；它的窗口有 \(window) 个。")
  }

  /// What must be said of blocks that no training has seen.
  private static func caution(_ way: WayAcross, scale: Float, _ input: ExperimentInput) -> String? {
    guard way.inserted != nil, scale != 0 else { return input.laboratory.caution(input.language) }
    return input.say(
      "untrained blocks at scale 1: reach is real, strength is not",
      "插入的块未经训练，缩放取 1：到达范围是真的，强弱不是")
  }

  private static func table(
    _ depths: [[Float]], first: Int, _ way: WayAcross, _ input: ExperimentInput
  ) -> Table {
    let model = input.laboratory.configuration.with(way.propagation)
    return Table(
      columns: [
        input.say("block", "块"), input.say("kind", "类型"), input.say("reached", "到达"),
        input.say("strongest", "最强"),
      ],
      rows: depths.enumerated().map { index, lengths in
        [
          String(first + index), input.kind(ofBlock: first + index, in: model),
          String(lengths.count { $0 > 0 }), NumberText.measured(Double(lengths.max() ?? 0)),
        ]
      })
  }
}

/// Lengths of gradients as powers of ten below the longest, which lets strong and weak ones be seen together.
private struct GradientMap {
  let levels: [Float]
  let range: ClosedRange<Float>
  let reached: Int

  init(_ lengths: [Float]) {
    let longest = max(lengths.max() ?? 0, .leastNormalMagnitude)
    let powers = lengths.map { $0 > 0 ? log10($0 / longest) : 0 }
    let low = min((powers.min() ?? 0).rounded(.down), -1)
    levels = zip(lengths, powers).map { $0 > 0 ? $1 : low }
    range = low...0
    reached = lengths.count { $0 > 0 }
  }
}

extension Laboratory {
  /// How strongly one output token depends on each token that entered a block, for every depth behind it.
  ///
  /// The output's channels are added up with fixed random signs, and one backward pass gives the gradient of that sum; its length
  /// over a token's channels is the token's value. A token that no path of the computation connects has exactly 0.
  ///
  /// - Parameters:
  ///   - token: The output.
  ///   - way: How information travels between windows.
  ///   - from: The first block; the tokens that enter it are what the gradient is by.
  ///   - scale: The scale of the last norm of inserted blocks.
  /// - Returns: For the outputs of block `from` and each later one, the lengths row by row.
  /// - Throws: What building the model throws.
  func gradients(at token: Token, _ way: WayAcross, from: Int, scale: Float) throws -> [[Float]] {
    let scale = way.inserted == nil ? 0 : scale
    return try result("gradients \(token) \(way) \(from) \(scale)") {
      let (model, parameters) = model(way, scale: scale)
      let network = try ViT(model, parameters: parameters)
      let entering = network(
        tokens: network.embed(Variable(picture.normalised())), blocks: 0..<from)
      let input = Variable(entering.value, requiresGradient: true)
      var seed = Tensor(zeros: entering.shape)
      var random = RandomNumbers(seed: Self.seed, for: "signs")
      for channel in 0..<model.embedDim {
        seed[0, token.row, token.column, channel] = random.integer(below: 2) == 0 ? -1 : 1
      }
      var output = input
      return (from..<model.depth).map { block in
        output = network(tokens: output, blocks: block..<block + 1)
        input.clearGradient()
        output.backward(seed)
        return input.gradient?.lengths() ?? []
      }
    }
  }
}

extension Tensor {
  /// The Euclidean length along the last axis, for each position before it.
  func lengths() -> [Float] {
    let width = max(shape.last ?? 1, 1)
    return (0..<count / width).map { position in
      // In single precision the square of a weak gradient would be 0.
      let squares = storage[position * width..<(position + 1) * width].reduce(Double(0)) {
        $0 + Double($1) * Double($1)
      }
      return Float(squares.squareRoot())
    }
  }
}
