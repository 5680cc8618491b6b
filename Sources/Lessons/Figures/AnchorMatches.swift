internal import ViTDetMini

/// What every anchor of a detector counts as on a picture whose objects are known.
struct AnchorMatches: Sendable {
  /// The levels, finest first.
  let levels: [NeckLevel]
  /// All anchors, level by level, by row, column and shape.
  let anchors: [Box]
  /// The first anchor of each level, and behind the last one their number.
  let starts: [Int]
  /// For each anchor the highest IoU with any object.
  let best: [Float]
  /// Which object that is, and what the anchor counts as.
  let result: Matcher.Result
  /// The threshold of an object.
  let high: Float

  /// Matches the anchors of a detector with objects.
  init(_ detector: DetectorConfiguration, _ truths: [Box], matcher: Matcher) {
    levels = detector.neckLevels
    let generator = detector.proposals.anchors
    var (anchors, starts): ([Box], [Int]) = ([], [0])
    for level in levels {
      anchors += generator.anchors(level: level.index, rows: level.rows, columns: level.columns)
      starts.append(anchors.count)
    }
    (self.anchors, self.starts) = (anchors, starts)
    let qualities = truths.flatMap { truth in anchors.map { truth.iou($0) } }
    var best = [Float](repeating: 0, count: anchors.count)
    for (index, quality) in qualities.enumerated() {
      best[index % anchors.count] = max(best[index % anchors.count], quality)
    }
    self.best = best
    result = matcher.match(
      qualities: qualities, truths: truths.count, candidates: anchors.count)
    high = matcher.high
  }

  /// What a learner tells apart: Matcher's labels, and among the objects those that are only the best of theirs.
  enum Band: Int, CaseIterable, Comparable {
    case background, ignored, lifted, object

    static func < (a: Band, b: Band) -> Bool { a.rawValue < b.rawValue }
  }

  /// The band of an anchor.
  func band(_ anchor: Int) -> Band {
    switch result.labels[anchor] {
    case .negative: .background
    case .ignored: .ignored
    case .positive: best[anchor] >= high ? .object : .lifted
    }
  }

  /// The anchors of a level.
  func range(_ level: NeckLevel) -> Range<Int> { starts[level.index]..<starts[level.index + 1] }

  /// How many anchors of a range are in each band.
  func counts(_ range: Range<Int>) -> [Band: Int] {
    range.reduce(into: [:]) { $0[band($1), default: 0] += 1 }
  }

  /// The objects that some anchor counts for.
  var matchedTruths: Set<Int> {
    Set(anchors.indices.filter { result.labels[$0] == .positive }.map { result.matches[$0] })
  }
}

extension Laboratory {
  /// The anchors of the sample scene, matched; kept for the next call.
  func anchorMatches(_ matcher: Matcher) -> AnchorMatches {
    result("anchor matches \(matcher)") {
      AnchorMatches(detector, scene.objects.map(\.box), matcher: matcher)
    }
  }
}
