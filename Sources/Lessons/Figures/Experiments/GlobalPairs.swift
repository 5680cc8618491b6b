internal import ViTDetMini

extension Experiment {
  /// The pairs that a whole backbone compares with some of its blocks global, and who has them.
  static let globalPairs = Experiment(
    "global-pairs",
    knobs: [
      .choice("preset", ["tiny", "base", "large", "huge"], start: "base"),
      .choice("globals", ["0", "2", "4", "all"], start: "4"),
    ]
  ) { input in
    let model = input.laboratory.detector(input["preset"]).backbone
    let pairs = BackbonePairs(model, globals: Int(input["globals"]) ?? model.depth)
    let ratio = NumberText.fixed(Double(pairs.allGlobal) / Double(pairs.total), 1)
    let share = NumberText.percent(pairs.globalShare)
    return Figure(
      title: input.say(
        "Pairs a head, model \(input["preset"]): \(pairs.globals) of \(model.depth) blocks global",
        "模型 \(input["preset"]) 每个头的配对数：\(model.depth) 个块中 \(pairs.globals) 个是全局"),
      sentence: input.say(
        "\(ratio)× fewer than with all blocks global; \(share) of the pairs are in global blocks.",
        "是全部用全局块时的 1/\(ratio)；其中 \(share) 在全局块里。"),
      body: .table(
        Table(
          columns: [
            input.say("blocks", "块"), input.say("how many", "个数"), input.say("pairs each", "每块配对数"),
            input.say("together", "合计"), input.say("share", "占比"),
          ],
          rows: [
            row(
              input.say("windowed", "窗口"), pairs.windowed, of: pairs.inWindowedBlock,
              share: 1 - pairs.globalShare),
            row(
              input.say("global", "全局"), pairs.globals, of: pairs.inGlobalBlock,
              share: pairs.globalShare),
            [
              input.say("all", "全部"), String(model.depth), "", NumberText.grouped(pairs.total),
              NumberText.percent(1),
            ],
          ])),
      legend: [
        LegendEntry(
          input.say("pairs", "配对数"),
          input.say(
            "of a query and a key, in one head, padding included", "一个头里查询和键的配对，填充也算在内"))
      ],
      evidence: try evidence(input))
  }

  private static func row(_ name: String, _ count: Int, of pairs: Int, share: Double) -> [String] {
    [
      name, String(count), NumberText.grouped(pairs), NumberText.grouped(count * pairs),
      NumberText.percent(share),
    ]
  }

  /// Every preset by the formula, and what the running tiny model counted.
  private static func evidence(_ input: ExperimentInput) throws -> Table {
    let counted = try input.laboratory.countedPairs()
    return Table(
      columns: [
        input.say("preset", "模型"), input.say("global", "全局"), input.say("pairs", "配对数"),
        input.say("fewer", "减少"), input.say("counted", "实际计数"),
      ],
      rows: ["tiny", "base", "large", "huge"].flatMap { name -> [[String]] in
        let model = input.laboratory.detector(name).backbone
        return [0, 2, 4, model.depth].map { globals in
          let pairs = BackbonePairs(model, globals: globals)
          let isRun = name == "tiny" && globals == model.globalBlockIndexes.count
          return [
            name, String(globals), NumberText.grouped(pairs.total),
            NumberText.fixed(Double(pairs.allGlobal) / Double(pairs.total), 1) + "×",
            isRun ? NumberText.grouped(counted) : "–",
          ]
        }
      })
  }
}

/// The pairs of queries and keys in one head of every block of a backbone.
struct BackbonePairs: Hashable {
  let globals: Int
  let windowed: Int
  let inGlobalBlock: Int
  let inWindowedBlock: Int

  init(_ model: ViTConfiguration, globals: Int) {
    let cut = model.windowGeometry
    self.globals = min(globals, model.depth)
    windowed = model.depth - self.globals
    inGlobalBlock = cut.tokens * cut.tokens
    inWindowedBlock = cut.pairs
  }

  var total: Int { globals * inGlobalBlock + windowed * inWindowedBlock }
  var allGlobal: Int { (globals + windowed) * inGlobalBlock }
  var globalShare: Double { Double(globals * inGlobalBlock) / Double(total) }
}

extension Laboratory {
  /// The pairs that one run of the model over the sample picture counted.
  func countedPairs() throws -> Int {
    try result("counted pairs") {
      let cost = CostCounter()
      let network = try ViT(configuration, parameters: parameters)
      _ = network(Variable(picture.normalised()), cost: cost)
      return cost.total.pairs
    }
  }
}
