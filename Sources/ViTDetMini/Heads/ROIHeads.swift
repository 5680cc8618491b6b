// R boxes, K classes.

/// A box with a score and a class, in pixels of the network's input.
struct FoundBox {
  let box: Box
  let score: Float
  let classIndex: Int
  /// The proposal that it came from.
  let source: Int
}

/// What happens to proposals: box head or cascade, suppression, and the mask head on what is left.
struct ROIHeads {
  let detector: DetectorConfiguration
  /// One head, or the stages of a cascade.
  let boxHeads: [BoxHead]
  let maskHead: MaskHead?
  let boxPooler: ROIPooler
  let maskPooler: ROIPooler?

  var configuration: BoxHeadConfiguration { detector.boxHead }

  init(_ table: ParameterTable, _ detector: DetectorConfiguration) {
    self.detector = detector
    let box = detector.boxHead
    boxHeads = ROIHeads.stageNames(box).map { BoxHead(table, box, stage: $0) }
    maskHead = detector.maskHead.map { MaskHead(table, $0) }
    let scales = detector.poolerScales
    boxPooler = ROIPooler(
      outputSize: box.bins, scales: scales, samplingRatio: box.samplingRatio,
      canonicalSize: box.canonicalSize, canonicalLevel: box.canonicalLevel)
    maskPooler = detector.maskHead.map { mask in
      ROIPooler(
        outputSize: mask.bins, scales: scales, samplingRatio: mask.samplingRatio,
        canonicalSize: mask.canonicalSize, canonicalLevel: mask.canonicalLevel)
    }
  }

  /// detectron2 numbers the heads only if there are several.
  private static func stageNames(_ configuration: BoxHeadConfiguration) -> [String] {
    let stages = configuration.stages.indices
    return stages.count == 1 ? [""] : stages.map { ".\($0)" }
  }

  static func specifications(_ detector: DetectorConfiguration) -> [ParameterSpecification] {
    stageNames(detector.boxHead).flatMap { BoxHead.specifications(detector, stage: $0) }
      + (detector.maskHead.map { MaskHead.specifications(detector, $0) } ?? [])
  }

  /// The refined boxes of every class, `[R][K]`, from a head's deltas.
  func decode(_ deltas: Tensor, from boxes: [Box], stage: Int) -> [[Box]] {
    let coder = configuration.stages[stage].coder
    let width = deltas.shape[1]
    return boxes.enumerated().map { row, box in
      (0..<detector.classes).map { label in
        let column = configuration.isClassAgnostic ? 0 : 4 * label
        return coder.decode(BoxDelta(deltas.storage, at: row * width + column), from: box)
      }
    }
  }

  /// The boxes of one image that are left in the end, best first.
  func detect(
    _ maps: [Variable], proposals: [Proposal], size: Extent, _ pass: ForwardPass
  ) -> [FoundBox] {
    var boxes = proposals.map(\.box)
    var scores: Tensor?
    var decoded: [[Box]] = []
    for (stage, head) in boxHeads.enumerated() {
      let features = BoxGroups.apply(to: boxes, pass) { boxes in
        let pooled = pass.record(boxPooler(maps, boxes: [boxes]), as: "box_pooled")
        return pass.record(head.features(pooled, pass), as: "box_features")
      }
      let output = head.predict(features, pass)
      pass.record(output.classLogits, as: "class_logits")
      pass.record(output.boxDeltas, as: "box_deltas")
      let probabilities = softmaxRows(output.classLogits.value)
      scores = scores.map { $0 + probabilities } ?? probabilities
      decoded = decode(output.boxDeltas.value, from: boxes, stage: stage)
      if stage < boxHeads.count - 1 {
        boxes = decoded.map { $0[0].clipped(to: size) }
      }
    }
    let probabilities = (scores ?? Tensor(zeros: [0, 1])) * (1 / Float(boxHeads.count))
    pass.recorder?.record(probabilities, as: "class_probs")
    pass.recorder?.record(
      Tensor(boxes: decoded.flatMap { $0 }).reshaped(to: [boxes.count, 4 * detector.classes]),
      as: "decoded_boxes")
    return choose(decoded, probabilities: probabilities, size: size)
  }

  /// Of all boxes of all classes those that score high enough and overlap no better one of their class.
  ///
  /// Source: detectron2 `fast_rcnn_inference`.
  private func choose(
    _ decoded: [[Box]], probabilities: Tensor, size: Extent
  ) -> [FoundBox] {
    var candidates: [FoundBox] = []
    for (row, boxes) in decoded.enumerated() {
      for (label, box) in boxes.enumerated() {
        let score = probabilities.storage[row * (detector.classes + 1) + label]
        guard box.isFinite, score > configuration.scoreThreshold else { continue }
        candidates.append(
          FoundBox(box: box.clipped(to: size), score: score, classIndex: label, source: row))
      }
    }
    let kept = NonMaximumSuppression.keep(
      candidates.map(\.box), scores: candidates.map(\.score),
      groups: candidates.map(\.classIndex), threshold: configuration.suppression,
      most: configuration.mostDetections)
    return kept.map { candidates[$0] }
  }

  /// The masks of boxes, each that of its own class, as probabilities `[n, 2·M, 2·M, 1]`; nil without a mask head.
  func masks(_ maps: [Variable], _ found: [FoundBox], _ pass: ForwardPass) -> Tensor? {
    guard let maskHead, let maskPooler else { return nil }
    let logits = BoxGroups.apply(to: found.map(\.box), pass) { boxes in
      let pooled = pass.record(maskPooler(maps, boxes: [boxes]), as: "mask_pooled")
      return pass.record(maskHead(pooled, pass), as: "mask_logits")
    }
    let places = maskPlaces(logits.shape, classes: found.map(\.classIndex))
    let own = logits.gathered(at: places).value
    let probabilities = sigmoid(own.reshaped(to: Array(logits.shape.dropLast()) + [1]))
    pass.recorder?.record(probabilities, as: "mask_probs")
    return probabilities
  }

  /// Where the logits of each box's own class stand in `[n, S, S, K]`.
  func maskPlaces(_ shape: [Int], classes: [Int]) -> [Int] {
    let cells = shape[1] * shape[2]
    return classes.enumerated().flatMap { row, label in
      (0..<cells).map { (row * cells + $0) * shape[3] + label }
    }
  }
}

extension Box {
  /// The part inside an image of that size.
  func clipped(to size: Extent) -> Box {
    clipped(width: Float(size.width), height: Float(size.height))
  }
}
