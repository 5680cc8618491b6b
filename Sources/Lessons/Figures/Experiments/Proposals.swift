internal import Glibc
internal import ViTDetMini

extension Experiment {
  /// The best candidates of the proposal network, and which of them suppression drops.
  static let proposals = Experiment(
    "proposals",
    knobs: [
      .choice("level", ["all", "p2", "p3", "p4", "p5", "p6"], start: "all"),
      .choice("nms", ["0.3", "0.5", "0.7", "0.9", "1"], start: "0.7"),
      .whole("best", [5, 10, 20, 30], start: 10, in: 1...35),
    ], viewCount: 2
  ) { input in
    let level = input["level"] == "all" ? nil : try input.neckLevel(input["level"]).index
    let all = try input.laboratory.proposalCandidates().of(level: level)
    let shown = Array(all.prefix(input.whole("best")))
    let threshold = Double(input["nms"]) ?? 0.7
    let rivals = ProposalCandidates.rivals(shown, threshold: threshold)
    let kept = shown.indices.filter { rivals[$0] == nil }
    let across = kept.flatMap { one in kept.filter { $0 > one }.map { (one, $0) } }.count {
      shown[$0].level != shown[$1].level
        && Double(shown[$0].box.iou(shown[$1].box)) > threshold
    }
    let names = input.laboratory.detector.proposalLevels
    var picture = ImageContent(
      input.laboratory.picture, patch: input.laboratory.configuration.patchSize)
    picture.framesPatches = false
    picture.elsewhere = input.say("no proposal here", "这里没有候选区域")
    // The dropped ones below, so that what stays is seen whole; the best on top.
    let order = shown.indices.filter { rivals[$0] != nil } + kept.reversed()
    picture.boxes = order.filter { input.view == 0 || rivals[$0] == nil }.map { index in
      let found = shown[index]
      let score = NumberText.fixed(found.share, 2)
      let fate =
        rivals[index].map { droppedBy($0, input) }
        ?? input.say("stays", "保留")
      return BoxMark(
        MarkLetters.ranks[index], found.box, rivals[index] == nil ? .candidate : .dropped,
        readOut: "\(names[found.level]) \(score), \(fate)")
    }
    return Figure(
      title: input.say(
        "The \(shown.count) best of \(NumberText.grouped(all.count)) candidates, NMS \(input["nms"])",
        "\(NumberText.grouped(all.count)) 个候选中最好的 \(shown.count) 个，NMS \(input["nms"])"),
      sentence: input.say(
        "\(kept.count) stay, \(shown.count - kept.count) overlap a better one of their own level by more "
          + "than \(input["nms"]) and go. Pairs of different levels that overlap as much, and stay: \(across).",
        "保留 \(kept.count) 个；\(shown.count - kept.count) 个与同一层更好的候选重叠超过 \(input["nms"])，被抛弃。"
          + "不同层之间有 \(across) 对重叠得同样多，都留下了。"),
      body: .image(picture),
      legend: [
        LegendEntry("1…", input.say("stays, \(kept.count)", "保留，\(kept.count) 个")),
        LegendEntry(
          input.say("dashed", "虚线"),
          input.say("dropped, \(shown.count - kept.count)", "抛弃，\(shown.count - kept.count) 个")),
      ],
      caution: input.laboratory.caution(input.language),
      evidence: proposalTable(shown, rivals, names, input))
  }

  private static func droppedBy(_ rival: Int, _ input: ExperimentInput) -> String {
    let letter = MarkLetters.ranks[rival]
    return input.say("dropped by \(letter)", "被 \(letter) 抑制")
  }

  private static func proposalTable(
    _ shown: [ProposalCandidates.Candidate], _ rivals: [Int?], _ names: [String],
    _ input: ExperimentInput
  ) -> Table {
    Table(
      columns: [
        "#", input.say("level", "层"), input.say("objectness", "物体分数"),
        input.say("sides, px", "边长，像素"), input.say("NMS", "NMS"), "IoU",
      ],
      rows: shown.enumerated().map { index, found in
        let rival = rivals[index]
        return [
          String(MarkLetters.ranks[index]), names[found.level], NumberText.fixed(found.share, 2),
          String(found.box.sidesText.dropLast(3)),
          rival.map { droppedBy($0, input) }
            ?? input.say("stays", "保留"),
          rival.map { NumberText.fixed(Double(shown[$0].box.iou(found.box)), 2) } ?? "–",
        ]
      })
  }
}

extension ProposalCandidates.Candidate {
  /// The probability of “an object” that the logit stands for.
  var share: Double { 1 / (1 + exp(-Double(logit))) }
}
