internal import ViTDetMini

extension Experiment {
  /// The way from the picture to the maps of the pyramid, module by module, to be walked with the cursor.
  static let shapeFlow = Experiment(
    "shape-flow",
    knobs: [
      .choice("preset", ["tiny", "base"], start: "tiny"),
      .choice("part", ["all", "backbone", "p2", "p3", "p4", "p5", "p6"], start: "all"),
    ], viewCount: 2
  ) { input in
    let detector = input.laboratory.detector(input["preset"])
    let stops = FlowStop.stops(of: detector)
    let neck = stops.filter { $0.level != nil }
    let (before, after) = (FlowTotal(stops.filter { $0.level == nil }), FlowTotal(neck))
    let levels = detector.neckLevels
    guard let first = levels.first, let last = levels.last else {
      throw FigureError("the detector «\(input["preset"])» has no levels")
    }
    let map = detector.backbone.grid
    let share = NumberText.percent(Double(after.multiplyAdds) / Double(before.multiplyAdds))
    let sentence = input.say(
      "One map of \(map) becomes maps of \(first.rows)×\(first.columns) to "
        + "\(last.rows)×\(last.columns). The neck has \(NumberText.short(after.parameters)) parameters and "
        + "\(share) of the backbone's multiply-adds.",
      "一张 \(map) 的图变成 \(first.rows)×\(first.columns) 到 \(last.rows)×\(last.columns) 的几张图。"
        + "颈部有 \(NumberText.short(after.parameters)) 个参数，乘加次数是骨干网络的 \(share)。")
    let title = input.say(
      "From the picture to the pyramid (\(input["preset"]))", "从图像到金字塔（\(input["preset"])）")
    return Figure(
      title: title, sentence: sentence,
      body: input.view == 0
        ? .flow(rows(stops, of: input["part"], picture(detector, input), input.language))
        : .table(totals(stops, levels, input)),
      legend: units(input), evidence: everyModule(stops, input))
  }

  /// The rows of one part, after the row of what goes into it.
  private static func rows(
    _ stops: [FlowStop], of part: String, _ picture: FlowRow, _ language: Language
  ) -> [FlowRow] {
    let backbone = stops.filter { $0.level == nil }
    let own = stops.filter { $0.level == part }
    // What no branch of the backbone's map makes is made of the level before it.
    let source = own.first?.kind == .subsample ? stops.last { $0.level != part } : backbone.last
    switch part {
    case "all": return [picture] + stops.map { $0.row(language) }
    case "backbone": return [picture] + backbone.map { $0.row(language) }
    default: return ((source.map { [$0] } ?? []) + own).map { $0.row(language) }
    }
  }

  /// What goes in.
  private static func picture(
    _ detector: DetectorConfiguration, _ input: ExperimentInput
  ) -> FlowRow {
    let size = detector.backbone.imgSize
    return FlowRow(
      name: "image", shape: [1, size.height, size.width, detector.backbone.inChans],
      remark: input.say("the picture", "图像"),
      readOut: input.say(
        "The picture, normalised and padded to a square.", "归一化并填充成正方形的图像。"))
  }

  private static func units(_ input: ExperimentInput) -> [LegendEntry] {
    [
      LegendEntry("p", input.say("parameters", "参数量")),
      LegendEntry("m", input.say("multiply-adds", "乘加次数")),
      LegendEntry("B", input.say("bytes written", "写出的字节数")),
    ]
  }

  /// Backbone and levels, each with what it keeps and costs.
  private static func totals(
    _ stops: [FlowStop], _ levels: [NeckLevel], _ input: ExperimentInput
  ) -> Table {
    let groups: [(String, [FlowStop])] =
      [(input.say("backbone", "骨干网络"), stops.filter { $0.level == nil })]
      + levels.map { level in (level.name, stops.filter { $0.level == level.name }) }
    return Table(
      columns: [input.say("part", "部分"), input.say("cells", "格子"), "p", "m", "B"],
      rows: groups.map { name, stops in
        let total = FlowTotal(stops)
        let shape = stops.last?.module.output ?? []
        return [
          name, shape.count == 4 ? "\(shape[1])×\(shape[2])" : "–",
          NumberText.short(total.parameters), NumberText.short(total.multiplyAdds),
          NumberText.short(total.bytes),
        ]
      })
  }

  private static func everyModule(_ stops: [FlowStop], _ input: ExperimentInput) -> Table {
    Table(
      columns: [
        input.say("module", "模块"), input.say("shape", "形状"), input.say("parameters", "参数量"),
        input.say("multiply-adds", "乘加次数"), input.say("bytes", "字节数"),
      ],
      rows: stops.map { stop in
        [
          stop.name, NumberText.shape(stop.module.output),
          NumberText.grouped(stop.module.parameters),
          NumberText.grouped(stop.module.cost.multiplyAdds),
          NumberText.grouped(stop.module.cost.bytes),
        ]
      })
  }
}

extension Laboratory {
  /// The detector of a preset; the course's own is the one that figures run.
  func detector(_ preset: String) -> DetectorConfiguration {
    preset == "tiny" ? detector : DetectorConfiguration.named(preset) ?? detector
  }
}

/// What some modules keep and cost together.
struct FlowTotal: Hashable {
  let parameters: Int
  let multiplyAdds: Int
  let bytes: Int

  init(_ stops: [FlowStop]) {
    parameters = stops.reduce(0) { $0 + $1.module.parameters }
    multiplyAdds = stops.reduce(0) { $0 + $1.module.cost.multiplyAdds }
    bytes = stops.reduce(0) { $0 + $1.module.cost.bytes }
  }
}
