internal import ViTDetMini

extension Experiment {
  /// Where the multiply-adds of one global block are, for a picture of some size.
  static let blockBill = Experiment(
    "block-bill",
    knobs: [
      .choice("preset", ["tiny", "base", "large", "huge"], start: "base"),
      .whole("image", [256, 512, 1024, 2048], start: 1024, in: 64...4096),
    ], isTimed: true
  ) { input in
    let model = input.laboratory.detector(input["preset"]).backbone
    let side = input.whole("image")
    let bill = BlockParts(model, side: side)
    let share = NumberText.percent(Double(bill.products) / Double(bill.multiplyAdds))
    return Figure(
      title: input.say(
        "A global block of ViT-\(input["preset"]), \(side)×\(side) pixels",
        "ViT-\(input["preset"]) 的一个全局块，\(side)×\(side) 像素"),
      sentence: input.say(
        "\(NumberText.grouped(bill.tokens)) tokens: the two products over pairs take \(share) of "
          + "\(NumberText.short(bill.multiplyAdds)) multiply-adds.",
        "\(NumberText.grouped(bill.tokens)) 个 token：按配对计算的两个乘积占 "
          + "\(NumberText.short(bill.multiplyAdds)) 次乘加的 \(share)。"),
      body: .table(
        Table(
          columns: [
            input.say("part", "部分"), input.say("mult-adds", "乘加"), input.say("share", "占比"),
            input.say("learned", "参数"),
          ],
          rows: BlockParts.Part.allCases.map { part in
            let work = bill[part].multiplyAdds
            return [
              part.name[input.language], NumberText.short(work),
              NumberText.percent(Double(work) / Double(bill.multiplyAdds)),
              NumberText.short(bill.parameters(of: part)),
            ]
          })),
      legend: [
        LegendEntry(
          input.say("mult-adds", "乘加"),
          input.say(
            "in matrix products; exponentials and norms are not counted", "只计矩阵乘积，指数和归一化不算"))
      ],
      evidence: try evidence(bill, input))
  }

  /// The bytes that each part writes, and the whole of what the small model's block counted when it ran.
  private static func evidence(_ bill: BlockParts, _ input: ExperimentInput) throws -> Table {
    let side = min(input.whole("image"), 512)
    let run = try input.laboratory.blockRun(.global, side: side)
    let predicted = input.laboratory.predictedCost(.global, side: side)
    return Table(
      columns: [
        input.say("part", "部分"), input.say("multiply-adds", "乘加次数"),
        input.say("bytes written", "写出的字节"),
      ],
      rows: BlockParts.Part.allCases.map { part in
        [
          part.name[input.language], NumberText.grouped(bill[part].multiplyAdds),
          NumberText.grouped(bill[part].bytes),
        ]
      } + [
        [
          input.say("tiny at \(side), counted", "tiny，\(side)，计数"),
          NumberText.grouped(run.cost.multiplyAdds), NumberText.grouped(run.cost.bytes),
        ],
        [
          input.say("tiny at \(side), formula", "tiny，\(side)，公式"),
          NumberText.grouped(predicted.multiplyAdds), NumberText.grouped(predicted.bytes),
        ],
      ])
  }
}
