// B images, h × w cells of a level, A anchors per cell.

/// What the proposal network says about every anchor of every level.
struct ProposalOutput {
  /// The logit of “an object”, `[B, h, w, A]` for each level.
  let objectnessLogits: [Variable]
  /// How to move the anchor, `[B, h, w, A·4]` for each level.
  let anchorDeltas: [Variable]
  /// The anchors of each level, by row, column and shape.
  let anchors: [[Box]]
}

/// A box that may hold an object, with the logit of it.
struct Proposal {
  var box: Box
  var logit: Float
}

/// Finds boxes that may hold an object of any kind: a small network that slides over all levels.
///
/// Source: Faster R-CNN (Ren et al., 2015); detectron2 `RPN`, `StandardRPNHead`. The paper's appendix puts norms behind the
/// hidden convolutions, the released code has none.
struct RegionProposalNetwork {
  let configuration: ProposalConfiguration
  let levels: [String]
  let hidden: [Conv2D]
  let objectness: Conv2D
  let deltas: Conv2D

  init(_ table: ParameterTable, _ detector: DetectorConfiguration) {
    configuration = detector.proposals
    levels = detector.proposalLevels
    let table = table.scoped("rpn_head")
    hidden = RegionProposalNetwork.hiddenNames(detector.proposals).map { Conv2D(table, $0) }
    objectness = Conv2D(table, "objectness_logits")
    deltas = Conv2D(table, "anchor_deltas")
  }

  /// detectron2 numbers the convolutions only if there are several.
  private static func hiddenNames(_ configuration: ProposalConfiguration) -> [String] {
    let count = configuration.hiddenConvolutions
    return count == 1 ? ["conv"] : (0..<count).map { "conv.conv\($0)" }
  }

  func callAsFunction(_ maps: [Variable], _ pass: ForwardPass) -> ProposalOutput {
    var (logits, moves): ([Variable], [Variable]) = ([], [])
    for (level, map) in maps.enumerated() {
      let features = hidden.reduce(map) { relu($1($0, pass)) }
      logits.append(pass.record(objectness(features, pass), as: "objectness.\(levels[level])"))
      moves.append(pass.record(deltas(features, pass), as: "anchor_deltas.\(levels[level])"))
    }
    let anchors = maps.enumerated().map { level, map in
      configuration.anchors.anchors(level: level, rows: map.shape[1], columns: map.shape[2])
    }
    for (level, boxes) in anchors.enumerated() {
      pass.recorder?.record(Tensor(boxes: boxes), as: "anchors.\(levels[level])")
    }
    return ProposalOutput(objectnessLogits: logits, anchorDeltas: moves, anchors: anchors)
  }

  /// The best boxes of one image: the best of each level, moved, cut at the image's border, without doubles.
  ///
  /// Proposals are where boxes begin; no gradient flows through them.
  func proposals(
    _ output: ProposalOutput, image: Int, size: Extent, isTraining: Bool
  ) -> [Proposal] {
    var found: [Proposal] = []
    var groups: [Int] = []
    for (level, anchors) in output.anchors.enumerated() {
      let logits = output.objectnessLogits[level].value.rows(image..<(image + 1)).storage
      let deltas = output.anchorDeltas[level].value
      let first = image * anchors.count * 4
      for index in logits.orderDescending(most: configuration.topBefore[isTraining: isTraining]) {
        let delta = BoxDelta(deltas.storage, at: first + 4 * index)
        let box = configuration.coder.decode(delta, from: anchors[index])
        // A diverged network must not make boxes of NaN.
        guard box.isFinite, logits[index].isFinite else { continue }
        let clipped = box.clipped(width: Float(size.width), height: Float(size.height))
        guard clipped.isLarger(than: configuration.minimumSide) else { continue }
        found.append(Proposal(box: clipped, logit: logits[index]))
        groups.append(level)
      }
    }
    let kept = NonMaximumSuppression.keep(
      found.map(\.box), scores: found.map(\.logit), groups: groups,
      threshold: configuration.suppression, most: configuration.topAfter[isTraining: isTraining])
    return kept.map { found[$0] }
  }

  static func specifications(_ detector: DetectorConfiguration) -> [ParameterSpecification] {
    let channels = detector.outChannels
    let anchors = detector.proposals.anchors.shapes(level: 0).count
    let small = Initialization.normal(standardDeviation: 0.01)
    return hiddenNames(detector.proposals).flatMap {
      Conv2D.specifications(
        "rpn_head." + $0, inputs: channels, outputs: channels, kernel: 3, bias: true, small)
    }
      + Conv2D.specifications(
        "rpn_head.objectness_logits", inputs: channels, outputs: anchors, kernel: 1, bias: true,
        small)
      + Conv2D.specifications(
        "rpn_head.anchor_deltas", inputs: channels, outputs: 4 * anchors, kernel: 1, bias: true,
        small)
  }
}

extension BoxDelta {
  /// Four numbers of a row.
  init(_ numbers: [Float], at index: Int) {
    self.init(numbers[index], numbers[index + 1], numbers[index + 2], numbers[index + 3])
  }

  var numbers: [Float] { [dx, dy, dw, dh] }
}

extension Tensor {
  /// Boxes as rows, `[n, 4]`.
  init(boxes: [Box]) {
    self.init(
      shape: [boxes.count, 4], storage: boxes.flatMap { [$0.x0, $0.y0, $0.x1, $0.y1] })
  }
}
