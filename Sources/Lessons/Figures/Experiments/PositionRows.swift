internal import ViTDetMini

extension Experiment {
  /// How the position rows of the pre-training grid come to fit the detector's grid.
  static let positionRows = Experiment("position-rows") { input in
    let laboratory = input.laboratory
    let configuration = laboratory.configuration
    let stored = try laboratory.parameter("pos_embed")
    let resized = try laboratory.recording(configuration).map("pos_embed")
    let (side, width) = (configuration.pretrainGrid, configuration.embedDim)
    return Figure(
      title: input.say(
        "Position rows: \(side)×\(side) become \(configuration.grid.height)×\(configuration.grid.width)",
        "位置编码：\(side)×\(side) 变为 \(configuration.grid.height)×\(configuration.grid.width)"),
      sentence: input.say(
        "The \(stored.shape[1]) stored rows stay the parameter; every forward pass drops the class "
          + "row and stretches the rest.",
        "存储的 \(stored.shape[1]) 行始终是参数本身；每次前向计算都先去掉类别行，再把其余各行放大。"),
      body: .flow([
        FlowRow(
          name: "pos_embed", shape: stored.shape,
          remark: input.say("stored: 1 class row + \(side * side)", "存储：1 个类别行 + \(side * side) 行")),
        FlowRow(
          name: input.say("drop class row", "去掉类别行"), shape: [1, side * side, width],
          remark: input.say("no class token here", "检测中没有类别 token")),
        FlowRow(
          name: input.say("reshape", "改变形状"), shape: [1, side, side, width],
          remark: input.say("back to a grid", "还原成网格")),
        FlowRow(
          name: input.say("bicubic", "双三次插值"), shape: resized.shape,
          remark: input.say("each row made of 4×4", "每一行由 4×4 行加权得到")),
        FlowRow(
          name: input.say("add to tokens", "加到 token 上"),
          shape: try laboratory.recording(configuration).map("patch_embed").shape,
          remark: input.say("once, before block 0", "只加一次，在第 0 块之前")),
      ]),
      evidence: Table(
        columns: [
          input.say("rows", "行"), input.say("smallest", "最小值"), input.say("largest", "最大值"),
        ],
        rows: [
          [input.say("stored", "存储的")] + extremes(Array(stored.storage.dropFirst(width))),
          [input.say("resized", "插值后")] + extremes(resized.storage),
        ]))
  }

  /// The least and the greatest of some numbers, as text.
  private static func extremes(_ values: [Float]) -> [String] {
    [values.min() ?? 0, values.max() ?? 0].map { NumberText.fixed(Double($0), 3) }
  }
}
