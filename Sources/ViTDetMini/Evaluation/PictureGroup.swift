/// The objects and detections of one category in one picture, and who is matched with whom.
struct PictureGroup {
  enum Shape {
    case box(CocoBox)
    case mask(RunLengthMask)

    func iou(_ truth: Shape, isCrowd: Bool) -> Double {
      switch (self, truth) {
      case (.box(let mine), .box(let other)): mine.iou(other, isCrowd: isCrowd)
      case (.mask(let mine), .mask(let other)): mine.iou(other, isCrowd: isCrowd)
      default: 0
      }
    }
  }

  struct Truth {
    let shape: Shape
    let area: Double
    let isCrowd: Bool
    let id: Int
  }

  struct Detection {
    let shape: Shape
    let area: Double
    let score: Double
  }

  /// What became of a detection at one threshold.
  enum Outcome { case right, wrong, ignored }

  /// The outcome for one area range.
  struct Matched {
    /// The scores of the detections, best first.
    let scores: [Double]
    /// For each threshold, the outcome of each detection.
    let outcomes: [[Outcome]]
    /// The number of objects that should be found.
    let countedTruths: Int
  }

  var truths: [Truth] = []
  /// Best first and at most 100, once prepared.
  var detections: [Detection] = []
  /// For each detection the overlap with each truth.
  private var overlaps: [[Double]] = []

  /// Sorts and cuts the detections and measures the overlaps, which no area range changes.
  mutating func prepare() {
    let limit = CocoScore.detectionLimits.last ?? 0
    let order = detections.indices.sorted { first, second in
      let (a, b) = (detections[first].score, detections[second].score)
      return a != b ? a > b : first < second
    }
    detections = order.prefix(limit).map { detections[$0] }
    overlaps = detections.map { detection in
      truths.map { detection.shape.iou($0.shape, isCrowd: $0.isCrowd) }
    }
  }

  /// Gives each detection, best first, the free object that it overlaps most.
  ///
  /// Crowds and objects of other sizes are ignored: they may be taken if nothing else fits, and then the detection
  /// counts neither as right nor as wrong.
  func match(in limits: ClosedRange<Double>) -> Matched {
    let isIgnored = truths.map { $0.isCrowd || !(limits ~= $0.area) }
    let order = truths.indices.filter { !isIgnored[$0] } + truths.indices.filter { isIgnored[$0] }
    let outcomes = CocoScore.thresholds.map { threshold in
      var taken = [Bool](repeating: false, count: truths.count)
      return detections.indices.map { detection -> Outcome in
        let found = best(for: detection, threshold: threshold, order, isIgnored, taken)
        if let found { taken[found] = true }
        // pycocotools keeps the id of the match and takes 0 for none, so an object with id 0 is never found.
        if let found, isIgnored[found] { return .ignored }
        if let found, truths[found].id != 0 { return .right }
        return limits ~= detections[detection].area ? .wrong : .ignored
      }
    }
    return Matched(
      scores: detections.map(\.score), outcomes: outcomes,
      countedTruths: isIgnored.count { !$0 })
  }

  private func best(
    for detection: Int, threshold: Double, _ order: [Int], _ isIgnored: [Bool], _ taken: [Bool]
  ) -> Int? {
    var needed = min(threshold, 1 - 1e-10)
    var found: Int?
    for truth in order {
      if taken[truth] && !truths[truth].isCrowd { continue }
      // Counted objects come first; having one, no ignored one is taken.
      if let found, !isIgnored[found], isIgnored[truth] { break }
      let overlap = overlaps[detection][truth]
      if overlap < needed { continue }
      (needed, found) = (overlap, truth)
    }
    return found
  }
}
