internal import Glibc
internal import ViTDetMini

extension Experiment {
  /// What the paper measured with each way between windows, and what the small detector did.
  static let propagationScores = Experiment(
    "propagation-scores",
    knobs: [.choice("table", ScoreTable.allCases.map(\.rawValue), start: "strategy")]
  ) { input in
    let table = ScoreTable(rawValue: input["table"]) ?? .strategy
    let ours = input.laboratory.labResults(.propagation)
    return Figure(
      title: input.say("The paper's \(table.source.en)", "论文\(table.source.zh)"),
      sentence: table.finding[input.language],
      body: .table(table == .cost ? costs(input) : scores(table, ours.results, input)),
      legend: table == .cost
        ? [
          LegendEntry("×", input.say("of windows only", "相对于只有窗口")),
          LegendEntry("†", input.say("estimated by the authors", "作者的估计值")),
        ]
        : [
          LegendEntry(
            "L, B",
            input.say(
              "ViT-L, ViT-B; 0.1 or 0.2 AP is noise between trainings",
              "ViT-L、ViT-B；0.1 或 0.2 AP 只是两次训练之间的波动")),
          LegendEntry(input.say("ours", "我们"), meaning(of: ours.results, input)),
        ],
      caution: ours.fault,
      evidence: ours.results.map { comparisons($0, input) } ?? costs(input))
  }

  private static func meaning(of ours: LabResults?, _ input: ExperimentInput) -> String {
    guard let ours else {
      return input.say(
        "not run here yet; vitdet lab table 2 runs it", "这里还没有跑过；运行 vitdet lab table 2 即可")
    }
    return input.say(
      "box AP of the small detector, \(ours.steps) steps of \(ours.batch): mean ± deviation of "
        + "\(ours.seeds) seeds",
      "小检测器的框 AP，\(ours.steps) 步，每步 \(ours.batch) 张：\(ours.seeds) 个种子的均值 ± 标准差")
  }

  private static func scores(
    _ table: ScoreTable, _ ours: LabResults?, _ input: ExperimentInput
  ) -> Table {
    Table(
      columns: [
        input.say("way", "方式"), input.say("box L", "框 L"), input.say("mask L", "掩码 L"),
        input.say("box B", "框 B"), input.say("mask B", "掩码 B"),
      ] + (ours == nil ? [] : [input.say("ours", "我们")]),
      rows: table.rows.map { row in
        [row.way[input.language]] + row.large + row.base
          + (ours.map { [text(of: row, in: $0)] } ?? [])
      })
  }

  /// A row's own box AP; a dash for what was not trained.
  private static func text(of row: ScoreTable.Row, in ours: LabResults) -> String {
    guard let found = row.lab.flatMap({ ours.table.row(named: $0) }) else { return "–" }
    let spread = ours.spread(of: found, .box)
    guard !spread.values.isEmpty else { return "–" }
    return NumberText.fixed(spread.mean, 1)
      + (spread.deviation.map { " ±" + NumberText.fixed($0, 1) } ?? "")
  }

  /// Row against row with the same seed, and whether the order is the paper's.
  private static func comparisons(_ ours: LabResults, _ input: ExperimentInput) -> Table {
    Table(
      columns: [
        input.say("way", "方式"), input.say("against", "相对于"), input.say("paper, B", "论文 B"),
        input.say("ours", "我们"), input.say("order", "次序"),
      ],
      rows: ours.table.comparisons.map { comparison in
        let gains = ours.differences(comparison, .box)
        let trend =
          switch ours.trend(comparison) {
          case .held: input.say("the paper's", "与论文一致")
          case .reversed: input.say("the opposite", "与论文相反")
          case .undecided: input.say("seeds differ", "各种子不一")
          case .noOrder: input.say("none in the paper", "论文无先后")
          case .tooFewSeeds: input.say("too few seeds", "种子太少")
          }
        return [
          comparison.row.name, comparison.baseline.name,
          NumberText.fixed(Double(comparison.paperTenths) / 10, 1),
          gains.values.isEmpty ? "–" : NumberText.fixed(gains.mean, 1), trend,
        ]
      })
  }

  /// Source: ViTDet, Table 3.
  private static func costs(_ input: ExperimentInput) -> Table {
    Table(
      columns: [
        input.say("ViT-L", "ViT-L"), input.say("box", "框"), input.say("parameters", "参数量"),
        input.say("training memory", "训练内存"), input.say("test time", "测试时间"),
      ],
      rows: [
        [input.say("windows only", "只有窗口"), "52.9", "331M", "14.6G", "88 ms"],
        [input.say("4 convolutions", "4 个卷积"), "54.6", "1.04×", "1.05×", "1.04×"],
        [input.say("4 global", "4 个全局"), "54.6", "1.00×", "1.39×", "1.16×"],
        [input.say("24 global", "24 个全局"), "55.1", "1.00×", "3.34×†", "1.86×"],
      ])
  }
}

extension Laboratory {
  /// What `vitdet lab` measured for a table; neither results nor a fault if nobody ran it.
  func labResults(_ table: LabTable) -> (results: LabResults?, fault: String?) {
    guard let lessons else { return (nil, nil) }
    let path = "\(lessons)/results/table-\(table.rawValue).json"
    guard access(path, F_OK) == 0 else { return (nil, nil) }
    do throws(CheckpointError) {
      let found = try LabResults(path: path)
      return found.table == table
        ? (found, nil) : (nil, "\(path): is about table \(found.table.rawValue)")
    } catch {
      // The paper's numbers stand by themselves.
      return (nil, "\(error)")
    }
  }
}
