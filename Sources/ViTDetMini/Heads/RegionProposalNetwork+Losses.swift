extension RegionProposalNetwork {
  /// Whether objects were told from background, and how well their boxes were hit.
  ///
  /// Both are sums over the sampled anchors, divided by the number of anchors that could have been sampled.
  func losses(
    _ output: ProposalOutput, _ examples: [TrainingExample],
    using generator: inout RandomNumbers, _ pass: ForwardPass
  ) -> [(name: String, value: Variable)] {
    let anchors = output.anchors.flatMap { $0 }
    var (labels, matches): ([[Matcher.Label]], [[Int]]) = ([], [])
    for example in examples {
      let result = configuration.matcher.match(anchors, with: example.truths.map(\.box))
      labels.append(sampled(result.labels, using: &generator))
      matches.append(result.matches)
    }
    record(labels, matches, examples, pass)
    let normaliser = Float(configuration.sampler.count * examples.count)
    var (classification, localisation): ([Variable], [Variable]) = ([], [])
    var first = 0
    for (level, boxes) in output.anchors.enumerated() {
      var (targets, weights): ([Float], [Float]) = ([], [])
      var (moves, moveWeights): ([Float], [Float]) = ([], [])
      for (image, example) in examples.enumerated() {
        for (index, anchor) in boxes.enumerated() {
          let label = labels[image][first + index]
          targets.append(label == .positive ? 1 : 0)
          weights.append(label == .ignored ? 0 : 1)
          guard label == .positive else {
            moves += [0, 0, 0, 0]
            moveWeights += [0, 0, 0, 0]
            continue
          }
          let truth = example.truths[matches[image][first + index]].box
          moves += configuration.coder.encode(from: anchor, to: truth).numbers
          moveWeights += [1, 1, 1, 1]
        }
      }
      first += boxes.count
      classification.append(
        binaryCrossEntropy(
          output.objectnessLogits[level], targets: targets, weights: weights))
      localisation.append(
        absoluteError(output.anchorDeltas[level], targets: moves, weights: moveWeights))
    }
    func total(_ parts: [Variable]) -> Variable {
      parts.dropFirst().reduce(parts[0], +) * (1 / normaliser)
    }
    return [("loss_rpn_cls", total(classification)), ("loss_rpn_loc", total(localisation))]
  }

  /// The labels of the anchors that count; all others become ignored.
  private func sampled(
    _ labels: [Matcher.Label], using generator: inout RandomNumbers
  ) -> [Matcher.Label] {
    let chosen = configuration.sampler.sample(labels, using: &generator)
    var result = [Matcher.Label](repeating: .ignored, count: labels.count)
    for index in chosen.positive { result[index] = .positive }
    for index in chosen.negative { result[index] = .negative }
    return result
  }

  private func record(
    _ labels: [[Matcher.Label]], _ matches: [[Int]], _ examples: [TrainingExample],
    _ pass: ForwardPass
  ) {
    let count = labels.first?.count ?? 0
    pass.recorder?.record(
      Tensor(
        shape: [examples.count, count],
        storage: labels.flatMap { $0.map { Float($0.rawValue) } }), as: "rpn.gt_labels")
    let boxes = examples.enumerated().flatMap { image, example in
      labels[image].enumerated().map { index, label in
        label == .positive ? example.truths[matches[image][index]].box : Box(0, 0, 0, 0)
      }
    }
    pass.recorder?.record(
      Tensor(boxes: boxes).reshaped(to: [examples.count, count, 4]), as: "rpn.matched_gt_boxes")
  }
}
