internal import ViTDetMini

extension Experiment {
  /// How much of its attention each query spends on padding, since no mask stops it.
  static let padShare = Experiment("pad-share", hasFocus: true) { input in
    let configuration = input.laboratory.configuration
    let cut = configuration.windowGeometry
    let query = input.focus(rows: cut.rows, columns: cut.columns)
    let shares = try input.laboratory.padShares(configuration)
    let largest = shares.values.max() ?? 0
    let touched = shares.values.filter { $0 > 0 }.count
    return Figure(
      title: input.say("Attention spent on padding, block 0", "第 0 块中花在填充上的注意力"),
      sentence: input.say(
        "\(touched) of \(cut.tokens) queries share a window with padding; the most that one "
          + "spends there is \(NumberText.percent(largest)).",
        "\(cut.tokens) 个查询中有 \(touched) 个的窗口里有填充；花得最多的把 "
          + "\(NumberText.percent(largest)) 的注意力给了填充。"),
      body: .grid(
        GridContent(
          rows: cut.rows, columns: cut.columns,
          cells: .heat(
            cut.places.map { Float((shares[$0] ?? 0) * 100) },
            range: 0...max(Float(largest * 100), 1)),
          unit: "%", focus: query, ruleEvery: cut.window,
          readOuts: cut.places.map { token in
            let pad = cut.slotsPerWindow - cut.tokens(sharedWith: token).count
            let share = NumberText.percent(shares[token] ?? 0)
            return input.say(
              "(\(token.row),\(token.column)) \(share) on \(pad) pad slots",
              "(\(token.row),\(token.column)) \(share) 给了 \(pad) 个填充")
          })),
      legend: [LegendEntry("?", queryText(query, input))],
      caution: input.laboratory.caution(input.language),
      evidence: padTable(shares, cut, input))
  }

  /// One row for each window: its padding, and the mean share its queries spend there.
  private static func padTable(
    _ shares: [Token: Double], _ cut: WindowGeometry, _ input: ExperimentInput
  ) -> Table {
    let rows = (0..<cut.windows).map { number -> [String] in
      let tokens = cut.places.filter { cut.windowIndex(of: $0) == number }
      let padding = cut.slotsPerWindow - tokens.count
      let mean = tokens.reduce(0) { $0 + (shares[$1] ?? 0) } / Double(max(tokens.count, 1))
      return [
        String(WindowLetters.letter(number)), String(padding),
        NumberText.percent(Double(padding) / Double(cut.slotsPerWindow)),
        NumberText.percent(mean),
      ]
    }
    return Table(
      columns: [
        input.say("window", "窗口"), input.say("padding", "填充"),
        input.say("of slots", "占位置"), input.say("attention", "注意力"),
      ], rows: rows)
  }
}

extension Laboratory {
  /// The share of attention that each token gives to padded slots in block 0, as a mean over heads.
  func padShares(_ configuration: ViTConfiguration) throws -> [Token: Double] {
    try result("pad shares \(configuration)") {
      let recording = try recording(configuration)
      let cut = configuration.geometry(ofBlock: 0)
      var shares: [Token: Double] = [:]
      for token in cut.places {
        let weights = try recording.attention(of: token, block: 0)
        shares[token] = weights.reduce(0) { sum, entry in
          cut.isReal(entry.key) ? sum : sum + Double(entry.value)
        }
      }
      return shares
    }
  }
}
