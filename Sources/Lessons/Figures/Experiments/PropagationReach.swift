internal import ViTDetMini

extension Experiment {
  /// Block by block, on how many of the first tokens one output depends, for several ways between windows.
  static let propagationReach = Experiment(
    "propagation-reach",
    knobs: [.choice("ways", ["blocks", "convolutions"], start: "blocks")], hasFocus: true
  ) { input in
    let laboratory = input.laboratory
    let cut = laboratory.configuration.windowGeometry
    let focus = input.focus(rows: cut.rows, columns: cut.columns)
    let isBlocks = input["ways"] == "blocks"
    let ways = isBlocks ? WayAcross.byBlocks : WayAcross.byConvolutions
    let counts = try ways.map { way in
      try laboratory.gradients(at: focus, way, from: 0, scale: 1).map { $0.count { $0 > 0 } }
    }
    let full = zip(ways, counts).compactMap { way, reached in
      reached.firstIndex(of: cut.tokens).map { "\(way.rawValue) \($0)" }
    }
    return Figure(
      title: input.say(
        "Tokens that output (\(focus.row),\(focus.column)) depends on, block by block",
        "逐块看，输出 (\(focus.row),\(focus.column)) 依赖多少个 token"),
      sentence: full.isEmpty
        ? input.say(
          "Gradients that are not 0, of \(cut.tokens). No way reaches them all.",
          "\(cut.tokens) 个梯度中不为 0 的个数。没有一种方式全部到达。")
        : input.say(
          "Gradients that are not 0, of \(cut.tokens). The block that first reaches them all: "
            + full.joined(separator: ", ") + ".",
          "\(cut.tokens) 个梯度中不为 0 的个数。最先全部到达的块：" + full.joined(separator: "，") + "。"),
      body: .table(
        Table(
          columns: [input.say("block", "块")] + ways.map(\.rawValue),
          rows: (0..<laboratory.configuration.depth).map { block in
            [String(block)] + counts.map { String($0[block]) }
          })),
      legend: ways.map { LegendEntry($0.rawValue, $0.name[input.language]) },
      caution: isBlocks
        ? nil
        : input.say(
          "inserted blocks with scale 1, as if trained: at the start they let nothing across",
          "插入的块取缩放 1，当作训练过；刚插入时什么也过不去"))
  }
}
