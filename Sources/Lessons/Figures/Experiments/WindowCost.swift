internal import ViTDetMini

extension Experiment {
  /// What one windowed block compares, against one global block, for several windows.
  static let windowCost = Experiment(
    "window-cost",
    knobs: [
      .choice("preset", ["tiny", "base"], start: "tiny"),
      .whole("window", [2, 4, 6, 8, 14, 16], start: 6, in: 1...64),
    ]
  ) { input in
    let configuration: ViTConfiguration =
      input["preset"] == "base" ? .base : input.laboratory.configuration
    let side = configuration.grid.width
    let chosen = min(input.whole("window"), side)
    let cut = WindowGeometry(rows: side, columns: side, window: chosen)
    let global = cut.tokens * cut.tokens
    let windows = Set([2, 4, 6, 8, 14, 16, chosen, configuration.windowSize])
      .filter { $0 <= side }.sorted()
    let ratio = NumberText.fixed(Double(global) / Double(cut.pairs), 1)
    return Figure(
      title: input.say(
        "Pairs that a block compares, \(side)×\(side) tokens (\(input["preset"]))",
        "一个块要比较的 token 配对数，\(side)×\(side) 个 token（\(input["preset"])）"),
      sentence: input.say(
        "Window \(chosen): \(cut.windows) windows × \(cut.slotsPerWindow)² = "
          + "\(NumberText.grouped(cut.pairs)) pairs a head, \(ratio)× fewer than "
          + "\(NumberText.grouped(global)).",
        "窗口边长 \(chosen)：\(cut.windows) 个窗口 × \(cut.slotsPerWindow)² = "
          + "\(NumberText.grouped(cut.pairs)) 对（每个头），是 \(NumberText.grouped(global)) 的 1/\(ratio)。"),
      body: .table(
        Table(
          columns: [
            input.say("window", "窗口"), input.say("padded", "填充后"),
            input.say("windows", "窗口数"), input.say("slots", "位置"),
            input.say("pairs", "配对数"), input.say("saved", "节省"),
          ],
          rows: windows.map { window in
            costRow(
              WindowGeometry(rows: side, columns: side, window: window), isChosen: window == chosen)
          } + [
            [
              input.say("global", "全局"), "\(side)×\(side)", "1", NumberText.grouped(cut.tokens),
              NumberText.grouped(global), "1.0×",
            ]
          ])),
      legend: [
        LegendEntry(
          "*", input.say("the window chosen by the knob", "旋钮所选的窗口")),
        LegendEntry(
          input.say("slots", "位置"),
          input.say("tokens and padding in one window", "一个窗口中的 token 和填充")
        ),
        LegendEntry(
          input.say("saved", "节省"), input.say("global pairs / these pairs", "全局配对数 / 本行配对数")),
      ],
      evidence: try countedTable(input))
  }

  /// The row of one window in the table.
  private static func costRow(_ cut: WindowGeometry, isChosen: Bool) -> [String] {
    [
      isChosen ? "\(cut.window) *" : "\(cut.window)",
      "\(cut.paddedRows)×\(cut.paddedColumns)", String(cut.windows), String(cut.slotsPerWindow),
      NumberText.grouped(cut.pairs),
      NumberText.fixed(Double(cut.tokens * cut.tokens) / Double(cut.pairs), 1) + "×",
    ]
  }

  /// What the running tiny model counted in each of its blocks, beside the formula.
  private static func countedTable(_ input: ExperimentInput) throws -> Table {
    let configuration = input.laboratory.configuration
    let recording = try input.laboratory.recording(configuration)
    return Table(
      columns: [
        input.say("block", "块"), input.say("kind", "类型"), input.say("counted", "实际计数"),
        input.say("formula", "公式"),
      ],
      rows: try (0..<configuration.depth).map { block in
        let cut = configuration.geometry(ofBlock: block)
        // [B·nW, heads, T, T]: each entry is one pair of one head.
        let weights = try recording.map("blocks.\(block).attn")
        return [
          String(block),
          configuration.windowBlockIndexes.contains(block)
            ? input.say("windowed", "窗口") : input.say("global", "全局"),
          NumberText.grouped(weights.count / configuration.numHeads), NumberText.grouped(cut.pairs),
        ]
      })
  }
}
