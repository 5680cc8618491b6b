internal import ViTDetMini

extension Experiment {
  /// Which outputs change at all when the pixels of one patch change.
  static let influence = Experiment(
    "influence",
    knobs: [
      .whole("blocks", [1, 2, 4, 8], start: 8, in: 1...8),
      .choice("propagation", ["none", "global"], start: "global"),
    ], hasFocus: true
  ) { input in
    let laboratory = input.laboratory
    let blocks = input.whole("blocks")
    let isGlobal = input["propagation"] == "global"
    let cut = laboratory.configuration.windowGeometry
    let focus = input.focus(rows: cut.rows, columns: cut.columns)
    let change = try laboratory.changes(of: focus, globals: isGlobal)[blocks - 1]
    let reached = change.filter { $0 > 0 }.count
    let globals = laboratory.configuration.globalBlockIndexes.filter { $0 < blocks }
    return Figure(
      title: input.say(
        "Where token (\(focus.row),\(focus.column)) can reach in \(blocks) blocks",
        "token (\(focus.row),\(focus.column)) 经过 \(blocks) 个块能影响到哪里"),
      sentence: isGlobal && !globals.isEmpty
        ? input.say(
          "Its patch was changed and \(reached) of \(cut.tokens) outputs changed: block "
            + "\(globals[0]) is global and carries it everywhere.",
          "改动它的图像块后，\(cut.tokens) 个输出中有 \(reached) 个改变：第 \(globals[0]) 块是全局注意力块，"
            + "把影响带到各处。")
        : input.say(
          "Its patch was changed and \(reached) of \(cut.tokens) outputs changed: exactly the "
            + "tokens of its window, however many windowed blocks follow.",
          "改动它的图像块后，\(cut.tokens) 个输出中有 \(reached) 个改变：恰好是它所在窗口的 token，"
            + "再多窗口块也一样。"),
      body: .grid(
        GridContent(
          rows: cut.rows, columns: cut.columns,
          cells: .classes(change.map { $0 > 0 ? 1 : 0 }, letters: [".", "#"]), focus: focus,
          muted: Set(zip(cut.places, change).filter { $0.1 == 0 }.map(\.0)),
          ruleEvery: cut.window,
          readOuts: zip(cut.places, change).map { place, difference in
            let text =
              difference > 0
              ? input.say("changed by ", "改变 ") + NumberText.measured(Double(difference))
              : input.say("not a bit changed", "一个比特都没变")
            return "(\(place.row),\(place.column)) \(text)"
          })),
      legend: [
        LegendEntry("#", input.say("changed, \(reached)", "改变，\(reached) 个")),
        LegendEntry(
          ".",
          input.say(
            "not a bit changed, \(cut.tokens - reached)", "逐比特相同，\(cut.tokens - reached) 个")),
        LegendEntry("?", input.say("the changed patch", "被改动的图像块")),
      ],
      evidence: try influenceTable(focus, input))
  }

  /// How many outputs each depth reaches, with and without global blocks.
  private static func influenceTable(_ focus: Token, _ input: ExperimentInput) throws -> Table {
    let windowed = try input.laboratory.changes(of: focus, globals: false)
    let global = try input.laboratory.changes(of: focus, globals: true)
    return Table(
      columns: [
        input.say("blocks", "块数"), input.say("all windowed", "全部窗口"),
        input.say("with global", "含全局块"),
      ],
      rows: zip(windowed, global).enumerated().map { index, changes in
        [
          String(index + 1), String(changes.0.filter { $0 > 0 }.count),
          String(changes.1.filter { $0 > 0 }.count),
        ]
      })
  }
}

extension Laboratory {
  /// How much each output of each block changes when one patch of the picture is inverted.
  ///
  /// Exact: what no path of the computation connects comes out equal to the last bit.
  ///
  /// - Parameters:
  ///   - token: The patch.
  ///   - globals: Whether the model's global blocks stay, or all blocks are windowed.
  /// - Returns: For each block the largest change in any channel of each token, row by row.
  /// - Throws: What building the model throws.
  func changes(of token: Token, globals: Bool) throws -> [[Float]] {
    var model = configuration
    if !globals { model.windowBlockIndexes = Array(0..<model.depth) }
    return try result("changes \(token) \(globals)") {
      let before = try recording(model)
      let after = try run(model, on: picture.inverted(patch: token, side: model.patchSize))
      return try (0..<model.depth).map { block in
        try before.map("blocks.\(block)").largestChanges(from: after.map("blocks.\(block)"))
      }
    }
  }
}

extension Image {
  /// The picture with one patch inverted; every channel of every pixel there changes.
  func inverted(patch: Token, side: Int) -> Image {
    var changed = self
    for y in patch.row * side..<(patch.row + 1) * side {
      for x in patch.column * side..<(patch.column + 1) * side {
        let colour = self[x: x, y: y]
        changed[x: x, y: y] = (255 - colour.red, 255 - colour.green, 255 - colour.blue)
      }
    }
    return changed
  }
}

extension Tensor {
  /// The largest absolute difference in the last axis, for each position before it.
  func largestChanges(from other: Tensor) -> [Float] {
    precondition(shape == other.shape, "changes between \(shape) and \(other.shape)")
    let width = shape.last ?? 1
    return (0..<count / max(width, 1)).map { position in
      (position * width..<(position + 1) * width).reduce(0) { largest, index in
        max(largest, abs(storage[index] - other.storage[index]))
      }
    }
  }
}
