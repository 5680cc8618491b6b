internal import ViTDetMini

extension Experiment {
  /// What one block costs as the picture grows: by the formulas, counted by the run, and timed.
  ///
  /// Each size is a stage of its own, so the formulas show at once and the measured points come one by one.
  static let costGrowth = Experiment(
    "cost-growth",
    knobs: [
      .choice("block", BlockChoice.allCases.map(\.rawValue), start: "global"),
      .choice("largest", ["512", "768", "1024"], start: "768"),
    ], viewCount: 2, isTimed: true
  ) { input in
    let block = BlockChoice(rawValue: input["block"]) ?? .global
    let sides = BlockRun.sides(upTo: input.whole("largest"))
    let laboratory = input.laboratory
    if let next = sides.first(where: { laboratory.knownBlockRun(block, side: $0) == nil }) {
      _ = try laboratory.blockRun(block, side: next)
    }
    let growth = Growth(
      runs: sides.compactMap { laboratory.knownBlockRun(block, side: $0) },
      predictions: sides.map { side in
        (
          tokens: laboratory.configuration.tokens(side: side),
          cost: laboratory.predictedCost(block, side: side)
        )
      })
    let kind = block == .global ? input.say("global", "全局") : input.say("windowed", "窗口")
    let table = growth.table(input)
    var figure = Figure(
      title: input.say(
        "One \(kind) block as the picture grows", "图像变大时，一个\(kind)块的开销"),
      sentence: growth.sentence(input),
      body: input.view == 1 ? .table(table) : .chart(growth.chart(input)), evidence: table)
    figure.isUnfinished = growth.runs.count < sides.count
    if figure.isUnfinished {
      figure.caution = input.say(
        "measuring: \(growth.runs.count) of \(sides.count) sizes",
        "正在测量：\(growth.runs.count)/\(sides.count) 个尺寸")
    }
    return figure
  }
}

extension ViTConfiguration {
  /// The tokens of a square picture.
  func tokens(side: Int) -> Int { grid(of: Extent(side: side)).area }
}

/// The runs of one block over pictures of several sizes, and what the formulas say of them.
private struct Growth {
  let runs: [BlockRun]
  let predictions: [(tokens: Int, cost: Cost)]

  /// The points of a quantity, as multiples of the smallest picture's.
  private func multiples<Element>(
    _ all: [Element], _ tokens: (Element) -> Int, _ value: (Element) -> Double
  ) -> [ChartContent.Point] {
    guard let first = all.first.map(value), first > 0 else { return [] }
    return all.map { .init(x: Double(tokens($0)), y: value($0) / first) }
  }

  func chart(_ input: ExperimentInput) -> ChartContent {
    let pairs = multiples(runs, \.tokens) { Double($0.cost.pairs) }
    let work = multiples(runs, \.tokens) { Double($0.cost.multiplyAdds) }
    let time = multiples(runs, \.tokens, \.seconds)
    func fitted(_ name: String, _ points: [ChartContent.Point]) -> String {
      guard let slope = PowerLaw.slope(points.map { ($0.x, $0.y) }) else { return name }
      return name + input.say(", slope ", "，斜率 ") + NumberText.fixed(slope, 2)
    }
    return ChartContent(
      xLabel: input.say("tokens N", "token 数 N"),
      yLabel: input.say("times the smallest picture", "最小图像的倍数"), isLogarithmic: true,
      series: [
        .init(
          name: input.say("pairs by formula", "配对数（公式）"),
          points: multiples(predictions, \.tokens) { Double($0.cost.pairs) }),
        .init(
          name: input.say("mult-adds by formula", "乘加次数（公式）"),
          points: multiples(predictions, \.tokens) { Double($0.cost.multiplyAdds) }),
        .init(name: fitted(input.say("pairs counted", "配对数（计数）"), pairs), points: pairs),
        .init(name: fitted(input.say("mult-adds counted", "乘加次数（计数）"), work), points: work),
        .init(name: fitted(input.say("time measured", "时间（实测）"), time), points: time),
      ])
  }

  /// How far the counter and the formulas part over all runs.
  private var difference: Int {
    zip(runs, predictions).reduce(0) { sum, pair in
      sum + abs(pair.0.cost.pairs - pair.1.cost.pairs)
        + abs(pair.0.cost.multiplyAdds - pair.1.cost.multiplyAdds)
    }
  }

  func sentence(_ input: ExperimentInput) -> String {
    guard let first = runs.first, let last = runs.last else {
      return input.say("Nothing is measured yet.", "还没有测量。")
    }
    let times = NumberText.fixed(last.seconds / max(first.seconds, 1e-9), 1)
    let tokens = NumberText.fixed(Double(last.tokens) / Double(first.tokens), 1)
    return input.say(
      "\(tokens)× the tokens took \(times)× the time on this machine; counter and formulas differ "
        + "by \(NumberText.grouped(difference)).",
      "token 数变为 \(tokens) 倍，这台机器上的时间变为 \(times) 倍；计数与公式相差 "
        + "\(NumberText.grouped(difference))。")
  }

  func table(_ input: ExperimentInput) -> Table {
    Table(
      columns: [
        input.say("side", "边长"), input.say("tokens", "token"), input.say("pairs", "配对数"),
        input.say("mult-adds", "乘加"), input.say("formula", "公式"), input.say("bytes", "字节"), "ms",
      ],
      rows: zip(runs, predictions).map { run, prediction in
        [
          String(run.side), NumberText.grouped(run.tokens), NumberText.short(run.cost.pairs),
          NumberText.short(run.cost.multiplyAdds), NumberText.short(prediction.cost.multiplyAdds),
          NumberText.short(run.cost.bytes), NumberText.measured(run.seconds * 1000),
        ]
      })
  }
}
