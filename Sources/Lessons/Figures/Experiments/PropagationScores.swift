internal import ViTDetMini

extension Experiment {
  /// What the paper measured with each way between windows.
  static let propagationScores = Experiment(
    "propagation-scores",
    knobs: [.choice("table", ScoreTable.allCases.map(\.rawValue), start: "strategy")]
  ) { input in
    let table = ScoreTable(rawValue: input["table"]) ?? .strategy
    return Figure(
      title: input.say("The paper's \(table.source.en)", "论文\(table.source.zh)"),
      sentence: table.finding[input.language],
      body: .table(table == .cost ? costs(input) : scores(table, input)),
      legend: table == .cost
        ? [
          LegendEntry("×", input.say("of windows only", "相对于只有窗口")),
          LegendEntry("†", input.say("estimated by the authors", "作者的估计值")),
        ]
        : [
          LegendEntry(
            "L, B",
            input.say(
              "ViT-L and ViT-B; 0.1 or 0.2 AP is noise between two trainings",
              "ViT-L 和 ViT-B；0.1 或 0.2 AP 只是两次训练之间的波动"))
        ],
      evidence: table == .cost ? scores(.strategy, input) : costs(input))
  }

  private static func scores(_ table: ScoreTable, _ input: ExperimentInput) -> Table {
    Table(
      columns: [
        input.say("way", "方式"), input.say("box L", "框 L"), input.say("mask L", "掩码 L"),
        input.say("box B", "框 B"), input.say("mask B", "掩码 B"),
      ],
      rows: table.rows.map { row in [row.way[input.language]] + row.large + row.base })
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

/// The parts of the paper's Table 2, for ViT-L, and 8, for ViT-B, and its Table 3.
enum ScoreTable: String, CaseIterable {
  case strategy, convolution, place, number, cost

  /// One way between windows with box and mask AP on COCO.
  struct Row {
    let way: Localized
    let large: [String]
    let base: [String]

    init(_ en: String, _ zh: String, large: [String], base: [String]) {
      way = Localized(en, zh)
      self.large = large
      self.base = base
    }
  }

  private static let none = Row(
    "windows only", "只有窗口", large: ["52.9", "47.2"], base: ["48.9", "43.9"])
  private static let even = Row(
    "4 global, evenly", "4 个全局，均匀", large: ["54.6", "48.6"], base: ["51.2", "45.5"])

  var source: Localized {
    switch self {
    case .strategy: Localized("Tables 2a and 8a: ways across", "表 2a 和表 8a：跨窗口的方式")
    case .convolution: Localized("Tables 2b and 8b: convolution blocks", "表 2b 和表 8b：卷积块")
    case .place: Localized("Tables 2c and 8c: where global blocks stand", "表 2c 和表 8c：全局块的位置")
    case .number: Localized("Tables 2d and 8d: how many global blocks", "表 2d 和表 8d：全局块的个数")
    case .cost: Localized("Table 3: what it costs", "表 3：代价")
    }
  }

  var finding: Localized {
    switch self {
    case .strategy:
      Localized(
        "Every way across gains. Global blocks and convolutions are within noise.",
        "每种跨窗口的方式都有提高；全局块和卷积之间的差别在波动之内。")
    case .convolution:
      Localized(
        "All three kinds gain; which is best is different for L and B.",
        "三种卷积块都有提高；哪种最好，L 和 B 并不一致。")
    case .place:
      Localized(
        "The first four gain next to nothing; the last four nearly as much as evenly spread ones.",
        "放在最前几乎没有提高；放在最后几乎和均匀分布一样好。")
    case .number:
      Localized(
        "ViT-L gains a little with all blocks global; ViT-B loses.",
        "全部用全局块，ViT-L 略有提高，ViT-B 反而下降。")
    case .cost:
      Localized(
        "Four global blocks add no parameters, and memory and time. Convolutions add a little of each.",
        "四个全局块不加参数，但多用内存和时间；卷积三样都只加一点。")
    }
  }

  /// Source: ViTDet, Tables 2 and 8: Mask R-CNN, MAE, without relative positions.
  var rows: [Row] {
    switch self {
    case .strategy:
      [
        Self.none, Self.even,
        Row("4 convolutions", "4 个卷积", large: ["54.8", "48.8"], base: ["51.0", "45.3"]),
        Row("shifted windows", "移位窗口", large: ["54.0", "47.9"], base: ["50.1", "44.8"]),
      ]
    case .convolution:
      [
        Self.none,
        Row("naive", "朴素型 naive", large: ["54.3", "48.3"], base: ["50.6", "45.2"]),
        Row("basic", "基本型 basic", large: ["54.8", "48.8"], base: ["50.7", "45.2"]),
        Row("bottleneck", "瓶颈型 bottleneck", large: ["54.6", "48.6"], base: ["51.0", "45.3"]),
      ]
    case .place:
      [
        Self.none,
        Row("4 global, first", "4 个全局，最前", large: ["52.9", "47.1"], base: ["49.1", "44.1"]),
        Row("4 global, last", "4 个全局，最后", large: ["54.3", "48.3"], base: ["50.9", "45.4"]),
        Self.even,
      ]
    case .number:
      [
        Self.none,
        Row("2 global", "2 个全局", large: ["54.4", "48.5"], base: ["50.7", "45.2"]),
        Self.even,
        Row("all global", "全部全局", large: ["55.1", "48.9"], base: ["50.4", "45.1"]),
      ]
    case .cost: []
    }
  }
}
