internal import ViTDetMini

/// What lessons can say about the detector's heads: anchors, thresholds, bins, overlaps and scores.
extension ModelFacts {
  /// How each name follows from a detector.
  static let boxSizes: [String: @Sendable (DetectorConfiguration) -> Double] = [
    "anchors": { detector in
      let shapes = detector.proposals.anchors
      return Double(
        detector.neckLevels.reduce(0) {
          $0 + $1.rows * $1.columns * shapes.shapes(level: $1.index).count
        })
    },
    "anchorShapes": { Double($0.proposals.anchors.shapes(level: 0).count) },
    "rpn.low": { plain($0.proposals.matcher.low) },
    "rpn.high": { plain($0.proposals.matcher.high) },
    "rpn.nms": { $0.proposals.suppression },
    "rpn.before": { Double($0.proposals.topBefore.test) },
    "rpn.after": { Double($0.proposals.topAfter.test) },
    "box.bins": { Double($0.boxHead.bins) },
    "box.score": { plain($0.boxHead.scoreThreshold) },
    "box.nms": { $0.boxHead.suppression },
    "box.most": { Double($0.boxHead.mostDetections) },
    "mask.bins": { Double($0.maskHead?.bins ?? 0) },
    "mask.side": { Double(2 * ($0.maskHead?.bins ?? 0)) },
    "classes": { Double($0.classes) },
  ]

  /// A single-precision threshold without the digits that it does not mean.
  private static func plain(_ threshold: Float) -> Double {
    (Double(threshold) * 1e6).rounded() / 1e6
  }

  /// The value of a name that belongs to the heads.
  static func boxSize(_ name: String, _ configuration: ViTConfiguration) -> Value? {
    boxSizes[name].map { .number($0(.around(configuration))) }
  }

  /// Functions over boxes and scores that need no model.
  func boxes(_ name: String, _ given: FactArguments) throws -> Value? {
    switch name {
    case "iou":
      try given.expect(8)
      let edges = try (0..<8).map { Float(try given.number($0, -1e4...1e4)) }
      let first = Box(edges[0], edges[1], edges[2], edges[3])
      return .number(Double(first.iou(Box(edges[4], edges[5], edges[6], edges[7]))))
    case "averagePrecision":
      let objects = try given.whole(0, 1...100)
      guard 1...100 ~= given.values.count - 1 else {
        throw FactError("averagePrecision takes the number of objects, then 1 to 100 times 1 or 0")
      }
      let outcomes = try (1..<given.values.count).map { try given.whole($0, 0...1) == 1 }
      return .number(try ScoredScenes(objects: objects, outcomes: outcomes).averagePrecision())
    default: return nil
    }
  }

  /// Functions whose answer the detector gives on the sample scene, or on the scenes that lessons score.
  func detected(_ name: String, _ given: FactArguments) throws -> Value? {
    switch name {
    case "sceneObjects":
      try given.expect(0)
      return try run(name) { .number(Double($0.scene.objects.count)) }
    case "anchorBand":
      try given.expect(1)
      let word = try given.word(0, of: AnchorMatches.Band.allCases.map { "\($0)" })
      return try run(name) { laboratory in
        let matches = laboratory.anchorMatches(laboratory.detector.proposals.matcher)
        let counts = matches.counts(matches.anchors.indices)
        return .number(
          Double(AnchorMatches.Band.allCases.first { "\($0)" == word }.flatMap { counts[$0] } ?? 0))
      }
    case "readingError":
      try given.expect(2)
      let object = try given.word(0, of: MarkLetters.small.map(String.init))
      let way = try given.word(1, of: ROIReading.Way.allCases.map(\.rawValue))
      return try run(name) { laboratory in
        let objects = laboratory.scene.objects
        let index = MarkLetters.small.firstIndex(of: Character(object)) ?? 0
        guard objects.indices.contains(index) else {
          throw FactError("readingError: the scene has no object \(object)")
        }
        return .number(
          try laboratory.readingError(
            ROIReading.Way(rawValue: way) ?? .aligned, of: objects[index].box))
      }
    case "detectionsAbove":
      try given.expect(1)
      let score = Float(try given.number(0, 0...1))
      return try run(name) { laboratory in
        let found = try laboratory.detections(
          score: score, suppression: laboratory.detector.boxHead.suppression)
        return .number(Double(found.count))
      }
    default: return nil
    }
  }
}

extension ScoredScenes {
  /// Detections of one class in one picture that are right or wrong as wished, best first.
  ///
  /// Objects stand side by side; a right detection is the next object's box, a wrong one lies where nothing is. More right
  /// ones than objects are wrong, as doubles are.
  init(objects: Int, outcomes: [Bool]) {
    let side = 10.0
    func box(_ place: Int) -> CocoBox {
      CocoBox(x: Double(place) * 2 * side, y: 0, width: side, height: side)
    }
    var next = 0
    let detections = outcomes.enumerated().map { rank, isRight -> CocoDetection in
      let place = isRight ? min(next, objects - 1) : objects + rank
      if isRight { next += 1 }
      return CocoDetection(
        pictureID: 1, categoryID: 1, score: 1 - Double(rank) / 1000, box: box(place))
    }
    self.init(
      truth: CocoDataset(
        pictures: [.init(id: 1, width: 10_000, height: 10, fileName: "")],
        annotations: (0..<objects).map {
          .init(id: $0 + 1, pictureID: 1, categoryID: 1, box: box($0), area: side * side)
        }, categories: [.init(id: 1, name: "object")]), detections: detections)
  }

  /// The area under the curve of all detections of the first class at IoU 0.5.
  func averagePrecision() throws -> Double {
    try score().averagePrecision(thresholds: 0..<1)
  }
}

extension FactArguments {
  /// A number in a range.
  func number(_ index: Int, _ range: ClosedRange<Double>) throws(FactError) -> Double {
    guard index < values.count, case .number(let number) = values[index], range.contains(number)
    else {
      throw FactError(
        "\(function): argument \(index + 1) must be a number from "
          + "\(NumberText.measured(range.lowerBound)) to \(NumberText.measured(range.upperBound))")
    }
    return number
  }
}
