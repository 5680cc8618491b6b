internal import ViTDetMini

extension Experiment {
  /// What the logits of one global block would take if all of them were stored.
  static let logitMemory = Experiment(
    "logit-memory",
    knobs: [
      .choice("preset", ["tiny", "base", "large", "huge"], start: "base"),
      .choice("dtype", ["f32", "f16"], start: "f32"),
    ]
  ) { input in
    let model = input.laboratory.detector(input["preset"]).backbone
    let size = input["dtype"] == "f16" ? 2 : 4
    let sides = [256, 512, 1024, 2048]
    let rows = sides.map { side -> (side: Int, tokens: Int, logits: Int, map: Int) in
      let tokens = model.tokens(side: side)
      return (
        side, tokens, size * model.numHeads * tokens * tokens, size * tokens * model.embedDim
      )
    }
    let last = rows[rows.count - 1]
    return Figure(
      title: input.say(
        "Logits of one global block, ViT-\(input["preset"]), \(input["dtype"])",
        "ViT-\(input["preset"]) 一个全局块的 logits，\(input["dtype"])"),
      sentence: input.say(
        "At \(last.side) pixels they take \(NumberText.grouped(last.logits / max(last.map, 1))) times "
          + "the bytes of the map that they mix.",
        "边长 \(last.side) 像素时，它们占的字节是被混合的那张图的 "
          + "\(NumberText.grouped(last.logits / max(last.map, 1))) 倍。"),
      body: .table(
        Table(
          columns: [
            input.say("side", "边长"), input.say("tokens", "token"), input.say("logits", "logits"),
            input.say("map", "图"),
          ],
          rows: rows.map { row in
            [
              String(row.side), NumberText.grouped(row.tokens), bytes(row.logits), bytes(row.map),
            ]
          })),
      legend: [
        LegendEntry("logits", input.say("heads × N² numbers, an image", "头数 × N² 个数（一幅图像）")),
        LegendEntry(input.say("map", "图"), input.say("N × C numbers, an image", "N × C 个数（一幅图像）")),
      ])
  }

  /// A number of bytes with a unit of a thousand.
  static func bytes(_ count: Int) -> String {
    switch count {
    case ..<1_000_000: NumberText.fixed(Double(count) / 1e3, 1) + " kB"
    case ..<1_000_000_000: NumberText.fixed(Double(count) / 1e6, 1) + " MB"
    default: NumberText.fixed(Double(count) / 1e9, 2) + " GB"
    }
  }
}
