internal import ViTDetMini

extension Experiment {
  /// What each level is made from, in the designs that the paper compares; in the other view its Table 1.
  static let pyramidDesigns = Experiment(
    "pyramid-designs",
    knobs: [
      .choice("design", PyramidDesign.allCases.map(\.rawValue), start: "simple"),
      .choice("preset", ["tiny", "base"], start: "tiny"),
    ], viewCount: 2
  ) { input in
    guard let design = PyramidDesign(rawValue: input["design"]) else {
      preconditionFailure("design «\(input["design"])» passed the knob's check")
    }
    let detector = input.laboratory.detector(input["preset"])
    let rows = design.rows(detector)
    let maps = Set(rows.map(\.block)).count
    let paths = rows.filter { $0.coarser != nil }.count
    let paper = design.paper
    let published = table(input, chosen: design)
    let made = Table(
      columns: [
        input.say("level", "层"), input.say("stride", "步长"), input.say("made from", "来源"),
        input.say("plus", "再加上"),
      ],
      rows: rows.map { row in
        [
          row.name, String(row.stride),
          input.say("block \(row.block), \(row.step)", "第 \(row.block) 块，\(row.step)"),
          row.coarser.map { "\($0), ×2" } ?? "–",
        ]
      })
    return Figure(
      title: input.view == 0
        ? input.say(
          "Design «\(design.name.en)», \(input["preset"])",
          "方案“\(design.name.zh)”，\(input["preset"])")
        : input.say(
          "The paper's Table 1: AP of boxes and masks on COCO", "论文表 1：COCO 上的框 AP 和掩码 AP"),
      sentence: input.say(
        "Maps of the backbone: \(maps). Paths between levels: \(paths). The paper's Table 1 has "
          + "\(paper.boxB) box AP for ViT-B and \(paper.boxL) for ViT-L.",
        "用到骨干网络的图：\(maps) 张；层与层之间的通路：\(paths) 条。论文表 1 中，ViT-B 的框 AP 是 "
          + "\(paper.boxB)，ViT-L 是 \(paper.boxL)。"),
      body: .table(input.view == 0 ? made : published),
      legend: input.view == 0
        ? [
          LegendEntry(
            input.say("plus", "再加上"),
            input.say(
              "the next coarser level, enlarged and added", "放大更粗的一层，与之相加"))
        ]
        : [
          LegendEntry("B, L", "ViT-B, ViT-L"),
          LegendEntry("*", input.say("the design chosen by the knob", "旋钮所选的方案")),
        ],
      evidence: input.view == 0 ? published : made)
  }

  private static func table(_ input: ExperimentInput, chosen: PyramidDesign) -> Table {
    Table(
      columns: [
        input.say("design", "方案"), input.say("box B", "框 B"), input.say("mask B", "掩码 B"),
        input.say("box L", "框 L"), input.say("mask L", "掩码 L"),
      ],
      rows: PyramidDesign.allCases.map { design in
        let paper = design.paper
        return [
          design.name[input.language] + (design == chosen ? " *" : ""), paper.boxB, paper.maskB,
          paper.boxL, paper.maskL,
        ]
      })
  }
}

/// The designs of the paper's Table 1.
enum PyramidDesign: String, CaseIterable {
  case none
  case stages = "fpn"
  case lastMap = "fpn-last"
  case simple

  /// One map that the heads see.
  struct Row: Hashable {
    let name: String
    let stride: Int
    /// The block of the backbone whose output it starts from.
    let block: Int
    /// How that map's sides are changed.
    let step: String
    /// The level that is enlarged and added.
    let coarser: String?
  }

  var name: Localized {
    switch self {
    case .none: Localized("no pyramid", "无金字塔")
    case .stages: Localized("FPN, 4 stages", "FPN，四阶段")
    case .lastMap: Localized("FPN, last map", "FPN，末图")
    case .simple: Localized("simple", "简单金字塔")
    }
  }

  /// AP on COCO as the paper gives it.
  ///
  /// Source: ViTDet, Table 1.
  var paper: (boxB: String, maskB: String, boxL: String, maskL: String) {
    switch self {
    case .none: ("47.8", "42.5", "51.2", "45.4")
    case .stages: ("50.3", "44.9", "54.4", "48.4")
    case .lastMap: ("50.9", "45.3", "54.6", "48.5")
    case .simple: ("51.2", "45.5", "54.6", "48.6")
    }
  }

  /// The maps of the design around a detector's backbone.
  func rows(_ detector: DetectorConfiguration) -> [Row] {
    let last = detector.backbone.depth - 1
    let levels = (self == .none ? detector.withoutPyramid : detector).levels
    return levels.enumerated().map { index, level in
      let coarser = index + 1 < levels.count ? levels[index + 1].name : nil
      return Row(
        name: level.name, stride: level.stride,
        // A quarter of the blocks is a stage; the finest level takes the first one's output.
        block: self == .stages ? (index + 1) * detector.backbone.depth / levels.count - 1 : last,
        step: Self.text(level.step),
        coarser: self == .stages || self == .lastMap ? coarser : nil)
    }
  }

  private static func text(_ step: PyramidLevel.Step) -> String {
    switch step {
    case .quadruple: "×4"
    case .double: "×2"
    case .keep: "×1"
    case .halve: "×½"
    }
  }
}
