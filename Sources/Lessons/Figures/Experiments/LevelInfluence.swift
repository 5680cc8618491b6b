internal import ViTDetMini

extension Experiment {
  /// Which cells of a level change when the tokens under one cell change: how far the neck mixes places.
  static let levelInfluence = Experiment(
    "level-influence",
    knobs: [.choice("level", ["p2", "p3", "p4", "p5", "p6"], start: "p4")], hasFocus: true
  ) { input in
    let laboratory = input.laboratory
    let level = try laboratory.level(input["level"])
    let focus = input.focus(rows: level.rows, columns: level.columns)
    let change = try laboratory.changes(of: level, under: focus)
    let places = (0..<level.rows).flatMap { row in
      (0..<level.columns).map { Token(row: row, column: $0) }
    }
    let reached = change.filter { $0 > 0 }.count
    let tokens = level.tokens(under: focus, patch: laboratory.configuration.patchSize)
    let table = try reachTable(input)
    return Figure(
      title: input.say(
        "\(level.name): what changes with the token(s) under (\(focus.row),\(focus.column))",
        "\(level.name)：(\(focus.row),\(focus.column)) 下面的 token 变了，哪些格子跟着变"),
      sentence: input.say(
        "Changed in the backbone's last map: \(tokens.text(.en)). \(reached) of "
          + "\(change.count) cells of \(level.name) changed, all of them close by.",
        "在骨干网络的最后一张图里改动 \(tokens.text(.zh))。\(level.name) 的 \(change.count) 个格子中有 "
          + "\(reached) 个改变，都在近旁。"),
      body: .grid(
        GridContent(
          rows: level.rows, columns: level.columns,
          cells: .classes(change.map { $0 > 0 ? 1 : 0 }, letters: [".", "#"]), focus: focus,
          muted: Set(zip(places, change).filter { $0.1 == 0 }.map(\.0)),
          readOuts: zip(places, change).map { place, difference in
            "(\(place.row),\(place.column)) "
              + (difference > 0
                ? input.say("changed by ", "改变 ") + NumberText.measured(Double(difference))
                : input.say("not a bit changed", "一个比特都没变"))
          })),
      legend: [
        LegendEntry("#", input.say("changed, \(reached)", "改变，\(reached) 个")),
        LegendEntry(
          ".",
          input.say(
            "not a bit changed, \(change.count - reached)", "逐比特相同，\(change.count - reached) 个")),
        LegendEntry("?", input.say("the cell in focus", "当前格子")),
      ], evidence: table)
  }

  /// For every level how many tokens changed under a middle cell, and how many cells then.
  private static func reachTable(_ input: ExperimentInput) throws -> Table {
    let laboratory = input.laboratory
    return Table(
      columns: [
        input.say("level", "层"), input.say("cell", "格子"), input.say("tokens", "token"),
        input.say("cells", "改变的格子"),
      ],
      rows: try laboratory.detector.neckLevels.map { level in
        let cell = Token(row: level.rows / 2, column: level.columns / 2)
        let tokens = level.tokens(under: cell, patch: laboratory.configuration.patchSize)
        let reached = try laboratory.changes(of: level, under: cell).filter { $0 > 0 }.count
        return [
          level.name, "(\(cell.row),\(cell.column))", String(tokens.count), String(reached),
        ]
      })
  }
}

extension [Token] {
  /// The tokens in words: one place, or the first and the last of them.
  fileprivate func text(_ language: Language) -> String {
    Value.tokens(Set(self)).text(language)
  }
}

extension Laboratory {
  /// How much each cell of a level changes when the tokens under one of its cells do; nothing else of the backbone's last
  /// map changes, and the backbone does not run again.
  ///
  /// - Parameters:
  ///   - level: A level of the detector.
  ///   - cell: One of its cells.
  /// - Returns: The largest change in any channel of each cell, row by row; exactly 0 where no path leads.
  /// - Throws: What building the model throws.
  func changes(of level: NeckLevel, under cell: Token) throws -> [Float] {
    try result("changes of \(level.name) under \(cell)") {
      let recording = try detectorRecording(detector)
      var map = try recording.map("backbone.last_feat")
      let width = map.shape[3]
      for token in level.tokens(under: cell, patch: configuration.patchSize) {
        for channel in 0..<width { map[0, token.row, token.column, channel] *= -1 }
      }
      let network = try ViTDet(detector, parameters: detectorParameters)
      return network.levels(of: map)[level.index].largestChanges(
        from: try recording.map(level.name))
    }
  }
}
