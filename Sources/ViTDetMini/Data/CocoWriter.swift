extension CocoDataset {
  /// Writes an annotation file, one entry a line, so that two versions can be compared.
  ///
  /// - Throws: ``DataError`` if the file cannot be written.
  public func write(to path: String) throws(DataError) {
    let lists = [
      ("images", pictures.map(\.json)), ("annotations", annotations.map(\.json)),
      ("categories", categories.map(\.json)),
    ]
    let text = lists.map { "\"\($0)\": [\n" + $1.joined(separator: ",\n") + "\n]" }
    try FileBytes.write(Array(("{" + text.joined(separator: ",\n") + "}\n").utf8), to: path)
  }
}

extension CocoDetection {
  /// Writes a results file, as ``CocoDetection/read(path:for:)`` and pycocotools read it.
  ///
  /// - Throws: ``DataError`` if the file cannot be written.
  public static func write(_ detections: [CocoDetection], to path: String) throws(DataError) {
    let text = "[" + detections.map(\.json).joined(separator: ",\n") + "]\n"
    try FileBytes.write(Array(text.utf8), to: path)
  }

  private var json: String {
    var members = [
      "\"image_id\": \(pictureID)", "\"category_id\": \(categoryID)", "\"score\": \(score)",
    ]
    if let box { members.append("\"bbox\": \(box.json)") }
    if let segmentation { members.append("\"segmentation\": \(segmentation.json)") }
    return "{" + members.joined(separator: ", ") + "}"
  }
}

extension CocoDataset.Picture {
  fileprivate var json: String {
    "{\"id\": \(id), \"width\": \(width), \"height\": \(height), "
      + "\"file_name\": \(jsonQuoted(fileName))}"
  }
}

extension CocoDataset.Category {
  fileprivate var json: String { "{\"id\": \(id), \"name\": \(jsonQuoted(name))}" }
}

extension CocoDataset.Annotation {
  fileprivate var json: String {
    var members = [
      "\"id\": \(id)", "\"image_id\": \(pictureID)", "\"category_id\": \(categoryID)",
      "\"bbox\": \(box.json)", "\"area\": \(jsonNumber(area))", "\"iscrowd\": \(isCrowd ? 1 : 0)",
    ]
    if let segmentation { members.append("\"segmentation\": \(segmentation.json)") }
    return "{" + members.joined(separator: ", ") + "}"
  }
}

extension CocoBox {
  fileprivate var json: String {
    "[" + [x, y, width, height].map(jsonNumber).joined(separator: ", ") + "]"
  }
}

extension CocoSegmentation {
  fileprivate var json: String {
    switch self {
    case .polygons(let polygons):
      let parts = polygons.map { "[" + $0.map(jsonNumber).joined(separator: ", ") + "]" }
      return "[" + parts.joined(separator: ", ") + "]"
    case .mask(let mask): return mask.json
    }
  }
}

extension RunLengthMask {
  /// The mask as COCO's JSON object of size and compressed runs.
  public var json: String {
    "{\"size\": [\(height), \(width)], \"counts\": \(jsonQuoted(compressed))}"
  }
}

/// A number with all its digits, and without a fraction if it has none.
func jsonNumber(_ value: Double) -> String {
  value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
}
