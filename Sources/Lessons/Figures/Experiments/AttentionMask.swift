internal import ViTDetMini

extension Experiment {
  /// Which slots a query attends to in a windowed block: those whose recorded weight is above 0.
  static let attentionMask = Experiment(
    "attention-mask", knobs: [.whole("window", [2, 4, 6, 8, 16], start: 6, in: 1...16)],
    hasFocus: true
  ) { input in
    let configuration = input.laboratory.configuration.with(window: input.whole("window"))
    let cut = configuration.windowGeometry
    let query = input.focus(rows: cut.paddedRows, columns: cut.paddedColumns)
    let block = configuration.windowBlockIndexes.min() ?? 0
    let weights = try input.laboratory.recording(configuration).attention(of: query, block: block)

    let seen = Set(weights.filter { $0.value > 0 }.keys)
    let real = seen.filter(cut.isReal)
    let padding = seen.count - real.count
    let unseen = cut.tokens + cut.padding - seen.count
    let classes = cut.slots.map { slot -> Int in
      guard seen.contains(slot) else { return 0 }
      return cut.isReal(slot) ? 1 : 2
    }
    return Figure(
      title: input.say(
        "What query (\(query.row),\(query.column)) sees in block \(block)",
        "第 \(block) 块中查询 (\(query.row),\(query.column)) 能看到什么"),
      sentence: input.say(
        "It attends to \(seen.count) slots: \(real.count) tokens and \(padding) of padding; "
          + "nothing masks the padding.",
        "它关注 \(seen.count) 个位置：\(real.count) 个 token 和 \(padding) 个填充；填充没有被掩码屏蔽。"),
      body: .grid(
        GridContent(
          rows: cut.paddedRows, columns: cut.paddedColumns,
          cells: .classes(classes, letters: [".", "#", "o"]), focus: query,
          muted: Set(cut.slots.filter { !seen.contains($0) }), realRows: cut.rows,
          realColumns: cut.columns, ruleEvery: cut.window,
          readOuts: cut.slots.map { slot in
            maskReadOut(slot, weight: weights[slot], isReal: cut.isReal(slot), input)
          })),
      legend: [
        LegendEntry("#", input.say("token seen, \(real.count)", "看到的 token，\(real.count) 个")),
        LegendEntry("o", input.say("padding seen, \(padding)", "看到的填充，\(padding) 个")),
        LegendEntry(".", input.say("not seen, \(unseen)", "看不到，\(unseen) 个")),
        LegendEntry("?", queryText(query, input)),
      ].filter { $0.mark != "o" || padding > 0 },
      evidence: weightTable(weights, cut, input))
  }

  /// What a slot is to the query.
  private static func maskReadOut(
    _ slot: Token, weight: Float?, isReal: Bool, _ input: ExperimentInput
  ) -> String {
    let place = "(\(slot.row),\(slot.column))"
    let kind = isReal ? "token" : input.say("padding", "填充")
    guard let weight, weight > 0 else { return "\(place) \(kind)" + input.say(": unseen", "：看不到") }
    return "\(place) \(kind)" + input.say(": weight ", "：权重 ") + NumberText.fixed(Double(weight), 4)
  }
}
