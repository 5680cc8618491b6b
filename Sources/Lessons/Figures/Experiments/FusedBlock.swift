internal import ViTDetMini

extension Experiment {
  /// The same block run twice: its attention weights kept, and passing through a tile at a time.
  static let fusedBlock = Experiment(
    "fused-block", knobs: [.whole("image", [128, 256, 512, 768], start: 512, in: 64...1024)],
    isTimed: true
  ) { input in
    let side = input.whole("image")
    let kept = try input.laboratory.blockRun(.global, side: side, keepsWeights: true)
    let passing = try input.laboratory.blockRun(.global, side: side)
    let isSame = kept.cost.multiplyAdds == passing.cost.multiplyAdds
    func row(_ name: String, _ run: BlockRun) -> [String] {
      [
        name, NumberText.short(run.cost.multiplyAdds), bytes(run.keptBytes),
        NumberText.measured(run.seconds * 1000),
      ]
    }
    return Figure(
      title: input.say(
        "A global block of the small model, \(side)×\(side), run twice",
        "小模型的一个全局块，\(side)×\(side)，运行两次"),
      sentence: input.say(
        "\(bytes(kept.keptBytes)) of weights kept or none: "
          + (isSame ? "the multiply-adds are the same." : "the multiply-adds differ."),
        "权重存下 \(bytes(kept.keptBytes))，或一个也不存："
          + (isSame ? "乘加次数相同。" : "乘加次数不同。")),
      body: .table(
        Table(
          columns: [
            input.say("weights", "权重"), input.say("mult-adds", "乘加"), input.say("stored", "存下"),
            "ms",
          ],
          rows: [
            row(input.say("all kept", "全部存下"), kept), row(input.say("passing", "用完即弃"), passing),
          ])),
      legend: [
        LegendEntry(
          input.say("mult-adds", "乘加"), input.say("counted while it ran", "运行时计数")),
        LegendEntry(
          input.say("stored", "存下"),
          input.say("attention weights after the run", "运行之后还在的注意力权重")),
      ])
  }
}
