internal import ViTDetMini

extension Experiment {
  /// The map of one level for the sample picture, over all channels or in one of them.
  static let pyramidMaps = Experiment(
    "pyramid-maps",
    knobs: [
      .choice("level", ["p2", "p3", "p4", "p5", "p6"], start: "p4"),
      .choice("channel", ["all"] + (0..<8).map(String.init), start: "all"),
    ], viewCount: 2, hasFocus: true
  ) { input in
    let laboratory = input.laboratory
    let level = try laboratory.level(input["level"])
    let map = try laboratory.detectorRecording(laboratory.detector).map(level.name)
    let channel = Int(input["channel"])
    let values = channel.map { map.channel($0) } ?? map.distancesFromTheMean()
    // The first view has as many cells as the backbone's map, so that levels can be compared place by place.
    let step =
      input.view == 0 ? max(level.rows / laboratory.configuration.grid.height, 1) : 1
    let shown = values.meanPooled(rows: level.rows, columns: level.columns, step: step)
    let (rows, columns) = (level.rows / step, level.columns / step)
    let pixels = level.stride * step
    let (low, high) = (shown.min() ?? 0, shown.max() ?? 0)
    let unit =
      channel.map { input.say("channel \($0)", "通道 \($0)") }
      ?? input.say("distance", "与均值的差")
    return Figure(
      title: input.say(
        "Level \(level.name): \(level.rows)×\(level.columns) cells of stride \(level.stride)",
        "\(level.name) 层：\(level.rows)×\(level.columns) 个格子，步长 \(level.stride)"),
      sentence: sentence(level, step: step, channel: channel, input),
      body: .grid(
        GridContent(
          rows: rows, columns: columns, cells: .heat(shown, range: low...high), unit: unit,
          focus: input.focus(rows: rows, columns: columns),
          readOuts: shown.enumerated().map { index, value in
            let (row, column) = (index / columns, index % columns)
            let (top, left) = (row * pixels, column * pixels)
            return "(\(row),\(column)) \(NumberText.fixed(Double(value), 2)) "
              + "x \(left)–\(left + pixels - 1) y \(top)–\(top + pixels - 1)"
          })),
      legend: [
        LegendEntry(
          "x y",
          step > 1
            ? input.say(
              "its pixels, the mean of \(step)×\(step) cells", "对应的像素，\(step)×\(step) 个格子的平均")
            : input.say("its pixels", "对应的像素")),
        LegendEntry("?", input.say("in focus", "当前格子")),
      ],
      caution: laboratory.caution(input.language), evidence: try everyLevel(input))
  }

  private static func sentence(
    _ level: NeckLevel, step: Int, channel: Int?, _ input: ExperimentInput
  ) -> String {
    let what =
      channel.map { input.say("The numbers of channel \($0).", "这是通道 \($0) 的数值。") }
      ?? input.say(
        "How far the numbers of each cell are from those of the mean cell (RMS).",
        "每个格子的数与平均格子相差多远（均方根）。")
    let size = input.say(
      "A cell stands for \(level.stride)×\(level.stride) pixels.",
      "一个格子对应 \(level.stride)×\(level.stride) 像素。")
    guard step > 1 else { return what + input.say(" ", "") + size }
    return what + input.say(" ", "") + size
      + input.say(
        " Here \(step)×\(step) of them are drawn as one, by their mean; the other view has them all.",
        "这里把 \(step)×\(step) 个画成一个，取平均；另一个视图里有全部格子。")
  }

  /// The range of every level, all channels together.
  private static func everyLevel(_ input: ExperimentInput) throws -> Table {
    let recording = try input.laboratory.detectorRecording(input.laboratory.detector)
    return Table(
      columns: [
        input.say("level", "层"), input.say("shape", "形状"), input.say("lowest", "最小"),
        input.say("highest", "最大"),
      ],
      rows: try input.laboratory.detector.neckLevels.map { level in
        let map = try recording.map(level.name)
        return [
          level.name, NumberText.shape(map.shape),
          NumberText.fixed(Double(map.storage.min() ?? 0), 2),
          NumberText.fixed(Double(map.storage.max() ?? 0), 2),
        ]
      })
  }
}

extension Laboratory {
  /// A level of the detector that figures run.
  ///
  /// - Throws: `FigureError` for a name that no level has.
  func level(_ name: String) throws(FigureError) -> NeckLevel {
    let levels = detector.neckLevels
    if let level = levels.first(where: { $0.name == name }) { return level }
    let names = levels.map(\.name).joined(separator: ", ")
    throw FigureError("the detector has no level «\(name)»; it has \(names)")
  }
}

extension Tensor {
  /// One channel of every cell.
  func channel(_ index: Int) -> [Float] {
    let width = shape.last ?? 1
    return (0..<count / max(width, 1)).map { storage[$0 * width + min(index, width - 1)] }
  }

  /// For each cell the root of the mean square of its differences from the mean cell.
  ///
  /// The size of a cell by itself says nothing: a norm ends every level, which makes all of them about the same.
  func distancesFromTheMean() -> [Float] {
    let width = shape.last ?? 1
    let cells = count / max(width, 1)
    var mean = [Float](repeating: 0, count: width)
    for (index, value) in storage.enumerated() { mean[index % width] += value }
    for channel in mean.indices { mean[channel] /= Float(max(cells, 1)) }
    return (0..<cells).map { cell in
      let sum = (0..<width).reduce(Float(0)) { sum, channel in
        let difference = storage[cell * width + channel] - mean[channel]
        return sum + difference * difference
      }
      return (sum / Float(width)).squareRoot()
    }
  }
}

extension [Float] {
  /// The means of squares of `step` × `step` values of a grid, row by row.
  func meanPooled(rows: Int, columns: Int, step: Int) -> [Float] {
    guard step > 1 else { return self }
    return (0..<rows / step * (columns / step)).map { place in
      let (row, column) = (place / (columns / step) * step, place % (columns / step) * step)
      let sum = (0..<step * step).reduce(Float(0)) { sum, inner in
        sum + self[(row + inner / step) * columns + column + inner % step]
      }
      return sum / Float(step * step)
    }
  }
}
