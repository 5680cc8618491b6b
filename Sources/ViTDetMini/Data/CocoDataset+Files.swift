extension CocoDataset {
  /// Reads an annotation file.
  ///
  /// - Throws: ``DataError`` with the file and the entry that is wrong.
  public static func read(path: String) throws(DataError) -> CocoDataset {
    var reader = try CocoReader(path: path)
    let (pictures, categories, objects) = try reader.readDataset()
    var sizes: [Int: Picture] = [:]
    for picture in pictures {
      guard sizes.updateValue(picture, forKey: picture.id) == nil else {
        throw DataError("\(path): the picture id \(picture.id) stands twice")
      }
    }
    var categoryIDs: Set<Int> = []
    for category in categories {
      guard categoryIDs.insert(category.id).inserted else {
        throw DataError("\(path): the category id \(category.id) stands twice")
      }
    }
    var ids: Set<Int> = []
    var annotations: [Annotation] = []
    annotations.reserveCapacity(objects.count)
    for object in objects {
      guard let id = object.id else { throw DataError("\(path): an annotation has no id") }
      let place = "\(path): annotation \(id)"
      guard ids.insert(id).inserted else { throw DataError("\(place) stands twice") }
      guard let pictureID = object.pictureID, let picture = sizes[pictureID] else {
        throw DataError("\(place) is of picture \(shown(object.pictureID)), which is not listed")
      }
      guard let categoryID = object.categoryID, categoryIDs.contains(categoryID) else {
        throw DataError("\(place) is of category \(shown(object.categoryID)), which is not listed")
      }
      annotations.append(
        try annotation(object, id: id, categoryID: categoryID, in: picture, place: place))
    }
    return CocoDataset(pictures: pictures, annotations: annotations, categories: categories)
  }

  private static func shown(_ id: Int?) -> String { id.map(String.init) ?? "(none)" }

  /// Fills in what follows from other values.
  private static func annotation(
    _ object: CocoReader.RawObject, id: Int, categoryID: Int, in picture: Picture, place: String
  ) throws(DataError) -> Annotation {
    let outline = try object.outline(in: picture, place: place)
    let needsMask = object.area == nil || object.box == nil
    let mask = needsMask ? outline?.mask(width: picture.width, height: picture.height) : nil
    guard let box = object.box ?? mask.map({ CocoBox($0.bounds) }) else {
      throw DataError("\(place) has neither bbox nor segmentation")
    }
    let area = object.area ?? mask.map { Double($0.area) } ?? box.area
    guard area >= 0 else { throw DataError("\(place) has the area \(area)") }
    return Annotation(
      id: id, pictureID: picture.id, categoryID: categoryID, box: box, area: area,
      isCrowd: object.isCrowd, segmentation: outline)
  }
}

extension CocoDetection {
  /// Reads a results file: a list of boxes, masks or both, each with its score.
  ///
  /// - Throws: ``DataError`` with the file and the entry that is wrong, or that is of a picture that `truth` does not list.
  public static func read(path: String, for truth: CocoDataset) throws(DataError) -> [CocoDetection]
  {
    var reader = try CocoReader(path: path)
    let pictures = Dictionary(truth.pictures.map { ($0.id, $0) }) { first, _ in first }
    var detections: [CocoDetection] = []
    for (index, object) in try reader.readResults().enumerated() {
      let place = "\(path): detection \(index + 1)"
      guard let pictureID = object.pictureID, let picture = pictures[pictureID] else {
        let shown = object.pictureID.map(String.init) ?? "(none)"
        throw DataError("\(place) is of picture \(shown), which the truth does not list")
      }
      guard let categoryID = object.categoryID, let score = object.score else {
        throw DataError("\(place) lacks its category_id or score")
      }
      let outline = try object.outline(in: picture, place: place)
      guard outline != nil || object.box != nil else {
        throw DataError("\(place) has neither bbox nor segmentation")
      }
      detections.append(
        CocoDetection(
          pictureID: pictureID, categoryID: categoryID, score: score, box: object.box,
          segmentation: outline))
    }
    return detections
  }
}

extension CocoReader.RawObject {
  /// The outline, checked against the picture.
  func outline(
    in picture: CocoDataset.Picture, place: String
  ) throws(DataError) -> CocoSegmentation? {
    guard let runs else { return polygons.isEmpty ? nil : .polygons(polygons) }
    let (width, height) = (runs.width ?? picture.width, runs.height ?? picture.height)
    guard width == picture.width && height == picture.height else {
      throw DataError(
        "\(place) has a mask of \(width)x\(height) in a picture of "
          + "\(picture.width)x\(picture.height)")
    }
    do {
      if let counts = runs.counts {
        return .mask(try RunLengthMask(checking: counts, width: width, height: height))
      }
      guard let text = runs.text else { throw DataError("the mask has no counts") }
      return .mask(try RunLengthMask(compressed: text, width: width, height: height))
    } catch { throw DataError("\(place): \(error)") }
  }
}
