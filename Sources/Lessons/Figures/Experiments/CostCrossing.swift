internal import ViTDetMini

extension Experiment {
  /// At how many tokens the products over pairs take as much as the MLP.
  static let costCrossing = Experiment(
    "cost-crossing",
    knobs: [.choice("preset", ["tiny", "base", "large", "huge"], start: "base")], viewCount: 2
  ) { input in
    let model = input.laboratory.detector(input["preset"]).backbone
    let bills = [128, 256, 512, 1024, 2048].map { side in
      (side: side, bill: BlockParts(model, side: side))
    }
    func line(_ name: String, _ work: (BlockParts) -> Int) -> ChartContent.Series {
      .init(
        name: name,
        points: bills.map { .init(x: Double($0.bill.tokens), y: Double(work($0.bill))) })
    }
    let table = Table(
      columns: [
        input.say("side", "边长"), input.say("tokens", "token"), input.say("products", "乘积"),
        "MLP", input.say("linear", "线性"),
      ],
      rows: bills.map { side, bill in
        [
          String(side), NumberText.grouped(bill.tokens), NumberText.short(bill.products),
          NumberText.short(bill[.mlp].multiplyAdds),
          NumberText.short(bill[.qkv].multiplyAdds + bill[.proj].multiplyAdds),
        ]
      })
    let chart = ChartContent(
      xLabel: input.say("tokens N", "token 数 N"),
      yLabel: input.say("multiply-adds of a block", "一个块的乘加次数"), isLogarithmic: true,
      series: [
        line(input.say("both products, 2N²C", "两个乘积，2N²C"), \.products),
        line(input.say("MLP, 2NC × hidden", "MLP，2NC × 隐藏宽度")) { $0[.mlp].multiplyAdds },
        line(input.say("q, k, v and projection, 4NC²", "q、k、v 和输出投影，4NC²")) {
          $0[.qkv].multiplyAdds + $0[.proj].multiplyAdds
        },
      ])
    // 2N²C = 2NC × hidden
    let crossing = model.mlpHidden
    let side = Double(crossing).squareRoot() * Double(model.patchSize)
    return Figure(
      title: input.say(
        "Products and MLP of ViT-\(input["preset"])", "ViT-\(input["preset"]) 的乘积与 MLP"),
      sentence: input.say(
        "C = \(model.embedDim), hidden = \(NumberText.grouped(model.mlpHidden)): equal at "
          + "\(NumberText.grouped(crossing)) tokens, a picture of about \(NumberText.fixed(side, 0)) pixels.",
        "C = \(model.embedDim)，隐藏宽度 = \(NumberText.grouped(model.mlpHidden))：在 \(NumberText.grouped(crossing)) 个 token 处相等，"
          + "图像边长约 \(NumberText.fixed(side, 0)) 像素。"),
      body: input.view == 1 ? .table(table) : .chart(chart), evidence: table)
  }
}
