internal import ViTDetMini

extension Experiment {
  /// The weights with which one query mixes the values of the slots it sees, one head at a time.
  static let attentionWeights = Experiment(
    "attention-weights",
    knobs: [
      .whole("block", Array(0...7), start: 0, in: 0...7),
      .whole("head", Array(0...3), start: 0, in: 0...3),
    ], hasFocus: true
  ) { input in
    let configuration = input.laboratory.configuration
    let (block, head) = (input.whole("block"), input.whole("head"))
    let cut = configuration.geometry(ofBlock: block)
    let query = input.focus(rows: cut.paddedRows, columns: cut.paddedColumns)
    let weights = try input.laboratory.recording(configuration)
      .attention(of: query, block: block, head: head)

    let largest = weights.values.max() ?? 0
    let padding = weights.filter { !cut.isReal($0.key) }
    let share = Double(padding.values.reduce(0, +))
    let even = NumberText.fixed(1 / Double(cut.slotsPerWindow), 4)
    let peak = NumberText.fixed(Double(largest), 4)
    let isGlobal = cut.windows == 1
    return Figure(
      title: input.say(
        "Attention of query (\(query.row),\(query.column)), block \(block), head \(head)",
        "查询 (\(query.row),\(query.column)) 的注意力，第 \(block) 块，头 \(head)"),
      sentence: isGlobal
        ? input.say(
          "A global block: the weights over all \(weights.count) tokens add up to 1; "
            + "the largest is \(peak), an even share would be \(even).",
          "全局注意力块：全部 \(weights.count) 个 token 的权重之和为 1；最大 \(peak)，平均分配则为 \(even)。")
        : input.say(
          "The weights over the window's \(weights.count) slots add up to 1; the largest is \(peak), "
            + "an even share would be \(even). Padding takes \(NumberText.percent(share)).",
          "窗口内 \(weights.count) 个位置的权重之和为 1；最大 \(peak)，平均分配则为 \(even)。"
            + "填充分走 \(NumberText.percent(share))。"),
      body: .grid(
        GridContent(
          rows: cut.paddedRows, columns: cut.paddedColumns,
          cells: .heat(cut.slots.map { weights[$0] ?? 0 }, range: 0...max(largest, 1e-6)),
          unit: input.say("weight", "权重"), focus: query,
          muted: Set(cut.slots.filter { weights[$0] == nil }), realRows: cut.rows,
          realColumns: cut.columns, ruleEvery: isGlobal ? 0 : cut.window,
          readOuts: cut.slots.map { slot in
            weightReadOut(slot, weight: weights[slot], isReal: cut.isReal(slot), input)
          })),
      legend: [
        LegendEntry("?", queryText(query, input)),
        LegendEntry(".", input.say("other windows", "其他窗口")),
        LegendEntry(
          "p", input.say("padding, \(padding.count) seen", "填充，看到 \(padding.count) 个")),
      ].filter {
        !($0.mark == "." && isGlobal) && !($0.mark == "p" && cut.padding == 0)
      },
      caution: input.laboratory.caution(input.language),
      evidence: weightTable(weights, cut, input))
  }

  /// What the cursor reads on a slot.
  private static func weightReadOut(
    _ slot: Token, weight: Float?, isReal: Bool, _ input: ExperimentInput
  ) -> String {
    let place = "(\(slot.row),\(slot.column))"
    let kind = isReal ? "" : input.say(" padding", " 填充")
    guard let weight else { return place + kind + input.say(" not seen", " 看不到") }
    return place + kind + input.say(" weight ", " 权重 ") + NumberText.fixed(Double(weight), 4)
  }

  /// The slots that a query sees, the heaviest first.
  static func weightTable(
    _ weights: [Token: Float], _ cut: WindowGeometry, _ input: ExperimentInput
  ) -> Table {
    let ranked = weights.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    return Table(
      columns: [
        input.say("slot", "位置"), input.say("holds", "内容"), input.say("weight", "权重"),
      ],
      rows: ranked.map { slot, weight in
        [
          "(\(slot.row),\(slot.column))",
          cut.isReal(slot) ? "token" : input.say("padding", "填充"),
          NumberText.fixed(Double(weight), 5),
        ]
      })
  }
}
