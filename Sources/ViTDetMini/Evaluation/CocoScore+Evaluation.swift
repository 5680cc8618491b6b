extension CocoScore {
  /// Compares detections with a data set.
  ///
  /// Detections of categories that the data set does not list are left out, as pycocotools does. Equal scores keep the order of
  /// picture ids, then of the list.
  ///
  /// - Throws: ``DataError`` if a detection is of an unknown picture, or lacks what is to be compared.
  public init(
    _ kind: Kind, truth: CocoDataset, detections: [CocoDetection]
  ) throws(DataError) {
    let pictures = Dictionary(truth.pictures.map { ($0.id, $0) }) { first, _ in first }
    let categories = Set(truth.categories.map(\.id)).sorted()
    var groups: [GroupKey: PictureGroup] = [:]
    for annotation in truth.annotations {
      let key = GroupKey(pictureID: annotation.pictureID, categoryID: annotation.categoryID)
      let object = try Self.object(annotation, kind, in: pictures[annotation.pictureID])
      groups[key, default: PictureGroup()].truths.append(object)
    }
    for (index, detection) in detections.enumerated() {
      guard let picture = pictures[detection.pictureID] else {
        throw DataError(
          "detection \(index + 1) is of picture \(detection.pictureID), which is not in the truth")
      }
      let key = GroupKey(pictureID: detection.pictureID, categoryID: detection.categoryID)
      let object = try Self.object(detection, kind, in: picture, index: index)
      groups[key, default: PictureGroup()].detections.append(object)
    }
    for key in groups.keys { groups[key]?.prepare() }

    let pictureIDs = pictures.keys.sorted()
    var byRange: [[[Entry?]]] = []  // [area][category][threshold * limits + limit]
    for area in AreaRange.allCases {
      byRange.append(
        categories.map { category in
          let matched = pictureIDs.compactMap { picture in
            groups[GroupKey(pictureID: picture, categoryID: category)]?.match(in: area.limits)
          }
          return Self.accumulate(matched)
        })
    }
    var entries: [Entry?] = []
    for threshold in Self.thresholds.indices {
      for category in categories.indices {
        for area in AreaRange.allCases {
          let start = threshold * Self.detectionLimits.count
          entries += byRange[area.rawValue][category][start..<start + Self.detectionLimits.count]
        }
      }
    }
    self.init(categories: categories, entries: entries)
  }

  private struct GroupKey: Hashable {
    let pictureID: Int
    let categoryID: Int
  }

  private static func object(
    _ annotation: CocoDataset.Annotation, _ kind: Kind, in picture: CocoDataset.Picture?
  ) throws(DataError) -> PictureGroup.Truth {
    guard let picture else {
      throw DataError(
        "annotation \(annotation.id) is of an unknown picture, \(annotation.pictureID)")
    }
    let shape: PictureGroup.Shape
    switch (kind, annotation.segmentation) {
    case (.bbox, _): shape = .box(annotation.box)
    case (.segm, let outline?):
      shape = .mask(outline.mask(width: picture.width, height: picture.height))
    case (.segm, nil): throw DataError("annotation \(annotation.id) has no segmentation to compare")
    }
    return PictureGroup.Truth(
      shape: shape, area: annotation.area, isCrowd: annotation.isCrowd, id: annotation.id)
  }

  private static func object(
    _ detection: CocoDetection, _ kind: Kind, in picture: CocoDataset.Picture, index: Int
  ) throws(DataError) -> PictureGroup.Detection {
    let mask = detection.segmentation?.mask(width: picture.width, height: picture.height)
    switch kind {
    case .segm:
      guard let mask else {
        throw DataError("detection \(index + 1) has no segmentation to compare")
      }
      return PictureGroup.Detection(
        shape: .mask(mask), area: Double(mask.area), score: detection.score)
    case .bbox:
      if let box = detection.box {
        return PictureGroup.Detection(shape: .box(box), area: box.area, score: detection.score)
      }
      guard let mask else { throw DataError("detection \(index + 1) has no bbox to compare") }
      return PictureGroup.Detection(
        shape: .box(CocoBox(mask.bounds)), area: Double(mask.area), score: detection.score)
    }
  }

  /// Pools the pictures of one category and area range, for every threshold and detection limit.
  private static func accumulate(_ pictures: [PictureGroup.Matched]) -> [Entry?] {
    let objects = pictures.reduce(0) { $0 + $1.countedTruths }
    guard objects > 0 else {
      return [Entry?](repeating: nil, count: thresholds.count * detectionLimits.count)
    }
    // One order per limit serves all thresholds.
    let pooled = detectionLimits.map { limit in
      pictures.flatMap { picture in
        (0..<min(limit, picture.scores.count)).map { (picture: picture, rank: $0) }
      }.enumerated().sorted { one, other in
        let (a, b) = (one.element, other.element)
        let (first, second) = (a.picture.scores[a.rank], b.picture.scores[b.rank])
        return first != second ? first > second : one.offset < other.offset
      }.map(\.element)
    }
    return thresholds.indices.flatMap { threshold in
      pooled.map { order in
        let outcomes = order.map { $0.picture.outcomes[threshold][$0.rank] }
        return curve(outcomes, objects: objects)
      }
    }
  }

  /// Walks down the scores and keeps precision and recall after each detection.
  private static func curve(_ outcomes: [PictureGroup.Outcome], objects: Int) -> Entry {
    var (right, wrong) = (0.0, 0.0)
    var recall: [Double] = []
    var precision: [Double] = []
    for outcome in outcomes {
      if outcome == .right { right += 1 }
      if outcome == .wrong { wrong += 1 }
      recall.append(right / Double(objects))
      precision.append(right / (right + wrong + Double.ulpOfOne))
    }
    // Precision may only fall as recall grows: a better point further on counts for all before it.
    for index in precision.indices.dropFirst().reversed() {
      precision[index - 1] = max(precision[index - 1], precision[index])
    }
    var index = 0
    let sampled = recalls.map { wanted in
      while index < recall.count && recall[index] < wanted { index += 1 }
      return index < precision.count ? precision[index] : 0
    }
    return Entry(precision: sampled, recall: recall.last ?? 0)
  }
}
