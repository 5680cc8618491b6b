internal import ViTDetMini

extension Experiment {
  /// Which window each token belongs to, read off `windowPartition` itself.
  ///
  /// The tokens' numbers travel through the function as if they were features, so the map shows what the
  /// code did and not what it should do.
  static let windowMap = Experiment(
    "window-map", knobs: [.whole("window", [2, 4, 6, 8, 16], start: 6, in: 1...64)], hasFocus: true
  ) { input in
    let configuration = input.laboratory.configuration.with(window: input.whole("window"))
    let cut = configuration.windowGeometry
    let windowOf = try windowNumbers(cut)
    let focus = input.focus(rows: cut.paddedRows, columns: cut.paddedColumns)

    // Padding is the last class.
    let cells = cut.slots.map { slot in
      windowOf[slot].map { $0 % WindowLetters.all.count } ?? WindowLetters.all.count
    }
    let readOuts = cut.slots.map { slot in windowReadOut(slot, cut, input) }
    return Figure(
      title: input.say(
        "Windows of \(cut.window)×\(cut.window) over \(cut.rows)×\(cut.columns) tokens",
        "\(cut.rows)×\(cut.columns) 个 token 上的 \(cut.window)×\(cut.window) 窗口"),
      sentence: windowSentence(cut, input),
      body: .grid(
        GridContent(
          rows: cut.paddedRows, columns: cut.paddedColumns,
          cells: .classes(
            cells, letters: WindowLetters.all + ["."]),
          focus: focus, muted: Set(cut.slots.filter { !cut.isReal($0) }), realRows: cut.rows,
          realColumns: cut.columns, ruleEvery: cut.window, readOuts: readOuts)),
      legend: windowLegend(cut, focus, input), evidence: windowTable(cut, input))
  }

  /// The window of each real token, found by sending numbered tokens through `windowPartition`.
  static func windowNumbers(_ cut: WindowGeometry) throws -> [Token: Int] {
    // 0 is what padding holds, so the tokens count from 1.
    let numbered = Tensor(
      shape: [1, cut.rows, cut.columns, 1], storage: (1...cut.tokens).map(Float.init))
    let windows = windowPartition(numbered, windowSize: cut.window).windows  // [M, K, K, 1]
    var found: [Token: Int] = [:]
    for (index, value) in windows.storage.enumerated() where value > 0 {
      let number = Int(value) - 1
      found[Token(row: number / cut.columns, column: number % cut.columns)] =
        index / cut.slotsPerWindow
    }
    return found
  }

  /// The sentence under a window map.
  private static func windowSentence(_ cut: WindowGeometry, _ input: ExperimentInput) -> String {
    guard cut.padding > 0 else {
      return input.say(
        "\(cut.window) divides \(cut.rows): \(cut.windows) windows of \(cut.slotsPerWindow) tokens, "
          + "and no padding.",
        "\(cut.window) 整除 \(cut.rows)：共 \(cut.windows) 个窗口，每个 \(cut.slotsPerWindow) 个 token，"
          + "无需填充。")
    }
    return input.say(
      "\(cut.window) does not divide \(cut.rows): the grid is padded to "
        + "\(cut.paddedRows)×\(cut.paddedColumns) at the bottom and right, then cut into "
        + "\(cut.windows) windows of \(cut.slotsPerWindow) slots.",
      "\(cut.window) 不能整除 \(cut.rows)：先在下方和右侧填充到 \(cut.paddedRows)×\(cut.paddedColumns)，"
        + "再切成 \(cut.windows) 个窗口，每个 \(cut.slotsPerWindow) 个位置。")
  }

  /// What each mark of a window map means.
  private static func windowLegend(
    _ cut: WindowGeometry, _ focus: Token, _ input: ExperimentInput
  ) -> [LegendEntry] {
    var legend = [
      LegendEntry(
        WindowLetters.range(cut.windows),
        cut.windows > WindowLetters.all.count
          ? input.say(
            "\(cut.windows) windows, letters repeat", "\(cut.windows) 个窗口，字母会重复使用")
          : input.say("\(cut.windows) windows, a letter each", "\(cut.windows) 个窗口，一个字母一个"))
    ]
    if cut.padding > 0 {
      legend.append(
        LegendEntry(".", input.say("padding, \(cut.padding) slots", "填充，\(cut.padding) 个位置")))
    }
    legend.append(LegendEntry("?", queryText(focus, input)))
    return legend
  }

  /// The numbers behind a window map: one row for each window, up to a screenful.
  private static func windowTable(_ cut: WindowGeometry, _ input: ExperimentInput) -> Table {
    let shown = min(cut.windows, 64)
    let corners = (0..<shown).map { number in
      Token(
        row: number / cut.windowsAcross * cut.window,
        column: number % cut.windowsAcross * cut.window)
    }
    return Table(
      columns: [
        input.say("window", "窗口"), input.say("rows", "行"), input.say("columns", "列"),
        input.say("tokens", "token 数"), input.say("padding", "填充"),
      ],
      rows: corners.enumerated().map { number, corner in
        let tokens = cut.tokens(sharedWith: corner).count
        return [
          String(WindowLetters.letter(number)),
          "\(corner.row)–\(corner.row + cut.window - 1)",
          "\(corner.column)–\(corner.column + cut.window - 1)",
          String(tokens), String(cut.slotsPerWindow - tokens),
        ]
      })
  }
}

/// The letters that stand for windows, in the order of the windows.
enum WindowLetters {
  /// One for each of the 64 windows of the smallest side that the course cuts with.
  static let all: [Character] = Array(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@&")

  /// The letter of a window; beyond 64 they repeat.
  static func letter(_ window: Int) -> Character { all[window % all.count] }

  /// The letters of the first `count` windows, `a–i`.
  static func range(_ count: Int) -> String {
    let last = letter(min(count, all.count) - 1)
    return count == 1 ? String(letter(0)) : "\(letter(0))–\(last)"
  }
}
