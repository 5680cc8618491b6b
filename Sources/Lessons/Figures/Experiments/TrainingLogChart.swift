internal import Glibc
internal import ViTDetMini

extension Experiment {
  /// What the training of the course's own detector wrote down.
  static let trainingLog = Experiment(
    "training-log",
    knobs: [
      .choice(
        "show",
        [
          "total_loss", "loss_rpn_cls", "loss_rpn_loc", "loss_cls", "loss_box_reg", "loss_mask",
          "lr",
          "AP", "sizes",
        ], start: "total_loss"),
      .whole("mean", [1, 5, 20], start: 5, in: 1...100),
    ]
  ) { input in
    let show = input["show"]
    guard let log = try input.laboratory.trainedLog() else {
      return Figure(
        title: input.say("The log of the course's detector", "本课程检测器的训练日志"),
        sentence: input.say(
          "There is none: these weights were not trained.", "没有日志：这些权重没有经过训练。"),
        body: .text([
          input.say(
            "“vitdet train” writes a log.jsonl beside the weights that it makes.",
            "“vitdet train”会在权重旁边写下 log.jsonl。")
        ]))
    }
    let chart =
      switch show {
      case "AP": scores(log, ["AP", "AP50", "AP75"], input)
      case "sizes": scores(log, ["APs", "APm", "APl"], input)
      default: steps(log, show, input)
      }
    let last = log.steps[log.steps.count - 1]
    return Figure(
      title: input.say("The log of the course's detector: \(show)", "本课程检测器的训练日志：\(show)"),
      sentence: input.say(
        "\(NumberText.grouped(last.number)) steps in \(NumberText.fixed(last.seconds / 60, 0)) minutes; a line for each tenth step.",
        "\(NumberText.grouped(last.number)) 步，用了 \(NumberText.fixed(last.seconds / 60, 0)) 分钟；每十步记一行。"
      ),
      body: .chart(chart),
      legend: legend(log, show, input), evidence: table(log, input))
  }

  private static func steps(
    _ log: TrainedLog, _ show: String, _ input: ExperimentInput
  ) -> ChartContent {
    let mean = show == "lr" ? 1 : input.whole("mean")
    let points = stride(from: 0, to: log.steps.count, by: mean).map { first in
      let part = log.steps[first..<min(first + mean, log.steps.count)]
      let values = part.map { show == "lr" ? $0.rate : $0.losses[show] ?? 0 }
      return ChartContent.Point(
        x: Double(part[part.endIndex - 1].number), y: values.reduce(0, +) / Double(part.count))
    }
    return ChartContent(
      xLabel: input.say("step", "步"),
      yLabel: show == "lr"
        ? input.say("learning rate", "学习率")
        : mean == 1
          ? input.say("line by line", "逐行的值")
          : input.say("mean of \(mean) lines", "每 \(mean) 行的平均"), isLogarithmic: false,
      series: [.init(name: show, points: points)])
  }

  private static func scores(
    _ log: TrainedLog, _ names: [String], _ input: ExperimentInput
  ) -> ChartContent {
    ChartContent(
      xLabel: input.say("step", "步"), yLabel: input.say("box AP, percent", "框 AP，百分数"),
      isLogarithmic: false,
      series: names.map { name in
        .init(
          name: name,
          points: log.measurements.compactMap { measurement in
            // COCO writes −1 where there is no object of that kind.
            measurement.bbox[name].flatMap {
              $0 < 0 ? nil : .init(x: Double(measurement.step), y: $0 * 100)
            }
          })
      })
  }

  private static func legend(
    _ log: TrainedLog, _ show: String, _ input: ExperimentInput
  ) -> [LegendEntry] {
    let scenes = log.measurements.last?.scenes ?? 0
    switch show {
    case "AP":
      return [LegendEntry("AP", input.say("on \(scenes) held-out scenes", "在 \(scenes) 个留出场景上"))]
    case "sizes":
      return [LegendEntry("s m l", input.say("small, medium, large objects", "小、中、大物体"))]
    default: return []
    }
  }

  /// Each measurement with the loss up to it.
  private static func table(_ log: TrainedLog, _ input: ExperimentInput) -> Table {
    Table(
      columns: [
        input.say("step", "步"), input.say("loss", "损失"), "AP", "AP50", "APs", "APm", "APl",
      ],
      rows: log.measurements.map { measurement in
        let before = log.steps.filter { $0.number <= measurement.step }.suffix(10)
        let loss =
          before.reduce(0) { $0 + ($1.losses["total_loss"] ?? 0) } / Double(max(before.count, 1))
        return [NumberText.grouped(measurement.step), NumberText.fixed(loss, 3)]
          + ["AP", "AP50", "APs", "APm", "APl"].map { name in
            let value = measurement.bbox[name] ?? -1
            return value < 0 ? "–" : NumberText.fixed(value * 100, 1)
          }
      })
  }
}

extension Laboratory {
  /// The log beside the course's weights, read once; nil if there is none.
  ///
  /// - Throws: `FigureError` if it cannot be read.
  func trainedLog() throws -> TrainedLog? {
    guard let path = lessons.map({ $0 + "/models/tiny/log.jsonl" }), access(path, F_OK) == 0 else {
      return nil
    }
    return try result("trained log") { try TrainedLog(path: path) }
  }
}
