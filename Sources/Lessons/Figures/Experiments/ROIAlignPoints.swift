internal import ViTDetMini

extension Experiment {
  /// Where a box is read on the map of its level, and what is lost if the half cell is forgotten.
  static let roiAlign = Experiment(
    "roi-align",
    knobs: [
      .choice("object", ["a", "b", "c"], start: "a"),
      .choice("reading", ROIReading.Way.allCases.map(\.rawValue), start: "aligned"),
    ], viewCount: 2
  ) { input in
    let laboratory = input.laboratory
    let objects = laboratory.scene.objects
    let index = min(
      MarkLetters.small.firstIndex(of: Character(input["object"])) ?? 0, objects.count - 1)
    let box = objects[index].box
    let level = laboratory.level(of: box)
    let way = ROIReading.Way(rawValue: input["reading"]) ?? .aligned
    let reading = try laboratory.reading(way, of: box)
    let compared = try reading.differences(from: laboratory.reading(.aligned, of: box))
    let bins = laboratory.detector.boxHead.bins
    let error = NumberText.percent(compared.error)
    let (right, down) = (reading.box.centerX - box.centerX, reading.box.centerY - box.centerY)
    let moved =
      "x \(signed(right)), y \(signed(down)) px"
    return Figure(
      title: input.say(
        "Reading \(objects[index].shape.name) \(input["object"]) on \(level.name), stride \(level.stride)",
        "在 \(level.name)（步长 \(level.stride)）上读取 \(input["object"])：\(objects[index].shape.word(.zh))"
      ),
      sentence: way == .aligned
        ? input.say(
          "√area is \(side(box)) px, so the level is \(level.name). \(bins)×\(bins) bins, each the mean "
            + "of its points, and a point is read between the centres of four cells.",
          "面积的平方根是 \(side(box)) 像素，所以在 \(level.name) 上读。分成 \(bins)×\(bins) 格，每格取几个点的平均，"
            + "每个点由周围四个格子的中心插值。")
        : input.say(
          "This reading is off by \(moved): its features differ from the detector's by \(error) of their "
            + "length.",
          "这样读，位置偏了 \(moved)：特征与检测器读到的相差其长度的 \(error)。"),
      body: input.view == 0
        ? .image(cutOut(reading, box, level, Character(input["object"]), input))
        : .grid(
          GridContent(
            rows: bins, columns: bins,
            cells: .heat(compared.bins, range: 0...max(compared.bins.max() ?? 0, 0.01)),
            unit: input.say("of its length", "长度比"),
            readOuts: compared.bins.enumerated().map { bin, difference in
              "(\(bin / bins),\(bin % bins)) "
                + input.say("differs by ", "相差 ") + NumberText.percent(Double(difference))
            })),
      legend: input.view == 0
        ? [
          LegendEntry(input["object"], input.say("the object's box", "物体的框")),
          LegendEntry(
            "x",
            input.say(
              "\(reading.points.joined().count) points", "\(reading.points.joined().count) 个采样点")),
        ] + (way == .rounded ? [LegendEntry("r", input.say("its rounded box", "取整后的框"))] : [])
        : [],
      caution: laboratory.caution(input.language),
      evidence: try readingTable(box, input))
  }

  private static func side(_ box: Box) -> String {
    NumberText.fixed(Double(box.area.squareRoot()), 1)
  }

  private static func signed(_ pixels: Float) -> String {
    (pixels < 0 ? "−" : "+") + NumberText.measured(Double(pixels.magnitude))
  }

  /// The part of the picture around a box, cut along the cells of its level, with the points over it.
  private static func cutOut(
    _ reading: ROIReading, _ box: Box, _ level: NeckLevel, _ letter: Character,
    _ input: ExperimentInput
  ) -> ImageContent {
    let picture = input.laboratory.picture
    // One cell more than the box on each side, and two where a shifted reading reaches.
    func cells(_ start: Float, _ end: Float, _ count: Int) -> Range<Int> {
      let first = max(Int((start / Float(level.stride)).rounded(.down)) - 1, 0)
      let last = min(Int((end / Float(level.stride)).rounded(.up)) + 1, count)
      return first..<max(last, first + 1)
    }
    let rows = cells(box.y0, box.y1, level.rows)
    let columns = cells(box.x0, box.x1, level.columns)
    let (left, top) = (columns.lowerBound * level.stride, rows.lowerBound * level.stride)
    var part = ImageContent(
      picture.cutOut(
        x: left..<columns.upperBound * level.stride, y: top..<rows.upperBound * level.stride),
      patch: level.stride)
    func moved(_ box: Box) -> Box {
      Box(
        box.x0 - Float(left), box.y0 - Float(top), box.x1 - Float(left), box.y1 - Float(top))
    }
    if input["reading"] == "rounded" {
      part.boxes.append(BoxMark("r", moved(reading.box), .dropped))
    }
    part.boxes.append(BoxMark(letter, moved(box), .truth))
    part.points = reading.points.joined().map {
      PointMark("x", x: $0.x - Float(left), y: $0.y - Float(top), .found)
    }
    part.readOuts = rows.flatMap { row in
      columns.map { column in
        let half = Double(level.stride) / 2
        let x = NumberText.measured(Double(column * level.stride) + half)
        let y = NumberText.measured(Double(row * level.stride) + half)
        return input.say(
          "\(level.name) (\(row),\(column)), its number belongs to \(x), \(y)",
          "\(level.name) (\(row),\(column))，它的数属于点 \(x), \(y)")
      }
    }
    return part
  }

  /// The three ways side by side.
  private static func readingTable(_ box: Box, _ input: ExperimentInput) throws -> Table {
    let words = [
      ROIReading.Way.aligned: input.say("aligned", "对齐"),
      .shifted: input.say("without the half cell", "丢掉半格"),
      .rounded: input.say("rounded to cells", "取整到格子"),
    ]
    return Table(
      columns: [
        input.say("reading", "读法"), input.say("right, px", "偏右，像素"),
        input.say("down, px", "偏下，像素"), input.say("features differ", "特征相差"),
      ],
      rows: try ROIReading.Way.allCases.map { way in
        let reading = try input.laboratory.reading(way, of: box)
        return [
          words[way] ?? way.rawValue,
          NumberText.measured(Double(reading.box.centerX - box.centerX)),
          NumberText.measured(Double(reading.box.centerY - box.centerY)),
          NumberText.percent(try input.laboratory.readingError(way, of: box)),
        ]
      })
  }
}

extension Image {
  /// A rectangle of the picture; what lies outside is left out.
  func cutOut(x: Range<Int>, y: Range<Int>) -> Image {
    let columns = x.clamped(to: 0..<width)
    let rows = y.clamped(to: 0..<height)
    let bytes = rows.flatMap { row in
      pixels[(row * width + columns.lowerBound) * 3..<(row * width + columns.upperBound) * 3]
    }
    return Image(width: columns.count, height: rows.count, pixels: bytes)
  }
}
