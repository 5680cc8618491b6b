internal import ViTDetMini

/// A handful of scenes with what the detector found in them, scored as COCO does.
struct ScoredScenes: Sendable {
  /// The objects, as COCO keeps them.
  let truth: CocoDataset
  /// Everything that was found, best first; equal scores by picture, as COCO orders them.
  let detections: [CocoDetection]

  /// Scores detections.
  init(truth: CocoDataset, detections: [CocoDetection]) {
    self.truth = truth
    self.detections = detections.enumerated().sorted { one, other in
      let (a, b) = (one.element, other.element)
      if a.score != b.score { return a.score > b.score }
      return a.pictureID != b.pictureID ? a.pictureID < b.pictureID : one.offset < other.offset
    }.map(\.element)
  }

  /// What became of the first detections of a class, one after the other.
  struct Curve: Sendable {
    /// The objects of the class.
    let objects: Int
    /// The detections that were counted, best first.
    let detections: [CocoDetection]
    /// Whether each is right at the threshold.
    let isRight: [Bool]
    /// The area under the curve after each, with that before the first one first; −1 without objects.
    let averagePrecision: [Double]
    /// The precision at COCO's recalls after the last one.
    let sampled: [Double]

    /// Precision and recall after each detection.
    var points: [(recall: Double, precision: Double)] {
      var right = 0
      return isRight.enumerated().map { index, hit in
        right += hit ? 1 : 0
        return (Double(right) / Double(max(objects, 1)), Double(right) / Double(index + 1))
      }
    }
  }

  /// Adds the detections of a class one by one and scores after each.
  ///
  /// That a detection is right shows in the recall that it adds: later detections never take a match from earlier ones.
  ///
  /// - Parameters:
  ///   - category: The COCO number of the class.
  ///   - threshold: The place of the IoU in `CocoScore.thresholds`.
  ///   - limit: How many detections to add.
  /// - Returns: The outcome of each, and the area after each.
  /// - Throws: `DataError` when a detection is of an unknown picture.
  func curve(category: Int, threshold: Int, limit: Int) throws -> Curve {
    let data = CocoDataset(
      pictures: truth.pictures, annotations: truth.annotations.filter { $0.categoryID == category },
      categories: truth.categories.filter { $0.id == category })
    let own = Array(detections.filter { $0.categoryID == category }.prefix(limit))
    var (recalls, areas, sampled): ([Double], [Double], [Double]) = ([], [], [])
    for count in 0...own.count {
      let score = try CocoScore(.bbox, truth: data, detections: Array(own.prefix(count)))
      let entry = score.entry(threshold: threshold, category: 0, area: .all, limit: 2)
      recalls.append(entry?.recall ?? 0)
      areas.append(score.averagePrecision(thresholds: threshold..<threshold + 1))
      sampled = entry?.precision ?? []
    }
    return Curve(
      objects: data.annotations.count, detections: own,
      isRight: own.indices.map { recalls[$0 + 1] > recalls[$0] }, averagePrecision: areas,
      sampled: sampled)
  }

  /// COCO's score of everything.
  ///
  /// - Throws: `DataError` when a detection is of an unknown picture.
  func score() throws -> CocoScore {
    try CocoScore(.bbox, truth: truth, detections: detections)
  }
}

extension Laboratory {
  /// The scenes that lessons score: few, and none that a model was trained on.
  static let scoredScenes = ShapesDataset(count: 8, seed: 3, size: 256)

  /// The scored scenes with what the detector finds in them; kept for the next call.
  ///
  /// - Throws: What running the detector throws.
  func scoredScenes() throws -> ScoredScenes {
    try result("scored scenes") {
      let scenes = ShapesDataset(
        count: Self.scoredScenes.count, seed: Self.scoredScenes.seed,
        size: configuration.imgSize.width)
      var truth = CocoDataset(
        pictures: [], annotations: [], categories: ShapesDataset.categories)
      var found: [CocoDetection] = []
      for index in 0..<scenes.count {
        let scene = scenes.scene(index)
        truth.pictures.append(
          .init(id: index + 1, width: scenes.size, height: scenes.size, fileName: ""))
        for object in scene.objects {
          truth.annotations.append(
            .init(
              id: truth.annotations.count + 1, pictureID: index + 1,
              categoryID: object.shape.rawValue + 1, box: CocoBox(object.box),
              area: Double(object.mask.area)))
        }
        found += try run(detector, on: scene.image) { _ in false }.detections.map {
          CocoDetection(
            pictureID: index + 1, categoryID: $0.classIndex + 1, score: Double($0.score),
            box: CocoBox($0.box))
        }
      }
      return ScoredScenes(truth: truth, detections: found)
    }
  }

  /// The curve of a class of the scored scenes; kept for the next call.
  ///
  /// - Throws: What running the detector or scoring throws.
  func precisionRecall(_ shape: ShapeClass, threshold: Int) throws -> ScoredScenes.Curve {
    try result("precision recall \(shape) \(threshold)") {
      try scoredScenes().curve(category: shape.rawValue + 1, threshold: threshold, limit: 60)
    }
  }
}
