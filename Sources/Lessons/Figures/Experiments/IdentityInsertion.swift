internal import ViTDetMini

extension Experiment {
  /// What inserting convolution blocks changes in the backbone's output, to the bit.
  static let identityInsertion = Experiment(
    "identity-insertion",
    knobs: [.choice("scale", ["0", "0.001", "1"], start: "0")]
  ) { input in
    let scale = Float(input["scale"]) ?? 0
    let measured = try ResidualBlockKind.allCases.map {
      try input.laboratory.insertion($0, scale: scale)
    }
    let changed = measured.reduce(0) { $0 + $1.changed }
    return Figure(
      title: input.say(
        "The backbone's output before and after four blocks are inserted",
        "插入四个卷积块之前和之后，骨干网络的输出"),
      sentence: changed == 0
        ? input.say(
          "Compared bit by bit: not one number differs, with every kind of block.",
          "逐比特比较：无论哪一种块，没有一个数不同。")
        : input.say(
          "With the last norm's scale at \(input["scale"]) the block adds what its convolutions make.",
          "最后一个归一化的缩放是 \(input["scale"])，块就把卷积的结果加了进去。"),
      body: .table(
        Table(
          columns: [
            input.say("block", "块"), input.say("numbers added", "新增参数"),
            input.say("zeros", "其中为 0"), input.say("outputs", "输出"), input.say("differ", "不同"),
            input.say("largest", "最大差异"),
          ],
          rows: measured.map { measurement in
            [
              measurement.kind.rawValue, NumberText.grouped(measurement.parameters),
              NumberText.grouped(measurement.zeros), NumberText.grouped(measurement.outputs),
              NumberText.grouped(measurement.changed), NumberText.measured(measurement.largest),
            ]
          })),
      legend: [
        LegendEntry(
          input.say("zeros", "其中为 0"),
          input.say("parameters that are 0 before training", "训练前为 0 的参数")),
        LegendEntry(
          input.say("differ", "不同"),
          input.say("outputs whose bits are not the same", "比特不完全相同的输出")),
      ],
      evidence: Table(
        columns: [
          input.say("preset", "模型"), input.say("parameters", "参数量"), "naive", "basic",
          "bottleneck",
        ],
        rows: ["tiny", "base", "large", "huge"].map { name in
          let model = input.laboratory.detector(name).backbone.with(.none)
          return [name, NumberText.short(model.parameterCount)]
            + ResidualBlockKind.allCases.map {
              "+" + NumberText.short(model.parametersAdded(by: $0))
            }
        }))
  }
}

/// What inserting convolution blocks did.
struct InsertionMeasurement: Sendable {
  let kind: ResidualBlockKind
  /// The parameters that were added, and how many of them are 0.
  let parameters: Int
  let zeros: Int
  /// The numbers of the output, and how many of them have other bits than before.
  let outputs: Int
  let changed: Int
  let largest: Double
}

extension Laboratory {
  /// Runs the windowed model without and with four fresh convolution blocks, and compares bits.
  func insertion(_ kind: ResidualBlockKind, scale: Float) throws -> InsertionMeasurement {
    let way = WayAcross.allCases.first { $0.inserted == kind } ?? .none
    return try result("insertion \(kind) \(scale)") {
      let before = try lastMap(.none, scale: 0)
      let after = try lastMap(way, scale: scale)
      let added = model(way, scale: scale).parameters
      let names = added.names.filter { $0.contains(".residual.") }
      let numbers = names.flatMap { added[$0]?.storage ?? [] }
      return InsertionMeasurement(
        kind: kind, parameters: numbers.count, zeros: numbers.count { $0 == 0 },
        outputs: before.count,
        changed: zip(before.storage, after.storage).count { $0.bitPattern != $1.bitPattern },
        largest: Double(before.largestDifference(from: after)))
    }
  }

  /// The last map of the model with a way between its windows.
  private func lastMap(_ way: WayAcross, scale: Float) throws -> Tensor {
    let (model, parameters) = model(way, scale: scale)
    return try ViT(model, parameters: parameters)(Variable(picture.normalised())).value
  }
}

extension ViTConfiguration {
  /// The parameters that four convolution blocks of a kind add.
  func parametersAdded(by kind: ResidualBlockKind) -> Int {
    with(.conv(kind)).parameterCount - with(.none).parameterCount
  }
}
