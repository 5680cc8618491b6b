internal import ViTDetMini

extension Experiment {
  /// How many tokens and pairs an image makes as its side grows.
  static let tokenCount = Experiment(
    "token-count", knobs: [.whole("patch", [8, 16, 32], start: 16, in: 4...128)], viewCount: 2
  ) { input in
    let patch = input.whole("patch")
    let counts = sides.map { side in (side / patch) * (side / patch) }
    let growth = NumberText.fixed(
      Double(counts[counts.count - 1]) / Double(max(counts[0], 1)), 1)
    let title = input.say(
      "Tokens of an image, patch \(patch)", "一幅图像的 token 数，图像块边长 \(patch)")
    let sentence = input.say(
      "From side \(sides[0]) to \(sides[sides.count - 1]) the tokens grow \(growth)×, "
        + "and the pairs of tokens by the square of that.",
      "边长从 \(sides[0]) 增到 \(sides[sides.count - 1])，token 数变为 \(growth) 倍，"
        + "token 配对数则是它的平方倍。")
    let table = tokenCountTable(patch: patch, input)
    guard input.view == 1 else {
      return Figure(title: title, sentence: sentence, body: .table(table))
    }
    let chart = ChartContent(
      xLabel: input.say("side in pixels", "边长（像素）"), yLabel: input.say("tokens", "token 数"),
      isLogarithmic: true,
      series: [
        .init(
          name: input.say("tokens", "token 数"),
          points: zip(sides, counts).map { .init(x: Double($0), y: Double($1)) })
      ])
    return Figure(title: title, sentence: sentence, body: .chart(chart), evidence: table)
  }

  /// The image sides that published models use, from pre-training to detection.
  private static let sides = [224, 256, 512, 1024]

  /// Tokens and pairs for each side.
  static func tokenCountTable(patch: Int, _ input: ExperimentInput) -> Table {
    Table(
      columns: [
        input.say("side", "边长"), input.say("grid", "网格"), input.say("tokens", "token 数"),
        input.say("pairs", "token 配对数"),
      ],
      rows: sides.map { side in
        let across = side / patch
        let tokens = across * across
        return [
          String(side), "\(across)×\(across)", NumberText.grouped(tokens),
          NumberText.grouped(tokens * tokens),
        ]
      })
  }
}
