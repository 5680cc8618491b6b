internal import ViTDetMini

extension Experiment {
  /// Two detectors in training, from pre-trained and from random weights: losses, scores and boxes as they come.
  static let fineTuning = Experiment(
    "fine-tuning",
    knobs: [
      .choice("start", ["both", "mae", "random"], start: "both"),
      .choice("decay", ["1", "0.9", "0.7", "0.3", "0.01"], start: "1"),
      .choice("rate", ["0.0002", "0.0008", "0.002"], start: "0.0008"),
      .choice("show", ["loss", "AP50", "mae", "random"], start: "loss"),
    ],
    training: LiveTraining(knobs: ["start", "decay", "rate"]) { input in
      try FineTuningRace(input).trainer(input.laboratory)
    }
  ) { input in
    let race = FineTuningRace(input)
    let body = body(race, input)
    return Figure(
      title: input.say("Fine-tuning, live", "实时微调"),
      sentence: sentence(race, input), body: body, legend: legend(race, body, input),
      caution: caution(race, input), evidence: input.progress.map { checks($0, input) })
  }

  private static func sentence(_ race: FineTuningRace, _ input: ExperimentInput) -> String {
    let recipe = race.recipe(input.laboratory)
    guard let progress = input.progress else {
      return input.say(
        "Nothing has been trained yet. The race has \(recipe.steps) steps of \(recipe.batch) scenes.",
        "还没有开始训练。一次比赛有 \(recipe.steps) 步，每步 \(recipe.batch) 个场景。")
    }
    let seconds = NumberText.fixed(progress.seconds, 0)
    return input.say(
      "After \(progress.stepsDone) of \(progress.steps) steps of \(recipe.batch) scenes, and \(seconds) s on this machine.",
      "共 \(progress.steps) 步，每步 \(recipe.batch) 个场景；已完成 \(progress.stepsDone) 步，在本机用了 \(seconds) 秒。"
    )
  }

  private static func body(_ race: FineTuningRace, _ input: ExperimentInput) -> Figure.Body {
    guard let progress = input.progress else { return .table(plan(race, input)) }
    switch input["show"] {
    case "loss": return .chart(losses(progress, input))
    case "AP50": return .chart(scores(progress, input))
    default:
      let lane = progress.lanes.first { $0.name == input["show"] }
      return .image(picture(lane?.checks.last?.detections ?? [], input))
    }
  }

  /// What is going to be done, while there is nothing to draw.
  private static func plan(_ race: FineTuningRace, _ input: ExperimentInput) -> Table {
    let recipe = race.recipe(input.laboratory)
    return Table(
      columns: [input.say("the race", "比赛"), ""],
      rows: [
        [
          input.say("starts", "起点"),
          race.starts.map(\.rawValue).joined(separator: ", "),
        ],
        [input.say("steps", "步数"), "\(recipe.steps)"],
        [input.say("scenes a step", "每步场景数"), "\(recipe.batch)"],
        [input.say("learning rate", "学习率"), input["rate"]],
        [input.say("layer decay", "逐层衰减"), input["decay"]],
        [input.say("held-out scenes", "留出场景"), "\(recipe.heldOut.count)"],
      ])
  }

  /// Losses as means over a few steps each, so that single pictures do not hide the course.
  private static func losses(_ progress: TrainingProgress, _ input: ExperimentInput) -> ChartContent
  {
    let bin = max(1, progress.steps / 24)
    return ChartContent(
      xLabel: input.say("step", "步"),
      yLabel: input.say("loss, mean of \(bin) steps", "损失，\(bin) 步平均"), isLogarithmic: false,
      series: progress.lanes.map { lane in
        let points = stride(from: 0, to: lane.losses.count, by: bin).map { first in
          let part = lane.losses[first..<min(first + bin, lane.losses.count)]
          return ChartContent.Point(
            x: Double(first + part.count), y: Double(part.reduce(0, +)) / Double(part.count))
        }
        return .init(
          name: name(lane, points.last.map { NumberText.fixed($0.y, 2) }, input), points: points)
      })
  }

  private static func scores(_ progress: TrainingProgress, _ input: ExperimentInput) -> ChartContent
  {
    ChartContent(
      xLabel: input.say("step", "步"), yLabel: input.say("box AP50, percent", "框 AP50，百分数"),
      isLogarithmic: false,
      series: progress.lanes.map { lane in
        let points = lane.checks.map {
          ChartContent.Point(x: Double($0.step), y: $0.averagePrecision * 100)
        }
        return .init(
          name: name(lane, points.last.map { NumberText.fixed($0.y, 1) }, input), points: points)
      })
  }

  /// A racer and where it stands.
  private static func name(
    _ lane: TrainingProgress.Lane, _ value: String?, _ input: ExperimentInput
  ) -> String {
    let words = FineTuningRace.Start(rawValue: lane.name)?.words(input.language) ?? lane.name
    if lane.fault != nil { return words + input.say(": diverged", "：发散") }
    return value.map { words + input.say(": ", "：") + $0 } ?? words
  }

  /// More boxes than these hide the picture.
  private static let mostDrawn = 6
  /// A detector that has just begun is never very sure.
  private static let leastScore: Float = 0.2

  private static func picture(_ found: [Detection], _ input: ExperimentInput) -> ImageContent {
    let scene = input.laboratory.scene
    var picture = ImageContent(
      input.laboratory.picture, patch: input.laboratory.configuration.patchSize)
    picture.framesPatches = false
    picture.elsewhere = input.say("nothing here", "这里什么也没有")
    picture.boxes = scene.marks(input.language)
    let shown = found.filter { $0.score >= leastScore }.prefix(mostDrawn)
    for (rank, detection) in shown.enumerated().reversed() {
      picture.boxes.append(
        BoxMark(
          MarkLetters.ranks[rank], detection.box, .found,
          readOut: JudgedDetection(detection, in: scene).text(input)))
    }
    return picture
  }

  private static func legend(
    _ race: FineTuningRace, _ body: Figure.Body, _ input: ExperimentInput
  ) -> [LegendEntry] {
    guard let progress = input.progress else { return [] }
    guard case .image = body else {
      guard input["show"] == "AP50" else { return [] }
      let count = race.recipe(input.laboratory).heldOut.count
      return [
        LegendEntry(
          "AP50", input.say("on \(count) held-out scenes: a rough value", "在 \(count) 个留出场景上，是粗略值"))
      ]
    }
    let lane = progress.lanes.first { $0.name == input["show"] }
    let words = FineTuningRace.Start(rawValue: input["show"])?.words(input.language) ?? ""
    guard let check = lane?.checks.last else {
      return [LegendEntry(words, input.say("does not race at this start", "不在这次比赛中"))]
    }
    return [
      LegendEntry("a…", input.say("the objects", "物体")),
      LegendEntry(
        "1…",
        input.say(
          "\(words), step \(check.step): the best above \(leastScore)",
          "\(words)，第 \(check.step) 步：分数高于 \(leastScore) 的前几个")),
    ]
  }

  private static func caution(_ race: FineTuningRace, _ input: ExperimentInput) -> String? {
    guard race.starts.contains(.mae), input.laboratory.pretrainedFolder == nil else { return nil }
    return input.say(
      "The pre-trained weights (lessons/models/tiny-mae) are missing: only “random” can start.",
      "缺少预训练权重（lessons/models/tiny-mae）：只有 random 可以开始。")
  }

  /// All that was measured.
  private static func checks(_ progress: TrainingProgress, _ input: ExperimentInput) -> Table {
    Table(
      columns: [
        input.say("start", "起点"), input.say("step", "步"), input.say("loss", "损失"), "AP50",
        input.say("found", "找到"),
      ],
      rows: progress.lanes.flatMap { lane in
        lane.checks.map { check in
          let last = lane.losses.prefix(check.step).suffix(max(1, progress.checkEvery))
          let loss =
            last.isEmpty ? "–" : NumberText.fixed(Double(last.reduce(0, +)) / Double(last.count), 3)
          let good = check.detections.filter {
            let judged = JudgedDetection($0, in: input.laboratory.scene)
            return $0.score >= leastScore && judged.isOfItsClass && judged.iou >= 0.5
          }
          return [
            lane.name, "\(check.step)", loss, NumberText.percent(check.averagePrecision),
            "\(good.count)",
          ]
        }
      })
  }
}
