internal import ViTDetMini

extension Experiment {
  /// One of the paper's tables as the lab repeated it, beside the paper's own numbers.
  static let labTable = Experiment(
    "lab-table",
    knobs: [
      .choice("table", ["1", "2", "4"], start: "4"),
      .choice("show", LabRun.Measure.allCases.map(\.rawValue), start: "box"),
    ], viewCount: 2
  ) { input in
    let table = Int(input["table"]).flatMap(LabTable.init) ?? .starts
    let measure = LabRun.Measure(rawValue: input["show"]) ?? .box
    let (results, fault) = input.laboratory.labResults(table)
    return Figure(
      title: input.say("Table \(table.rawValue) in miniature", "缩小版表 \(table.rawValue)"),
      sentence: sentence(results, table, input),
      body: .table(
        input.view == 0
          ? rows(results, table, measure, input) : trends(results, table, measure, input)),
      legend: legend(table, input), caution: fault ?? caution(results, table, input),
      evidence: runs(results, table, input))
  }

  private static func sentence(
    _ results: LabResults?, _ table: LabTable, _ input: ExperimentInput
  ) -> String {
    guard let results else {
      return input.say(
        "Only the paper's numbers are known; nobody has trained these rows here.",
        "只有论文的数字；这些行还没有在这里训练过。")
    }
    return input.say(
      "\(results.steps) steps of \(results.batch) scenes for each run, AP on \(results.scenes) held-out scenes; mean ± spread over seeds.",
      "每次训练 \(results.steps) 步，每步 \(results.batch) 个场景；AP 在 \(results.scenes) 个留出场景上测得，写成各种子的平均 ± 离散程度。"
    )
  }

  /// Means with their spread, and the paper's ViT-B.
  private static func rows(
    _ results: LabResults?, _ table: LabTable, _ measure: LabRun.Measure, _ input: ExperimentInput
  ) -> Table {
    Table(
      columns: ["", input.say("row", "行"), input.say("ours", "这里"), input.say("paper", "论文")],
      rows: table.rows.enumerated().map { index, row in
        [
          letter(index), row.name, results.map { text($0.spread(of: row, measure)) } ?? "–",
          paper(row.paper.base, measure),
        ]
      })
  }

  /// Differences of runs with the same seed, and whether the paper's order was found again.
  private static func trends(
    _ results: LabResults?, _ table: LabTable, _ measure: LabRun.Measure, _ input: ExperimentInput
  ) -> Table {
    func letter(of row: LabTable.Row) -> String {
      Self.letter(table.rows.firstIndex(of: row) ?? 0)
    }
    return Table(
      columns: [
        "", input.say("ours", "这里"), input.say("paper", "论文"), input.say("order", "次序"),
      ],
      rows: table.comparisons.map { comparison in
        let paper =
          paper(comparison.row.paper.base, measure) == "–"
          ? "–" : signed(value(comparison.row, measure) - value(comparison.baseline, measure))
        return [
          "\(letter(of: comparison.row))−\(letter(of: comparison.baseline))",
          results.map { text($0.differences(comparison, measure), isSigned: true) } ?? "–", paper,
          results.map { words($0.trend(comparison), input) } ?? "–",
        ]
      })
  }

  private static func legend(_ table: LabTable, _ input: ExperimentInput) -> [LegendEntry] {
    let names = table.rows.enumerated().map { index, row in "\(letter(index)) \(row.name)" }
    return [
      input.view == 0
        ? LegendEntry(
          input.say("paper", "论文"),
          input.say("ViT-B on COCO; compare orders, not sizes", "COCO 上的 ViT-B；只比次序，不比大小"))
        : LegendEntry("a…", names.joined(separator: input.say(", ", "，")))
    ]
  }

  private static func caution(
    _ results: LabResults?, _ table: LabTable, _ input: ExperimentInput
  ) -> String? {
    guard let results else {
      return input.say(
        "not run: “vitdet lab table \(table.rawValue)” trains these rows, which takes hours",
        "尚未运行：“vitdet lab table \(table.rawValue)”会训练这些行，要几个小时")
    }
    guard !results.isComplete else { return nil }
    let wanted = table.rows.count * results.seeds
    return input.say(
      "not finished: \(results.runs.count) of \(wanted) runs",
      "尚未完成：\(wanted) 次训练只做了 \(results.runs.count) 次")
  }

  /// Every run by itself.
  private static func runs(
    _ results: LabResults?, _ table: LabTable, _ input: ExperimentInput
  ) -> Table? {
    guard let results else { return nil }
    return Table(
      columns: [input.say("row", "行"), input.say("seed", "种子"), "box", "mask", "s", "m", "l"],
      rows: table.rows.flatMap { row in
        results.runs(of: row).map { run in
          [row.name, "\(run.seed)"]
            + LabRun.Measure.allCases.map { run[$0].map { NumberText.fixed($0, 1) } ?? "–" }
        }
      })
  }

  // MARK: words

  private static func letter(_ index: Int) -> String { String(MarkLetters.small[index]) }

  private static func value(_ row: LabTable.Row, _ measure: LabRun.Measure) -> Double {
    measure == .mask ? row.paper.base.mask : row.paper.base.box
  }

  /// What the paper reports; it tells no sizes apart in these tables.
  private static func paper(_ pair: PaperScore.Pair, _ measure: LabRun.Measure) -> String {
    switch measure {
    case .box: NumberText.fixed(pair.box, 1)
    case .mask: NumberText.fixed(pair.mask, 1)
    case .small, .medium, .large: "–"
    }
  }

  private static func text(_ spread: LabSpread, isSigned: Bool = false) -> String {
    guard !spread.values.isEmpty else { return "–" }
    return (isSigned ? signed(spread.mean) : NumberText.fixed(spread.mean, 1))
      + (spread.deviation.map { " ± \(NumberText.fixed($0, 1))" } ?? "")
  }

  private static func signed(_ value: Double) -> String {
    (value > 0 ? "+" : "") + NumberText.fixed(value, 1)
  }

  private static func words(_ trend: LabTrend, _ input: ExperimentInput) -> String {
    switch trend {
    case .held: input.say("held", "成立")
    case .reversed: input.say("reversed", "相反")
    case .undecided: input.say("open", "不定")
    case .noOrder: input.say("none", "无")
    case .tooFewSeeds: input.say("few seeds", "种子太少")
    }
  }
}
