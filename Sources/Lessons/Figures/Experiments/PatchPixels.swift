internal import ViTDetMini

extension Experiment {
  /// One patch three times: its pixels, their numbers, and the token that the projection makes of them.
  static let patchPixels = Experiment("patch-pixels", viewCount: 3, hasFocus: true) { input in
    let laboratory = input.laboratory
    let configuration = laboratory.configuration
    let side = configuration.patchSize
    let focus = input.focus(rows: configuration.grid.height, columns: configuration.grid.width)
    let name = input.say(
      "patch (\(focus.row),\(focus.column))", "图像块 (\(focus.row),\(focus.column))")
    let numbers = side * side * configuration.inChans
    // The cursor chooses the patch, so every cell reads out which one it is.
    let readOut = pixelSpan(focus, side)
    let patch = laboratory.picture.cropped(patch: focus, side: side)
    switch input.view {
    case 0:
      return Figure(
        title: input.say("The pixels of \(name)", "\(name)的像素"),
        sentence: input.say(
          "\(side)×\(side) pixels, each with \(configuration.inChans) colours: \(numbers) numbers.",
          "\(side)×\(side) 个像素，每个有 \(configuration.inChans) 种颜色：\(numbers) 个数。"),
        body: .image(patch), legend: [LegendEntry("?", readOut)])
    case 1:
      let red = stride(from: 0, to: patch.pixels.count, by: 3).map { Float(patch.pixels[$0]) }
      return Figure(
        title: input.say("The red values of \(name)", "\(name)的红色数值"),
        sentence: input.say(
          "Red from \(NumberText.measured(Double(red.min() ?? 0))) to "
            + "\(NumberText.measured(Double(red.max() ?? 0))); green and blue make it "
            + "\(numbers) numbers in all.",
          "红色从 \(NumberText.measured(Double(red.min() ?? 0))) 到 "
            + "\(NumberText.measured(Double(red.max() ?? 0)))；加上绿色和蓝色一共 \(numbers) 个数。"),
        body: .grid(
          GridContent(
            rows: side, columns: side, cells: .heat(red, range: 0...255),
            readOuts: Array(repeating: readOut, count: side * side))),
        evidence: colourTable(patch, input))
    default:
      return try tokenFigure(focus, name, readOut, input)
    }
  }

  /// The token of a patch, its numbers in a square.
  private static func tokenFigure(
    _ focus: Token, _ name: String, _ readOut: String, _ input: ExperimentInput
  ) throws -> Figure {
    let configuration = input.laboratory.configuration
    let width = configuration.embedDim
    let tokens = try input.laboratory.recording(configuration).map("patch_embed.proj")
    let start = (focus.row * configuration.grid.width + focus.column) * width
    let values = Array(tokens.storage[start..<start + width])
    let reach = max(values.reduce(0) { max($0, abs($1)) }, 1e-6)
    let columns = max(Int(Double(width).squareRoot()), 1)
    let numbers = configuration.patchSize * configuration.patchSize * configuration.inChans
    return Figure(
      title: input.say("The token of \(name)", "\(name)的 token"),
      sentence: input.say(
        "The projection turns \(numbers) numbers into \(width), shown row by row: each is one "
          + "weighted sum of all pixels of the patch.",
        "投影把 \(numbers) 个数变成 \(width) 个，逐行排列：每个都是该块全部像素的一个加权和。"),
      body: .grid(
        GridContent(
          rows: width / columns, columns: columns,
          cells: .heat(Array(values.prefix(width / columns * columns)), range: -reach...reach),
          readOuts: Array(repeating: readOut, count: width / columns * columns))),
      caution: input.laboratory.caution(input.language),
      evidence: Table(
        columns: [input.say("channel", "通道"), input.say("value", "数值")],
        rows: values.enumerated().map { [String($0), NumberText.fixed(Double($1), 4)] }))
  }

  /// The range and mean of each colour.
  private static func colourTable(_ patch: ImageContent, _ input: ExperimentInput) -> Table {
    let names = [input.say("red", "红"), input.say("green", "绿"), input.say("blue", "蓝")]
    return Table(
      columns: [
        input.say("colour", "颜色"), input.say("least", "最小"), input.say("mean", "平均"),
        input.say("most", "最大"),
      ],
      rows: names.enumerated().map { channel, name in
        let values = stride(from: channel, to: patch.pixels.count, by: 3).map {
          Double(patch.pixels[$0])
        }
        return [
          name, NumberText.fixed(values.min() ?? 0, 0),
          NumberText.fixed(values.reduce(0, +) / Double(max(values.count, 1)), 1),
          NumberText.fixed(values.max() ?? 0, 0),
        ]
      })
  }
}

extension Image {
  /// One patch of the picture as a picture of its own.
  func cropped(patch: Token, side: Int) -> ImageContent {
    let row = side * 3
    let pixels = (patch.row * side..<(patch.row + 1) * side).flatMap { y -> ArraySlice<UInt8> in
      let start = (y * width + patch.column * side) * 3
      return self.pixels[start..<start + row]
    }
    return ImageContent(width: side, height: side, pixels: pixels)
  }
}
