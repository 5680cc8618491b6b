internal import ViTDetMini

/// What the proposal network would propose for a picture, before suppression.
struct ProposalCandidates: Sendable {
  /// One moved and clipped anchor.
  struct Candidate: Sendable {
    let box: Box
    /// The logit of “an object”.
    let logit: Float
    /// The place of its level, the finest first.
    let level: Int
  }

  /// All levels together, best first; of each level only its best take part.
  let candidates: [Candidate]

  /// Decodes what a detector recorded.
  ///
  /// - Throws: `FigureError` when the recording lacks a level.
  init(_ recording: DetectorRecording) throws(FigureError) {
    let detector = recording.configuration
    let size = recording.picture.size
    var found: [Candidate] = []
    for level in detector.neckLevels {
      let logits = try recording.map("objectness.\(level.name)").storage
      let deltas = try recording.map("anchor_deltas.\(level.name)").storage
      let anchors = try recording.map("anchors.\(level.name)").boxes
      for index in logits.orderDescending.prefix(detector.proposals.topBefore.test) {
        let delta = BoxDelta(
          deltas[4 * index], deltas[4 * index + 1], deltas[4 * index + 2], deltas[4 * index + 3])
        let box = detector.proposals.coder.decode(delta, from: anchors[index])
        guard box.isFinite, logits[index].isFinite else { continue }
        let clipped = box.clipped(width: Float(size.width), height: Float(size.height))
        guard clipped.isLarger(than: detector.proposals.minimumSide) else { continue }
        found.append(Candidate(box: clipped, logit: logits[index], level: level.index))
      }
    }
    candidates = found.map(\.logit).orderDescending.map { found[$0] }
  }

  /// The candidates of a level, or all.
  func of(level: Int?) -> [Candidate] {
    candidates.filter { level == nil || $0.level == level }
  }

  /// What suppression makes of candidates that stand best first.
  ///
  /// - Returns: For each one nil if it stays, else the better one that it overlaps.
  static func rivals(_ candidates: [Candidate], threshold: Double) -> [Int?] {
    let kept = Set(
      NonMaximumSuppression.keep(
        candidates.map(\.box), scores: candidates.map(\.logit), groups: candidates.map(\.level),
        threshold: threshold))
    return candidates.indices.map { index in
      guard !kept.contains(index) else { return nil }
      return kept.sorted().first {
        $0 < index && candidates[$0].level == candidates[index].level
          && Double(candidates[$0].box.iou(candidates[index].box)) > threshold
      }
    }
  }
}

extension Laboratory {
  /// The candidates of the sample picture; kept for the next call.
  ///
  /// - Throws: What running the detector throws.
  func proposalCandidates() throws -> ProposalCandidates {
    try result("proposal candidates") { try ProposalCandidates(detectorRecording(detector)) }
  }
}
