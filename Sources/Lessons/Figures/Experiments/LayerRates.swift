internal import ViTDetMini

extension Experiment {
  /// The part of the learning rate that each layer gets.
  static let layerRates = Experiment(
    "layer-rates",
    knobs: [
      .choice("preset", ["tiny", "base", "large", "huge"], start: "base"),
      .choice("decay", ["1", "0.9", "0.8", "0.7", "0.5"], start: "0.7"),
    ], viewCount: 2
  ) { input in
    let model = input.laboratory.backbone(input["preset"])
    let layers = rates(of: model, decay: Double(input["decay"]) ?? 1)
    let (least, most) = (layers[0].multiplier, layers[layers.count - 1].multiplier)
    return Figure(
      title: input.say(
        "Learning rate by layer (\(input["preset"]), decay \(input["decay"]))",
        "各层的学习率（\(input["preset"])，衰减 \(input["decay"])）"),
      sentence: input.say(
        "The embeddings learn at \(NumberText.measured(least)) of the rate, what is new at \(NumberText.measured(most)).",
        "两个嵌入以学习率的 \(NumberText.measured(least)) 倍学习，新的部分是 \(NumberText.measured(most)) 倍。"),
      body: input.view == 0
        ? .chart(chart(layers, input)) : .flow(layers.map { row($0, input) }),
      legend: input.view == 0
        ? [
          LegendEntry("0", input.say("patch and position embedding", "图像块嵌入和位置编码")),
          LegendEntry("1–\(model.depth)", input.say("the blocks", "各个块")),
          LegendEntry(
            "\(model.depth + 1)", input.say("neck, heads, all that is new", "颈部、头部等新的部分")),
        ] : [], evidence: table(layers, input))
  }

  /// Parameters that learn at one rate.
  private struct Layer {
    /// A part that names all of them.
    let name: String
    let multiplier: Double
  }

  private static func rates(of model: ViTConfiguration, decay: Double) -> [Layer] {
    let rule = LearningRateDecay(rate: decay, layers: model.depth, weightDecay: 0)
    let names =
      ["backbone.net.patch_embed"] + (0..<model.depth).map { "backbone.net.blocks.\($0)" }
      + ["roi_heads"]
    return names.map {
      Layer(
        name: $0.replacing("backbone.net.", with: ""),
        multiplier: rule[$0 + ".proj.weight"].multiplier)
    }
  }

  private static func chart(_ layers: [Layer], _ input: ExperimentInput) -> ChartContent {
    ChartContent(
      xLabel: input.say("layer", "层"), yLabel: input.say("part of the learning rate", "学习率的倍数"),
      isLogarithmic: false,
      series: [
        .init(
          name: input.say("decay \(input["decay"])", "衰减 \(input["decay"])"),
          points: layers.enumerated().map { .init(x: Double($0), y: $1.multiplier) })
      ])
  }

  private static func row(_ layer: Layer, _ input: ExperimentInput) -> FlowRow {
    let part = NumberText.measured(layer.multiplier)
    let rate = NumberText.measured(layer.multiplier * publishedRate)
    return FlowRow(
      name: layer.name, shape: [], remark: part,
      readOut: input.say(
        "\(layer.name): × \(part), so \(rate) where the log says 0.0001",
        "\(layer.name)：× \(part)，日志里写 0.0001 时，它是 \(rate)"))
  }

  /// The paper's learning rate.
  private static let publishedRate = 1e-4

  private static func table(_ layers: [Layer], _ input: ExperimentInput) -> Table {
    Table(
      columns: [
        input.say("layer", "层"), input.say("part", "倍数"), input.say("of 0.0001", "乘 0.0001"),
      ],
      rows: layers.map {
        [
          $0.name, NumberText.measured($0.multiplier),
          NumberText.measured($0.multiplier * publishedRate),
        ]
      })
  }
}

extension Laboratory {
  /// The backbone of a preset; `tiny` is the one that figures run.
  func backbone(_ preset: String) -> ViTConfiguration {
    guard preset != "tiny" else { return configuration }
    return ViTConfiguration.presets.first { $0.name == preset }?.configuration ?? configuration
  }
}
