internal import ViTDetMini

extension Experiment {
  /// The anchors of one cell of a level, over the picture.
  static let anchors = Experiment(
    "anchors",
    knobs: [
      .choice("level", ["p2", "p3", "p4", "p5", "p6"], start: "p4"),
      .choice("ratio", ["all", "0.5", "1", "2"], start: "all"),
    ], hasFocus: true
  ) { input in
    let laboratory = input.laboratory
    let generator = laboratory.detector.proposals.anchors
    let level = try input.neckLevel(input["level"])
    let cell = input.focus(rows: level.rows, columns: level.columns)
    let shapes = generator.shapes(level: level.index)
    let all = generator.anchors(level: level.index, rows: level.rows, columns: level.columns)
    let first = (cell.row * level.columns + cell.column) * shapes.count
    let shown = generator.ratios.indices.filter {
      input["ratio"] == "all" || Float(input["ratio"]) == generator.ratios[$0]
    }
    let boxes = shown.map { index in
      BoxMark(MarkLetters.ranks[index], all[first + index], .candidate)
    }
    let centre = all[first]
    var picture = ImageContent(laboratory.picture, patch: level.stride, focus: cell)
    picture.boxes = boxes
    picture.points = [PointMark("x", x: centre.centerX, y: centre.centerY, .found)]
    picture.readOuts = anchorReadOuts(all, shapes.count, level, input)
    let place =
      "(\(NumberText.measured(Double(centre.centerX))), "
      + "\(NumberText.measured(Double(centre.centerY))))"
    let side = NumberText.measured(Double(generator.sizes[level.index].first ?? 0))
    return Figure(
      title: input.say(
        "The anchors of cell (\(cell.row),\(cell.column)) of \(level.name)",
        "\(level.name) 第 (\(cell.row),\(cell.column)) 格的锚框"),
      sentence: input.say(
        "One cell, \(shapes.count) anchors of \(side)² pixels. All stand around x = \(level.stride) · "
          + "\(cell.column), y = \(level.stride) · \(cell.row): the corner of the cell, not its middle.",
        "一个格子有 \(shapes.count) 个锚框，面积都是 \(side)² 像素，中心都在 x = \(level.stride) · "
          + "\(cell.column)，y = \(level.stride) · \(cell.row)：格子的左上角，不是正中。"),
      body: .image(picture),
      legend: boxes.map { mark in
        let ratio = generator.ratios[MarkLetters.ranks.firstIndex(of: mark.letter) ?? 0]
        return LegendEntry(
          String(mark.letter),
          input.say(
            "h/w \(NumberText.measured(Double(ratio))): \(mark.box.sidesText)",
            "高宽比 \(NumberText.measured(Double(ratio)))：\(mark.box.sidesText)"))
      } + [LegendEntry("x", input.say("centre \(place)", "中心 \(place)"))],
      evidence: anchorTable(input))
  }

  /// Where the anchors of each cell stand, and how well the best of them meets an object.
  private static func anchorReadOuts(
    _ anchors: [Box], _ shapes: Int, _ level: NeckLevel, _ input: ExperimentInput
  ) -> [String] {
    let scene = input.laboratory.scene
    return (0..<level.rows * level.columns).map { cell in
      let own = anchors[cell * shapes..<(cell + 1) * shapes]
      let best = own.compactMap { scene.nearest($0) }.max { $0.iou < $1.iou }
      let place = "(\(cell / level.columns),\(cell % level.columns))"
      let centre = "\(Int(own.first?.centerX ?? 0)), \(Int(own.first?.centerY ?? 0))"
      let iou = best.map { NumberText.fixed(Double($0.iou), 2) } ?? "0"
      return input.say(
        "\(place) at \(centre); IoU \(iou)", "\(place) 在 \(centre)；IoU \(iou)")
    }
  }

  /// One row for each level, and the sum.
  private static func anchorTable(_ input: ExperimentInput) -> Table {
    let detector = input.laboratory.detector
    let generator = detector.proposals.anchors
    var total = 0
    var rows = detector.neckLevels.map { level -> [String] in
      let count = level.rows * level.columns * generator.shapes(level: level.index).count
      total += count
      return [
        level.name, String(level.stride), "\(level.rows)×\(level.columns)",
        level.anchors.map { NumberText.measured(Double($0)) }.joined(separator: ", "),
        NumberText.grouped(count),
      ]
    }
    rows.append([input.say("all", "合计"), "", "", "", NumberText.grouped(total)])
    return Table(
      columns: [
        input.say("level", "层"), input.say("stride", "步长"), input.say("cells", "格子"),
        input.say("side", "边长"), input.say("anchors", "锚框"),
      ], rows: rows)
  }
}
