internal import ViTDetMini

extension Experiment {
  /// Which blocks of a backbone attend within windows and which globally, a quarter of them in each row.
  static let blockPlan = Experiment(
    "block-plan",
    knobs: [
      .choice("preset", ["tiny", "base", "large", "huge"], start: "base"),
      .choice("propagation", WayAcross.settings(), start: "even"),
    ], hasFocus: true
  ) { input in
    let preset = input.laboratory.detector(input["preset"]).backbone
    let way = input.way()
    let model = preset.with(way.propagation)
    let columns = model.depth / 4
    let classes = (0..<model.depth).map { block in
      model.isGlobal(block) ? 1 : model.residualBlockIndexes.contains(block) ? 2 : 0
    }
    let counts = (0...2).map { kind in classes.count { $0 == kind } }
    let names = [
      input.say("windowed", "窗口"), input.say("global", "全局"),
      input.say("windowed, a convolution block behind it", "窗口，后接卷积块"),
    ]
    return Figure(
      title: input.say(
        "Model \(input["preset"]): \(model.depth) blocks, \(way.name.en)",
        "模型 \(input["preset"])：\(model.depth) 个块，\(way.name.zh)"),
      sentence: sentence(model, of: preset, input),
      body: .grid(
        GridContent(
          rows: 4, columns: columns, cells: .classes(classes, letters: ["w", "G", "c"]),
          focus: nil,
          readOuts: classes.enumerated().map { block, kind in
            "(\(block / columns),\(block % columns)) "
              + input.say("block \(block): ", "第 \(block) 块：") + names[kind]
          })),
      legend: zip(["w", "G", "c"], zip(names, counts)).filter { $0.1.1 > 0 }.map { mark, entry in
        LegendEntry(mark, input.say("\(entry.0), \(entry.1)", "\(entry.0)，\(entry.1) 个"))
      } + [
        LegendEntry(
          input.say("rows", "行"),
          input.say(
            "a quarter of the blocks each, from left to right", "每行是四分之一的块，从左到右"))
      ],
      evidence: table(way, input))
  }

  private static func sentence(
    _ model: ViTConfiguration, of preset: ViTConfiguration, _ input: ExperimentInput
  ) -> String {
    let globals = model.globalBlockIndexes.map(String.init)
    let inserted = model.residualBlockIndexes.map(String.init)
    if !globals.isEmpty {
      return input.say(
        "Global: blocks \(globals.joined(separator: ", ")), which are there anyway. "
          + "The model has \(model.depth) blocks with and without them.",
        "全局块：第 \(globals.joined(separator: "、")) 块，都是原有的块。有没有它们，模型都是 \(model.depth) 个块。")
    }
    guard !inserted.isEmpty else {
      return input.say(
        "All \(model.depth) blocks attend within their windows.",
        "\(model.depth) 个块全都只在窗口内做注意力。")
    }
    let added = NumberText.short(model.parameterCount - preset.with(.none).parameterCount)
    return input.say(
      "Four blocks were inserted, behind blocks \(inserted.joined(separator: ", ")): "
        + "\(added) more parameters.",
      "在第 \(inserted.joined(separator: "、")) 块之后插入了四个卷积块，多出 \(added) 个参数。")
  }

  /// The same way in every preset.
  private static func table(_ way: WayAcross, _ input: ExperimentInput) -> Table {
    Table(
      columns: [
        input.say("preset", "模型"), input.say("blocks", "块数"), input.say("global", "全局"),
        input.say("convolutions behind", "卷积在其后"),
      ],
      rows: ["tiny", "base", "large", "huge"].map { name in
        let model = input.laboratory.detector(name).backbone.with(way.propagation)
        func list(_ blocks: [Int]) -> String {
          blocks.isEmpty ? "–" : blocks.map(String.init).joined(separator: " ")
        }
        return [
          name, String(model.depth), list(model.globalBlockIndexes),
          list(model.residualBlockIndexes),
        ]
      })
  }
}
