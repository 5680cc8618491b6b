internal import ViTDetMini

extension Experiment {
  /// Which level answers to an object of some size: by its anchors, and by the rule that reads its features.
  static let levelOfSize = Experiment(
    "level-of-size",
    knobs: [
      .whole("size", [12, 24, 48, 96, 192], start: 24, in: 4...1024),
      .choice("preset", ["tiny", "base"], start: "tiny"),
    ]
  ) { input in
    let detector = input.laboratory.detector(input["preset"])
    let side = detector.backbone.imgSize.width
    let chosen = min(input.whole("size"), side)
    // Half-octaves from the smallest anchor to the largest.
    let usual = [8, 12, 16, 24, 32, 48, 64, 96, 128, 192].map { $0 * side / 256 }
    let fits = Set(usual + [chosen]).sorted().map { SizeFit(side: $0, detector) }
    guard let fit = fits.first(where: { $0.side == chosen }) else {
      throw FigureError("no level answers to an object of \(chosen) pixels")
    }
    return Figure(
      title: input.say(
        "Which level answers to a square (\(input["preset"]), \(side)×\(side))",
        "正方形物体归哪一层（\(input["preset"])，\(side)×\(side)）"),
      sentence: input.say(
        "\(chosen) pixels: the anchors of \(fit.anchorLevel) meet it best, with IoU "
          + "\(NumberText.fixed(Double(fit.overlap), 2)) on average; its features are read from "
          + "\(fit.featureLevel), where it is \(fit.cellsText) cells wide.",
        "边长 \(chosen) 像素：\(fit.anchorLevel) 的锚框与它重合得最好，平均 IoU "
          + "\(NumberText.fixed(Double(fit.overlap), 2))；特征从 \(fit.featureLevel) 读取，在那里它宽 "
          + "\(fit.cellsText) 个格子。"),
      body: .table(
        Table(
          columns: [
            input.say("side", "边长"), input.say("anchors", "锚框"), "IoU", "RoI",
            input.say("cells", "格子"),
          ],
          rows: fits.map { fit in
            [
              fit.side == chosen ? "\(fit.side) *" : "\(fit.side)", fit.anchorLevel,
              NumberText.fixed(Double(fit.overlap), 2), fit.featureLevel, fit.cellsText,
            ]
          })),
      legend: [
        LegendEntry("*", input.say("the size chosen by the knob", "旋钮所选的边长")),
        LegendEntry(
          "IoU",
          input.say(
            "the best anchor's, mean over places", "重合最好的锚框的 IoU，对位置取平均")),
        LegendEntry(
          "RoI", input.say("level that features are read from", "读取特征的那一层")),
        LegendEntry(
          input.say("cells", "格子"),
          input.say("how many cells of it the square is wide", "正方形在那一层宽几个格子")),
      ],
      evidence: everyLevel(fits, detector, input))
  }

  /// The mean of the best IoU on each level.
  private static func everyLevel(
    _ fits: [SizeFit], _ detector: DetectorConfiguration, _ input: ExperimentInput
  ) -> Table {
    Table(
      columns: [input.say("side", "边长")] + detector.neckLevels.map(\.name),
      rows: fits.map { fit in
        [String(fit.side)] + fit.overlaps.map { NumberText.fixed(Double($0), 2) }
      })
  }
}

/// What the levels have for a square object.
struct SizeFit {
  /// The object's side in pixels.
  let side: Int
  /// The mean over places of the best IoU, level by level.
  let overlaps: [Float]
  /// The level whose anchors meet it best.
  let anchorLevel: String
  /// The best of ``overlaps``.
  let overlap: Float
  /// The level that its features are read from.
  let featureLevel: String
  /// How many cells of that level it is wide.
  let cells: Double

  init(side: Int, _ detector: DetectorConfiguration) {
    self.side = side
    let fit = AnchorFit(detector)
    overlaps = fit.meanBest(side: Float(side))
    let best = zip(fit.levels, overlaps).max { $0.1 < $1.1 }
    anchorLevel = best?.0.name ?? ""
    overlap = best?.1 ?? 0
    let number = detector.levelAssignment.level(of: Box(0, 0, Float(side), Float(side)))
    featureLevel = "p\(number)"
    cells = Double(side) / Double(1 << number)
  }

  var cellsText: String { NumberText.measured(cells) }
}
