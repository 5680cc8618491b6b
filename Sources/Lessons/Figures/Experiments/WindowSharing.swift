internal import ViTDetMini

extension Experiment {
  /// That all windows of a block go through the same weights: they change places, and nothing else changes.
  static let windowSharing = Experiment("window-sharing") { input in
    let configuration = input.laboratory.configuration
    let measured = try input.laboratory.permutation()
    let small = configuration.imgSize.width
    return Figure(
      title: input.say("One set of weights for all windows", "所有窗口共用一套权重"),
      sentence: input.say(
        "The \(measured.windows) windows of block 0 changed places, went through attention, and "
          + "changed back: \(measured.verdict.en). More windows bring no more parameters.",
        "第 0 块的 \(measured.windows) 个窗口互换位置，做完注意力再换回来：\(measured.verdict.zh)。"
          + "窗口变多，参数不会变多。"),
      body: .table(
        Table(
          columns: [
            input.say("image", "图像"), input.say("windows", "窗口数"),
            input.say("block 0", "第 0 块"), input.say("block 1", "第 1 块"),
          ],
          rows: [small, small * 2, small * 4].map { side in
            var grown = configuration
            grown.imgSize = Extent(side: side)
            return [
              "\(side)×\(side)", String(grown.windowGeometry.windows),
              NumberText.grouped(grown.parameterCount(ofBlock: 0)),
              NumberText.grouped(grown.parameterCount(ofBlock: 1)),
            ]
          })),
      legend: [
        LegendEntry(
          input.say("block 0", "第 0 块"), input.say("parameters, windowed", "参数量，窗口注意力")),
        LegendEntry(
          input.say("block 1", "第 1 块"),
          input.say(
            "parameters, global: only its relative positions grow", "参数量，全局注意力：只有相对位置编码变长")),
      ],
      evidence: Table(
        columns: [input.say("measured", "测量"), input.say("value", "数值")],
        rows: [
          [
            input.say("difference after permuting and undoing", "互换再还原后的差异"),
            NumberText.measured(measured.largestDifference),
          ],
          [
            input.say("largest output", "最大的输出"), NumberText.measured(measured.largestValue),
          ],
          [
            input.say("windows that stayed in place", "留在原位的窗口"),
            String(measured.windows % 2),
          ],
        ]))
  }
}

/// What permuting the windows did to the output of attention.
struct PermutationMeasurement: Sendable {
  /// The number of windows that changed places.
  let windows: Int
  /// The largest difference to the output in the usual order.
  let largestDifference: Double
  /// The largest output, to compare the difference with.
  let largestValue: Double

  /// What the difference means; a matrix product may round a row differently at another place.
  var verdict: Localized {
    let difference = NumberText.measured(largestDifference)
    guard largestDifference > 0 else {
      return Localized("the largest difference is exactly 0", "最大差异恰好为 0")
    }
    let size = NumberText.measured(largestValue)
    return Localized(
      "largest difference \(difference), rounding beside outputs up to \(size)",
      "最大差异 \(difference)，与最大 \(size) 的输出相比只是舍入误差")
  }
}

extension Laboratory {
  /// Runs the attention of block 0 over its windows in reversed order and compares.
  func permutation() throws -> PermutationMeasurement {
    try result("permutation") {
      let windows = try recording(configuration).map("blocks.0.windows")  // [M, K, K, C]
      let usual = try attention(over: windows)
      let permuted = try attention(over: windows.reversedRows).reversedRows
      return PermutationMeasurement(
        windows: windows.shape[0],
        largestDifference: Double(usual.largestDifference(from: permuted)),
        largestValue: Double(usual.storage.reduce(0) { max($0, abs($1)) }))
    }
  }

  /// The attention layer of block 0 with its own weights, over any windows `[M, K, K, C]`.
  func attention(over windows: Tensor) throws -> Tensor {
    func variable(_ name: String) throws -> Variable {
      Variable(try parameter("blocks.0.attn.\(name)"))
    }
    let (count, side, width) = (windows.shape[0], windows.shape[1], windows.shape[3])
    let qkv = linearMap(
      Variable(windows), weight: try variable("qkv.weight"), bias: try variable("qkv.bias"))
    let mixed = attentionCore(
      qkv.reshaped(to: [count, side * side, 3 * width]),  // [M, K², 3·C]
      heads: configuration.numHeads, extent: Extent(side: side),
      tables: RelativePositionTables(
        height: try variable("rel_pos_h"), width: try variable("rel_pos_w")),
      keepsProbabilities: false)
    return linearMap(
      mixed.output, weight: try variable("proj.weight"), bias: try variable("proj.bias")
    ).value.reshaped(to: windows.shape)
  }
}

extension Tensor {
  /// The tensor with the order of its first axis reversed.
  var reversedRows: Tensor {
    Tensor.joined((0..<shape[0]).reversed().map { rows($0..<$0 + 1) })
  }
}
