/// The parts of the paper's Table 2, for ViT-L, and 8, for ViT-B, and its Table 3.
enum ScoreTable: String, CaseIterable {
  case strategy, convolution, place, number, cost

  /// One way between windows with box and mask AP on COCO.
  struct Row {
    let way: Localized
    let large: [String]
    let base: [String]
    /// The row's name in `LabTable.propagation`, if it is trained there.
    let lab: String?

    init(
      _ en: String, _ zh: String, large: [String], base: [String], lab: String? = nil
    ) {
      way = Localized(en, zh)
      self.large = large
      self.base = base
      self.lab = lab
    }
  }

  private static let none = Row(
    "windows only", "只有窗口", large: ["52.9", "47.2"], base: ["48.9", "43.9"], lab: "none")
  private static let even = Row(
    "4 global, evenly", "4 个全局，均匀", large: ["54.6", "48.6"], base: ["51.2", "45.5"], lab: "even")

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
        Row(
          "bottleneck", "瓶颈型 bottleneck", large: ["54.6", "48.6"], base: ["51.0", "45.3"],
          lab: "conv"),
      ]
    case .place:
      [
        Self.none,
        Row(
          "4 global, first", "4 个全局，最前", large: ["52.9", "47.1"], base: ["49.1", "44.1"],
          lab: "first"),
        Row(
          "4 global, last", "4 个全局，最后", large: ["54.3", "48.3"], base: ["50.9", "45.4"], lab: "last"
        ),
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
