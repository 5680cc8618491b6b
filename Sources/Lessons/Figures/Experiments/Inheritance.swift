internal import ViTDetMini

extension Experiment {
  /// What a plain transformer's checkpoint gives to the detector, part by part.
  static let inheritance = Experiment(
    "inheritance",
    knobs: [
      .choice("rows", ["all", "used", "resized", "unused", "missing"], start: "all")
    ]
  ) { input in
    guard input.laboratory.pretrainedFolder != nil else { return nothingToInherit(input) }
    let checkpoint = try input.laboratory.inheritance()
    let parts = InheritedPart.parts(of: checkpoint)
    let shown = parts.filter { input["rows"] == "all" || $0.fate.rawValue == input["rows"] }
    func numbers(_ fates: Set<InheritedPart.Fate>) -> Int {
      parts.filter { fates.contains($0.fate) }.reduce(0) { $0 + $1.numbers }
    }
    let (taken, new) = (numbers([.used, .resized]), numbers([.missing]))
    return Figure(
      title: input.say("What the plain ViT gives", "普通 ViT 留下了什么"),
      sentence: input.say(
        "Of the checkpoint \(NumberText.short(taken)) numbers are taken over, without a conversion; "
          + "\(NumberText.short(new)) of the detector begin anew.",
        "检查点里有 \(NumberText.short(taken)) 个数被直接接收，不需要转换；检测器另有 \(NumberText.short(new)) 个数从头开始。"),
      body: shown.isEmpty
        ? .text([input.say("No row of this kind.", "没有这一类。")])
        : .flow(shown.map { row($0, input) }),
      legend: InheritedPart.Fate.allCases.filter { fate in shown.contains { $0.fate == fate } }
        .map { LegendEntry($0.mark, meaning($0, input)) },
      evidence: table(parts, input))
  }

  private static func nothingToInherit(_ input: ExperimentInput) -> Figure {
    Figure(
      title: input.say("What the plain ViT gives", "普通 ViT 留下了什么"),
      sentence: input.say("There is no checkpoint to look into.", "没有可以查看的检查点。"),
      body: .text([
        input.say(
          "The pre-trained weights, lessons/models/tiny-mae, are missing in this copy of the course.",
          "这份课程缺少预训练权重 lessons/models/tiny-mae。"),
        input.say(
          "“vitdet train tiny-mae --out DIR” makes them; put the directory there.",
          "“vitdet train tiny-mae --out 目录”可以得到它，再把该目录放到那里。"),
      ]))
  }

  private static func row(_ part: InheritedPart, _ input: ExperimentInput) -> FlowRow {
    FlowRow(
      name: part.fate.mark + part.name, shape: part.shape,
      remark: count(part, input),
      readOut: "\(part.name): \(story(part, input))")
  }

  private static func meaning(_ fate: InheritedPart.Fate, _ input: ExperimentInput) -> String {
    switch fate {
    case .used: input.say("used as it is", "原样使用")
    case .resized: input.say("used, resized", "缩放后使用")
    case .unused: input.say("left behind", "不用")
    case .missing: input.say("missing: begins anew", "检查点里没有，从头开始")
    }
  }

  private static func story(_ part: InheritedPart, _ input: ExperimentInput) -> String {
    let comma = input.say(", ", "，")
    let numbers = NumberText.short(part.numbers)
    let size = count(part, input) + comma + input.say("\(numbers) numbers", "\(numbers) 个数")
    guard let newShape = part.newShape else {
      // The table stays as it is, and what the blocks see of it does not.
      let isStretched = part.name == "pos_embed" && part.fate == .used
      return size + comma + meaning(part.fate, input)
        + (isStretched
          ? comma + input.say("and stretched each time the model runs", "模型每次运行时再拉伸") : "")
    }
    let shape = NumberText.shape(part.shape)
    return size + comma
      + input.say(
        "resized: \(shape) kept as \(NumberText.shape(newShape))",
        "缩放：\(shape) 变成 \(NumberText.shape(newShape))")
  }

  private static func count(_ part: InheritedPart, _ input: ExperimentInput) -> String {
    input.say(
      part.tensors == 1 ? "1 tensor" : "\(part.tensors) tensors", "\(part.tensors) 个张量")
  }

  private static func table(_ parts: [InheritedPart], _ input: ExperimentInput) -> Table {
    Table(
      columns: [
        "", input.say("part", "部分"), input.say("shape", "形状"), input.say("tensors", "张量"),
        input.say("numbers", "数"),
      ],
      rows: parts.map {
        [
          $0.fate.mark, $0.name, $0.shape.isEmpty ? "–" : NumberText.shape($0.shape),
          "\($0.tensors)",
          NumberText.grouped($0.numbers),
        ]
      })
  }
}
