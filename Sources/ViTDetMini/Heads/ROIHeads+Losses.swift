/// The boxes of one image that the box head learns from.
private struct SampledBoxes {
  var boxes: [Box]
  /// Their classes; the number of classes stands for background.
  var classes: [Int]
  /// The objects they were matched with.
  var matches: [Int]
}

extension ROIHeads {
  /// Whether boxes were classified, refined and drawn as they should.
  func losses(
    _ maps: [Variable], proposals: [[Box]], _ examples: [TrainingExample],
    using generator: inout RandomNumbers, _ pass: ForwardPass
  ) -> [(name: String, value: Variable)] {
    var samples = zip(proposals, examples).map { boxes, example in
      sample(
        boxes + (configuration.appendsTruth ? example.truths.map(\.box) : []), example.truths,
        using: &generator)
    }
    record(samples, pass)
    var parts: [(name: String, value: Variable)] = []
    let first = samples
    for (stage, head) in boxHeads.enumerated() {
      if stage > 0 {
        samples = zip(samples, examples).map { label($0.boxes, $1.truths, stage: stage) }
      }
      let suffix = boxHeads.count == 1 ? "" : "_stage\(stage)"
      // Every stage of a cascade has its say in the maps, none more than its share.
      let pooled = boxPooler(maps, boxes: samples.map(\.boxes))
        .withGradientScaled(by: 1 / Float(boxHeads.count))
      let output = head.predict(head.features(pooled, pass), pass)
      pass.record(output.classLogits, as: "class_logits" + suffix)
      pass.record(output.boxDeltas, as: "box_deltas" + suffix)
      parts.append(
        ("loss_cls" + suffix, crossEntropy(output.classLogits, classes: samples.flatMap(\.classes)))
      )
      parts.append(
        ("loss_box_reg" + suffix, boxLoss(output.boxDeltas, samples, examples, stage: stage)))
      if stage < boxHeads.count - 1 {
        samples = refined(samples, output, examples, stage: stage)
      }
    }
    if let loss = maskLoss(maps, first, examples, pass) { parts.append(("loss_mask", loss)) }
    return parts
  }

  /// Matches boxes with objects and keeps some of them.
  private func sample(
    _ boxes: [Box], _ truths: [TrainingExample.Truth], using generator: inout RandomNumbers
  ) -> SampledBoxes {
    let result = configuration.stages[0].matcher.match(boxes, with: truths.map(\.box))
    let chosen = configuration.sampler.sample(result.labels, using: &generator)
    let kept = (chosen.positive + chosen.negative).sorted()
    return select(kept, boxes, result, truths)
  }

  /// Matches boxes with objects by a later stage's demands, and keeps all of them.
  private func label(
    _ boxes: [Box], _ truths: [TrainingExample.Truth], stage: Int
  ) -> SampledBoxes {
    let result = configuration.stages[stage].matcher.match(boxes, with: truths.map(\.box))
    return select(Array(boxes.indices), boxes, result, truths)
  }

  private func select(
    _ indices: [Int], _ boxes: [Box], _ result: Matcher.Result, _ truths: [TrainingExample.Truth]
  ) -> SampledBoxes {
    SampledBoxes(
      boxes: indices.map { boxes[$0] },
      classes: indices.map {
        result.labels[$0] == .positive
          ? truths[result.matches[$0]].classIndex : detector.classes
      },
      matches: indices.map { result.matches[$0] })
  }

  /// The next stage's boxes: this one's refinements, cut at the border, without the empty ones.
  private func refined(
    _ samples: [SampledBoxes], _ output: BoxHeadOutput, _ examples: [TrainingExample], stage: Int
  ) -> [SampledBoxes] {
    let boxes = decode(
      output.boxDeltas.value, from: samples.flatMap(\.boxes), stage: stage
    ).map { $0[0] }
    var first = 0
    return zip(samples, examples).map { sample, example in
      defer { first += sample.boxes.count }
      let own = boxes[first..<(first + sample.boxes.count)].map {
        $0.clipped(to: example.picture.size)
      }
      return SampledBoxes(
        boxes: own.filter { $0.isFinite && $0.isLarger() }, classes: [], matches: [])
    }
  }

  /// The deltas of objects against those that lead to the truth, over the number of all boxes.
  private func boxLoss(
    _ deltas: Variable, _ samples: [SampledBoxes], _ examples: [TrainingExample], stage: Int
  ) -> Variable {
    let coder = configuration.stages[stage].coder
    let width = deltas.shape[1]
    var (places, targets): ([Int], [Float]) = ([], [])
    var row = 0
    for (sample, example) in zip(samples, examples) {
      for (index, label) in sample.classes.enumerated() {
        if label < detector.classes {
          let column = configuration.isClassAgnostic ? 0 : 4 * label
          places += (0..<4).map { row * width + column + $0 }
          let truth = example.truths[sample.matches[index]].box
          targets += coder.encode(from: sample.boxes[index], to: truth).numbers
        }
        row += 1
      }
    }
    return absoluteError(
      deltas.gathered(at: places), targets: targets,
      weights: [Float](repeating: 1 / Float(max(row, 1)), count: targets.count))
  }

  /// The masks of objects, each in its own class's channel, over the pixels of all.
  private func maskLoss(
    _ maps: [Variable], _ samples: [SampledBoxes], _ examples: [TrainingExample],
    _ pass: ForwardPass
  ) -> Variable? {
    guard let maskHead, let maskPooler, let configuration = detector.maskHead else { return nil }
    let side = 2 * configuration.bins
    var (boxes, classes, targets): ([[Box]], [Int], [Float]) = ([], [], [])
    for (image, sample) in samples.enumerated() {
      var own: [Box] = []
      var cells: [Float] = []
      for (index, label) in sample.classes.enumerated() where label < detector.classes {
        guard let outline = examples[image].truths[sample.matches[index]].outline else { continue }
        own.append(sample.boxes[index])
        classes.append(label)
        cells += MaskTarget.cells(outline, in: sample.boxes[index], side: side).map(Float.init)
      }
      pass.recorder?.record(
        Tensor(shape: [own.count, side, side], storage: cells), as: "mask_targets.\(image)")
      boxes.append(own)
      targets += cells
    }
    let pooled = maskPooler(maps, boxes: boxes)
    let logits = pass.record(maskHead(pooled, pass), as: "mask_logits")
    let own = logits.gathered(at: maskPlaces(logits.shape, classes: classes))
    return binaryCrossEntropy(
      own, targets: targets,
      weights: [Float](repeating: 1 / Float(max(targets.count, 1)), count: targets.count))
  }

  private func record(_ samples: [SampledBoxes], _ pass: ForwardPass) {
    for (image, sample) in samples.enumerated() {
      pass.recorder?.record(Tensor(boxes: sample.boxes), as: "roi.\(image).boxes")
      pass.recorder?.record(
        Tensor(list: sample.classes.map(Float.init)), as: "roi.\(image).gt_classes")
      pass.recorder?.record(
        Tensor(list: sample.matches.map(Float.init)), as: "roi.\(image).matched_gt")
    }
  }
}
