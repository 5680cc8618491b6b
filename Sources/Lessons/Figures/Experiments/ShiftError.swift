internal import ViTDetMini

extension Experiment {
  /// How far the tokens of a shifted picture are from the shifted tokens.
  static let shiftError = Experiment(
    "shift-error",
    knobs: [
      .whole("shift", [0, 1, 4, 8, 16], start: 16, in: 0...64),
      .choice("position", ["on", "off"], start: "on"),
    ], viewCount: 2, hasFocus: true
  ) { input in
    let laboratory = input.laboratory
    let side = laboratory.configuration.grid.width
    let pixels = input.whole("shift")
    let hasPosition = input["position"] == "on"
    let stage: ShiftMeasurement.Stage = input.view == 0 ? .tokens : .features
    let measured = try laboratory.shift(pixels, position: hasPosition, stage: stage)
    let focus = input.focus(rows: side, columns: side)
    let places = WindowGeometry(rows: side, columns: side, window: side).places
    let patch = laboratory.configuration.patchSize
    let tokens = pixels % patch == 0 ? "\(pixels / patch)" : "\(pixels)/\(patch)"
    let error = NumberText.percent(measured.error)
    let what =
      stage == .tokens
      ? input.say("tokens that enter block 0", "进入第 0 块的 token")
      : input.say("features after the last block", "最后一块之后的特征")
    let position = hasPosition ? input.say("on", "开") : input.say("off", "关")
    return Figure(
      title: input.say(
        "Shift by \(pixels) px, position \(position): \(what)",
        "平移 \(pixels) 像素，位置编码\(position)：\(what)"),
      sentence: input.say(
        "The picture moved right by \(pixels) px = \(tokens) token: the \(what) differ from the moved "
          + "ones by \(error) of their length.",
        "图像右移 \(pixels) 像素 = \(tokens) 个 token。比较\(what)：与平移后的结果相差其长度的 \(error)。"),
      body: .grid(
        GridContent(
          rows: side, columns: side,
          cells: .heat(measured.differences, range: 0...max(measured.differences.max() ?? 0, 0.01)),
          unit: input.say("of its length", "长度比"), focus: focus,
          muted: Set(places.filter { $0.column < measured.border }),
          readOuts: zip(places, measured.differences).map { place, difference in
            place.column < measured.border
              ? "(\(place.row),\(place.column)) "
                + input.say("wrapped, not compared", "绕回，不比较")
              : "(\(place.row),\(place.column)) "
                + input.say("differs by ", "相差 ") + NumberText.percent(Double(difference))
          })),
      legend: measured.border > 0
        ? [LegendEntry(".", input.say("wrapped round, not compared", "绕回的部分，不比较"))] : [],
      caution: stage == .features ? laboratory.caution(input.language) : nil,
      evidence: try shiftTable(stage, input))
  }

  /// The error for every shift on offer, with and without position rows.
  private static func shiftTable(_ stage: ShiftMeasurement.Stage, _ input: ExperimentInput) throws
    -> Table
  {
    Table(
      columns: [
        input.say("shift", "平移"), input.say("position on", "有位置编码"),
        input.say("position off", "无位置编码"),
      ],
      rows: try [0, 1, 4, 8, 16].map { pixels in
        [String(pixels)]
          + (try [true, false].map { position in
            NumberText.percent(
              try input.laboratory.shift(pixels, position: position, stage: stage).error)
          })
      })
  }
}

/// How far the features of a shifted picture are from the shifted features.
struct ShiftMeasurement: Sendable {
  /// Which features.
  enum Stage: Sendable { case tokens, features }

  /// The length of the difference for each token, as a share of the mean length.
  let differences: [Float]
  /// The error over all compared tokens: the length of the difference over the length of the features.
  let error: Double
  /// The columns at the left into which the picture's right edge came round.
  let border: Int
}

extension Laboratory {
  /// Shifts the picture to the right, runs the model, and compares with the shifted features.
  ///
  /// A shift by part of a token has no counterpart on the grid; the features are then moved by linear
  /// interpolation between the two nearest whole shifts.
  func shift(_ pixels: Int, position: Bool, stage: ShiftMeasurement.Stage) throws
    -> ShiftMeasurement
  {
    // One pass gives both stages, so both are kept.
    let both = try result("shift \(pixels) \(position)") {
      var model = configuration
      model.useAbsPos = position
      let still = try recording(model)
      let moved = try run(model, on: picture.shiftedRight(by: pixels))
      let part = Float(pixels % model.patchSize) / Float(model.patchSize)
      let border = (pixels + model.patchSize - 1) / model.patchSize
      return try [ShiftMeasurement.Stage.tokens, .features].map { stage in
        let name = stage == .tokens ? "patch_embed" : "blocks.\(model.depth - 1)"
        let expected = try still.map(name).shiftedRight(by: pixels / model.patchSize, and: part)
        return compare(try moved.map(name), expected, border: border)
      }
    }
    return both[stage == .tokens ? 0 : 1]
  }

  /// The differences between two maps `[1, H, W, C]`, leaving out the columns left of `border`.
  private func compare(_ map: Tensor, _ expected: Tensor, border: Int) -> ShiftMeasurement {
    let (columns, width) = (map.shape[2], map.shape[3])
    var squares: [Double] = []
    var (differenceSum, lengthSum, compared) = (0.0, 0.0, 0)
    for token in 0..<map.count / width {
      var (difference, length) = (0.0, 0.0)
      for index in token * width..<(token + 1) * width {
        let gap = Double(map.storage[index]) - Double(expected.storage[index])
        difference += gap * gap
        length += Double(expected.storage[index]) * Double(expected.storage[index])
      }
      let counts = token % columns >= border
      squares.append(counts ? difference : 0)
      if counts {
        differenceSum += difference
        lengthSum += length
        compared += 1
      }
    }
    let meanLength = (lengthSum / Double(max(compared, 1))).squareRoot()
    return ShiftMeasurement(
      differences: squares.map { Float($0.squareRoot() / max(meanLength, 1e-12)) },
      error: (differenceSum / max(lengthSum, 1e-24)).squareRoot(), border: border)
  }
}

extension Image {
  /// The picture moved to the right; what leaves at the right edge comes back at the left.
  func shiftedRight(by pixels: Int) -> Image {
    let kept = (width - pixels % width) * 3
    let rows = (0..<height).flatMap { y in
      let start = y * width * 3
      let end = start + width * 3
      return self.pixels[start + kept..<end] + self.pixels[start..<start + kept]
    }
    return Image(width: width, height: height, pixels: rows)
  }
}

extension Tensor {
  /// A map `[1, H, W, C]` moved to the right by whole columns and a part of one, wrapping round.
  func shiftedRight(by whole: Int, and part: Float) -> Tensor {
    let (columns, width) = (shape[2], shape[3])
    var moved = storage
    for token in 0..<count / width {
      let column = token % columns
      let near = token - column + ((column - whole) % columns + columns) % columns
      let far = near % columns == 0 ? near + columns - 1 : near - 1
      for channel in 0..<width {
        let kept = storage[near * width + channel]
        // Untouched for whole shifts, which must stay exact.
        moved[token * width + channel] =
          part == 0 ? kept : (1 - part) * kept + part * storage[far * width + channel]
      }
    }
    return Tensor(shape: shape, storage: moved)
  }
}
