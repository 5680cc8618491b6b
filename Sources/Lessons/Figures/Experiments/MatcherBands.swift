internal import ViTDetMini

extension Experiment {
  /// What the anchors of a level count as in training, by their IoU with the objects of the scene.
  static let matcher = Experiment(
    "matcher",
    knobs: [
      .choice("level", ["p2", "p3", "p4", "p5", "p6"], start: "p4"),
      .choice("low", ["0.1", "0.3", "0.5"], start: "0.3"),
      .choice("high", ["0.5", "0.7", "0.9"], start: "0.7"),
      .choice("lifted", ["on", "off"], start: "on"),
    ], viewCount: 2, hasFocus: true
  ) { input in
    let level = try input.neckLevel(input["level"])
    let matcher = Matcher(
      low: Float(input["low"]) ?? 0.3, high: Float(input["high"]) ?? 0.7,
      takesLowQuality: input["lifted"] == "on")
    let matches = input.laboratory.anchorMatches(matcher)
    let objects = input.laboratory.scene.objects.count
    let found = matches.matchedTruths.count
    let body: Figure.Body =
      input.view == 0
      ? .grid(bandGrid(matches, level, input)) : .image(bandPicture(matches, level, input))
    return Figure(
      title: input.say(
        "What the anchors of \(level.name) count as", "\(level.name) 的锚框各算什么"),
      sentence: input.say(
        "\(found) of \(objects) objects have an anchor that counts for them"
          + (matcher.takesLowQuality
            ? ": where no IoU reaches \(input["high"]), the best anchors are lifted."
            : "; without lifting, the others have none."),
        "\(objects) 个物体中有 \(found) 个有属于自己的锚框"
          + (matcher.takesLowQuality
            ? "：IoU 都达不到 \(input["high"]) 时，最好的锚框被提升。" : "；不提升时，其余的没有。")),
      body: body,
      legend: input.view == 0
        ? bandLegend(matches.counts(matches.range(level)), input)
        : pictureLegend(matches, level, input),
      evidence: bandTable(matches, input))
  }

  private static let bandLetters: [Character] = [".", "o", "+", "#"]

  private static func word(_ band: AnchorMatches.Band, _ input: ExperimentInput) -> String {
    switch band {
    case .background: input.say("background", "背景")
    case .ignored: input.say("takes no part", "不参与")
    case .lifted: input.say("lifted", "提升")
    case .object: input.say("object", "物体")
    }
  }

  /// The best band and IoU in each cell; of a fine level a block of cells shows as one.
  private static func bandGrid(
    _ matches: AnchorMatches, _ level: NeckLevel, _ input: ExperimentInput
  ) -> GridContent {
    let block = max(level.rows / 16, 1)
    let (rows, columns) = (level.rows / block, level.columns / block)
    let range = matches.range(level)
    let shapes = range.count / (level.rows * level.columns)
    var bands = [AnchorMatches.Band](repeating: .background, count: rows * columns)
    var best = [Float](repeating: 0, count: rows * columns)
    for anchor in range {
      let cell = (anchor - range.lowerBound) / shapes
      let place = cell / level.columns / block * columns + cell % level.columns / block
      bands[place] = max(bands[place], matches.band(anchor))
      best[place] = max(best[place], matches.best[anchor])
    }
    return GridContent(
      rows: rows, columns: columns, cells: .classes(bands.map(\.rawValue), letters: bandLetters),
      focus: nil, muted: [],
      readOuts: bands.indices.map { place in
        let iou = NumberText.fixed(Double(best[place]), 2)
        let word = word(bands[place], input)
        return input.say(
          "(\(place / columns),\(place % columns)) IoU \(iou): \(word)",
          "(\(place / columns),\(place % columns)) IoU \(iou)：\(word)")
      })
  }

  /// The objects, and the anchors of the level that count for them, best first.
  private static func bandPicture(
    _ matches: AnchorMatches, _ level: NeckLevel, _ input: ExperimentInput
  ) -> ImageContent {
    let scene = input.laboratory.scene
    var picture = ImageContent(
      input.laboratory.picture, patch: input.laboratory.configuration.patchSize)
    picture.framesPatches = false
    picture.elsewhere = input.say("no box here", "这里没有框")
    let best = positives(matches, level)
    picture.boxes = scene.marks(input.language)
    picture.boxes += best.prefix(MarkLetters.ranks.count).enumerated().map { rank, anchor in
      let iou = NumberText.fixed(Double(matches.best[anchor]), 2)
      let letter = scene.letter(matches.result.matches[anchor])
      return BoxMark(
        MarkLetters.ranks[rank], matches.anchors[anchor],
        matches.band(anchor) == .object ? .candidate : .dropped,
        readOut: input.say("IoU \(iou) with \(letter)", "与 \(letter) 的 IoU \(iou)"))
    }
    return picture
  }

  /// The anchors of a level that count as objects, the highest IoU first.
  private static func positives(_ matches: AnchorMatches, _ level: NeckLevel) -> [Int] {
    matches.range(level).filter { matches.result.labels[$0] == .positive }
      .sorted {
        matches.best[$0] != matches.best[$1] ? matches.best[$0] > matches.best[$1] : $0 < $1
      }
  }

  private static func bandLegend(
    _ counts: [AnchorMatches.Band: Int], _ input: ExperimentInput
  ) -> [LegendEntry] {
    AnchorMatches.Band.allCases.reversed().map { band in
      LegendEntry(
        String(bandLetters[band.rawValue]),
        "\(word(band, input)) \(NumberText.grouped(counts[band] ?? 0))")
    }
  }

  private static func pictureLegend(
    _ matches: AnchorMatches, _ level: NeckLevel, _ input: ExperimentInput
  ) -> [LegendEntry] {
    let counts = matches.counts(matches.range(level))
    return [
      LegendEntry("a…", input.say("the objects", "物体")),
      LegendEntry(
        "1…",
        input.say(
          "anchors that count: \(counts[.object] ?? 0), dashed lifted: \(counts[.lifted] ?? 0)",
          "算作物体的锚框：\(counts[.object] ?? 0) 个，虚线是提升的：\(counts[.lifted] ?? 0) 个")),
    ]
  }

  /// One row for each level, and the sum.
  private static func bandTable(_ matches: AnchorMatches, _ input: ExperimentInput) -> Table {
    func row(_ name: String, _ counts: [AnchorMatches.Band: Int]) -> [String] {
      [name] + AnchorMatches.Band.allCases.map { NumberText.grouped(counts[$0] ?? 0) }
    }
    return Table(
      columns: [input.say("level", "层")]
        + AnchorMatches.Band.allCases.map { word($0, input) },
      rows: matches.levels.map { row($0.name, matches.counts(matches.range($0))) }
        + [row(input.say("all", "合计"), matches.counts(matches.anchors.indices))])
  }
}
