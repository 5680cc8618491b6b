internal import ViTDetMini

extension Experiment {
  /// Which branches of which blocks a few pictures go through in one training step.
  static let dropPath = Experiment(
    "drop-path",
    knobs: [
      .choice("preset", ["tiny", "base", "huge"], start: "base"),
      .choice("rate", ["0", "0.1", "0.2", "0.4", "0.5"], start: "0.1"),
      .whole("step", [1, 2, 3, 4, 5, 6, 7, 8], start: 1, in: 1...999),
    ]
  ) { input in
    var model = input.laboratory.backbone(input["preset"])
    model.dropPathRate = Double(input["rate"]) ?? 0
    let cells = draws(model, step: input.whole("step"))
    let counts = DropDraw.allCases.map { kind in cells.count { $0 == kind } }
    let dropped = counts[1] + counts[2] + 2 * counts[3]
    let branches = 2 * cells.count
    return Figure(
      title: input.say(
        "Branches left out, \(pictures) pictures (\(input["preset"]))",
        "被丢掉的分支，\(pictures) 张图像（\(input["preset"])）"),
      sentence: input.say(
        "\(dropped) of \(branches) branches are left out in this step, \(NumberText.percent(Double(dropped) / Double(branches))).",
        "这一步里 \(branches) 个分支丢掉了 \(dropped) 个，占 \(NumberText.percent(Double(dropped) / Double(branches)))。"
      ),
      body: .grid(
        GridContent(
          rows: model.depth, columns: pictures,
          cells: .classes(
            cells.map(\.rawValue), letters: DropDraw.allCases.map(\.letter)),
          readOuts: cells.enumerated().map { index, draw in
            readOut(draw, block: index / pictures, picture: index % pictures, model, input)
          })),
      legend: zip(DropDraw.allCases, counts).map { draw, count in
        LegendEntry(String(draw.letter), meaning(draw, input) + input.say(", ", "，") + "\(count)")
      }, evidence: table(model, input))
  }

  private static let pictures = 16

  /// What becomes of a block's two branches for one picture.
  private enum DropDraw: Int, CaseIterable {
    case both, withoutAttention, withoutMLP, neither

    var letter: Character { Array(".amx")[rawValue] }
  }

  /// Draws as training does: for each picture block after block, attention before MLP.
  private static func draws(_ model: ViTConfiguration, step: Int) -> [DropDraw] {
    let columns = (0..<pictures).map { picture -> [DropDraw] in
      var random = RandomNumbers(seed: Laboratory.seed, for: "picture \(step * pictures + picture)")
      return (0..<model.depth).map { block in
        let rule = DropPath(rate: model.dropPathRate(block))
        let isAttended = rule.factor(using: &random) > 0
        let isMixed = rule.factor(using: &random) > 0
        return DropDraw(rawValue: (isAttended ? 0 : 1) + (isMixed ? 0 : 2)) ?? .both
      }
    }
    return (0..<model.depth).flatMap { block in columns.map { $0[block] } }
  }

  private static func meaning(_ draw: DropDraw, _ input: ExperimentInput) -> String {
    switch draw {
    case .both: input.say("both branches run", "两个分支都在")
    case .withoutAttention: input.say("no attention", "丢掉注意力")
    case .withoutMLP: input.say("no MLP", "丢掉 MLP")
    case .neither: input.say("neither: only the shortcut", "都丢掉，只剩捷径")
    }
  }

  private static func readOut(
    _ draw: DropDraw, block: Int, picture: Int, _ model: ViTConfiguration, _ input: ExperimentInput
  ) -> String {
    let rate = model.dropPathRate(block)
    let text = NumberText.fixed(Double(rate), 3)
    let factor = NumberText.fixed(Double(1 / (1 - rate)), 3)
    return input.say(
      "Block \(block), rate \(text), kept ones × \(factor): \(meaning(draw, input))",
      "第 \(block) 块，丢弃率 \(text)，留下的 × \(factor)：\(meaning(draw, input))")
  }

  private static func table(_ model: ViTConfiguration, _ input: ExperimentInput) -> Table {
    Table(
      columns: [
        input.say("block", "块"), input.say("rate", "丢弃率"), input.say("kept ×", "留下的 ×"),
      ],
      rows: (0..<model.depth).map { block in
        let rate = model.dropPathRate(block)
        return [
          "\(block)", NumberText.fixed(Double(rate), 4),
          NumberText.fixed(Double(1 / (1 - rate)), 4),
        ]
      })
  }
}
