internal import ViTDetMini

extension Experiment {
  /// The curve of precision and recall of a class, one detection after the other.
  static let precisionRecall = Experiment(
    "precision-recall",
    knobs: [
      .whole("found", [1, 2, 3, 4, 6, 8, 12, 20, 60], start: 4, in: 0...60),
      .choice("iou", ["0.5", "0.75", "0.95"], start: "0.5"),
      .choice("class", ["disc", "ring", "square", "triangle", "star"], start: "star"),
    ], viewCount: 2
  ) { input in
    let shape = ShapeClass.allCases.first { $0.name == input["class"] } ?? .ring
    let threshold = ["0.5": 0, "0.75": 5, "0.95": 9][input["iou"]] ?? 0
    let curve = try input.laboratory.precisionRecall(shape, threshold: threshold)
    let shown = min(input.whole("found"), curve.detections.count)
    let points = Array(curve.points.prefix(shown))
    let right = curve.isRight.prefix(shown).filter { $0 }.count
    let area = NumberText.fixed(max(curve.averagePrecision[shown], 0), 3)
    let scenes = Laboratory.scoredScenes.count
    let name = shape.word(input.language)
    return Figure(
      title: input.say(
        "Precision and recall of \(name), IoU \(input["iou"])",
        "\(name)的精确率与召回率，IoU \(input["iou"])"),
      sentence: curve.detections.isEmpty
        ? input.say(
          "\(scenes) scenes hold \(curve.objects) of them, and the detector found none: no score is high "
            + "enough.",
          "\(scenes) 个场景里有 \(curve.objects) 个，检测器一个也没有找到：分数都不够高。")
        : input.say(
          "\(scenes) scenes hold \(curve.objects) of them. The first \(shown) of "
            + "\(curve.detections.count) detections: \(right) right, \(shown - right) wrong. Area so far: "
            + "\(area).",
          "\(scenes) 个场景里有 \(curve.objects) 个。前 \(shown) 个检测（共 \(curve.detections.count) 个）："
            + "对 \(right) 个，错 \(shown - right) 个。到目前为止的面积：\(area)。"),
      body: input.view == 0
        ? .chart(chart(points, input)) : .table(try classTable(threshold, input)),
      legend: input.view == 0
        ? [
          LegendEntry(
            "AP",
            input.say(
              "\(area), the mean precision at 101 recalls", "\(area)，101 个召回率处精确率的平均"))
        ] : [],
      caution: input.laboratory.caution(input.language),
      evidence: curveTable(curve, shown, input))
  }

  /// What was measured, and what COCO makes of it: precision may only fall as recall grows.
  private static func chart(
    _ points: [(recall: Double, precision: Double)], _ input: ExperimentInput
  ) -> ChartContent {
    var steps: [ChartContent.Point] = []
    for (index, point) in points.enumerated() {
      let before = index == 0 ? 0 : points[index - 1].recall
      guard point.recall > before else { continue }
      let best = points[index...].map(\.precision).max() ?? 0
      steps += [.init(x: before, y: best), .init(x: point.recall, y: best)]
    }
    return ChartContent(
      xLabel: input.say("recall", "召回率"), yLabel: input.say("precision", "精确率"),
      isLogarithmic: false,
      series: [
        .init(
          name: input.say("after each detection", "每个检测之后"),
          points: points.map { .init(x: $0.recall, y: $0.precision) }),
        .init(name: input.say("as COCO reads it", "COCO 的读法"), points: steps),
      ], limits: 0...1)
  }

  private static func curveTable(
    _ curve: ScoredScenes.Curve, _ shown: Int, _ input: ExperimentInput
  ) -> Table {
    Table(
      columns: [
        "#", input.say("scene", "场景"), input.say("score", "分数"), input.say("match", "匹配"),
        input.say("precision", "精确率"), input.say("recall", "召回率"), "AP",
      ],
      rows: (0..<shown).map { index in
        let point = curve.points[index]
        return [
          String(index + 1), String(curve.detections[index].pictureID),
          NumberText.fixed(curve.detections[index].score, 2),
          curve.isRight[index] ? input.say("right", "对") : input.say("wrong", "错"),
          NumberText.fixed(point.precision, 2), NumberText.fixed(point.recall, 2),
          NumberText.fixed(max(curve.averagePrecision[index + 1], 0), 3),
        ]
      })
  }

  /// The area of each class with all its detections, and the mean: COCO's AP at this IoU.
  private static func classTable(_ threshold: Int, _ input: ExperimentInput) throws -> Table {
    let scenes = try input.laboratory.scoredScenes()
    let score = try scenes.score()
    func text(_ value: Double) -> String { value < 0 ? "–" : NumberText.fixed(value, 3) }
    let rows = ShapeClass.allCases.map { shape -> [String] in
      let objects = scenes.truth.annotations.filter { $0.categoryID == shape.rawValue + 1 }.count
      let found = scenes.detections.filter { $0.categoryID == shape.rawValue + 1 }.count
      return [
        shape.word(input.language), String(objects), String(found),
        text(
          score.averagePrecision(
            thresholds: threshold..<threshold + 1, category: shape.rawValue)),
      ]
    }
    return Table(
      columns: [
        input.say("class", "类别"), input.say("objects", "物体"), input.say("found", "检测"), "AP",
      ],
      rows: rows + [
        [
          input.say("mean", "平均"), String(scenes.truth.annotations.count),
          String(scenes.detections.count),
          text(score.averagePrecision(thresholds: threshold..<threshold + 1)),
        ]
      ])
  }
}
