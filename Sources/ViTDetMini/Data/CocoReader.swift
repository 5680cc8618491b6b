/// Reads COCO's annotation and results files without ever holding the whole text as a tree.
struct CocoReader {
  private let path: String
  private var json: JSONReader

  /// The most that is read: twice the largest annotation file that COCO publishes.
  private static let limit = 1 << 30

  init(path: String) throws(DataError) {
    let bytes = try FileBytes.read(path, limit: Self.limit)
    do { json = try JSONReader(bytes) } catch { throw DataError("\(path): \(error)") }
    self.path = path
  }

  /// An annotation or a detection as it stands in the file.
  ///
  /// Checked against the lists only when all is read, because the lists may come after it.
  struct RawObject {
    var id: Int?
    var pictureID: Int?
    var categoryID: Int?
    var score: Double?
    var area: Double?
    var isCrowd = false
    var box: CocoBox?
    var polygons: [[Double]] = []
    var runs: RawRuns?
  }

  /// Run lengths as list or text, with the size that they are for.
  struct RawRuns {
    var width: Int?
    var height: Int?
    var counts: [Int]?
    var text: String?
  }

  mutating func readDataset() throws(DataError) -> (
    pictures: [CocoDataset.Picture], categories: [CocoDataset.Category], objects: [RawObject]
  ) {
    var pictures: [CocoDataset.Picture]?
    var categories: [CocoDataset.Category]?
    var objects: [RawObject]?
    try located { reader throws(JSONError) in
      try reader.readObject { reader, key throws(JSONError) in
        switch key {
        case "images": pictures = try reader.readList(Self.picture)
        case "categories": categories = try reader.readList(Self.category)
        case "annotations": objects = try reader.readList(Self.object)
        default: try reader.skipValue()
        }
      }
    }
    guard let pictures, let categories, let objects else {
      let missing =
        pictures == nil ? "images" : categories == nil ? "categories" : "annotations"
      throw DataError("\(path): has no list “\(missing)”, so it is no COCO annotation file")
    }
    return (pictures, categories, objects)
  }

  mutating func readResults() throws(DataError) -> [RawObject] {
    var objects: [RawObject] = []
    try located { reader throws(JSONError) in objects = try reader.readList(Self.object) }
    return objects
  }

  /// Runs a reader over the whole file, and puts the file's name in front of what it complains about.
  private mutating func located(
    _ body: (inout JSONReader) throws(JSONError) -> Void
  ) throws(DataError) {
    do {
      try body(&json)
      guard json.isAtEnd() else { throw json.error("something follows the end of the text") }
    } catch { throw DataError("\(path): \(error)") }
  }

  private static func picture(
    _ reader: inout JSONReader
  ) throws(JSONError) -> CocoDataset.Picture {
    var (id, width, height): (Int?, Int?, Int?)
    var fileName = ""
    try reader.readObject { reader, key throws(JSONError) in
      switch key {
      case "id": id = try reader.readInteger()
      case "width": width = try reader.readInteger()
      case "height": height = try reader.readInteger()
      case "file_name": fileName = try reader.readString()
      default: try reader.skipValue()
      }
    }
    guard let id, let width, let height else {
      throw reader.error("a picture lacks its id, width or height")
    }
    guard 1...Image.longestSide ~= width && 1...Image.longestSide ~= height else {
      throw reader.error("picture \(id) has the impossible size \(width)x\(height)")
    }
    return CocoDataset.Picture(id: id, width: width, height: height, fileName: fileName)
  }

  private static func category(
    _ reader: inout JSONReader
  ) throws(JSONError) -> CocoDataset.Category {
    var id: Int?
    var name: String?
    try reader.readObject { reader, key throws(JSONError) in
      switch key {
      case "id": id = try reader.readInteger()
      case "name": name = try reader.readString()
      default: try reader.skipValue()
      }
    }
    guard let id else { throw reader.error("a category lacks its id") }
    return CocoDataset.Category(id: id, name: name ?? "category \(id)")
  }

  private static func object(_ reader: inout JSONReader) throws(JSONError) -> RawObject {
    var object = RawObject()
    try reader.readObject { reader, key throws(JSONError) in
      switch key {
      case "id": object.id = try reader.readInteger()
      case "image_id": object.pictureID = try reader.readInteger()
      case "category_id": object.categoryID = try reader.readInteger()
      case "score": object.score = try reader.readDouble()
      case "area": object.area = try reader.readDouble()
      case "iscrowd": object.isCrowd = try reader.readFlag()
      case "bbox":
        let edges = try reader.readList { reader throws(JSONError) in try reader.readDouble() }
        guard edges.count == 4 else {
          throw reader.error("a bbox has \(edges.count) numbers instead of x, y, width and height")
        }
        guard edges[2] >= 0 && edges[3] >= 0 else {
          throw reader.error("a bbox has the size \(edges[2])x\(edges[3])")
        }
        object.box = CocoBox(x: edges[0], y: edges[1], width: edges[2], height: edges[3])
      case "segmentation": try segmentation(&reader, into: &object)
      default: try reader.skipValue()
      }
    }
    return object
  }

  private static func segmentation(
    _ reader: inout JSONReader, into object: inout RawObject
  ) throws(JSONError) {
    switch reader.peek() {
    case UInt8(ascii: "["):
      object.polygons = try reader.readList { reader throws(JSONError) in
        let corners = try reader.readList { reader throws(JSONError) in try reader.readDouble() }
        guard corners.count >= 6 && corners.count % 2 == 0 else {
          throw reader.error(
            "a polygon of \(corners.count) numbers; three corners, so six numbers, are the least")
        }
        guard corners.allSatisfy({ abs($0) <= RunLengthMask.farthestCorner }) else {
          throw reader.error("a polygon reaches \(RunLengthMask.farthestCorner) pixels and more")
        }
        return corners
      }
    case UInt8(ascii: "{"):
      var runs = RawRuns()
      try reader.readObject { reader, key throws(JSONError) in
        switch key {
        case "size":
          let size = try reader.readList { reader throws(JSONError) in try reader.readCount() }
          guard size.count == 2 else { throw reader.error("a mask's size is not height and width") }
          (runs.height, runs.width) = (size[0], size[1])
        case "counts" where reader.peek() == UInt8(ascii: "["):
          runs.counts = try reader.readList { reader throws(JSONError) in try reader.readCount() }
        case "counts": runs.text = try reader.readString()
        default: try reader.skipValue()
        }
      }
      object.runs = runs
    default: try reader.skipValue()
    }
  }
}

extension JSONReader {
  /// Reads an array of values of one kind.
  mutating func readList<Element>(
    _ element: (inout JSONReader) throws(JSONError) -> Element
  ) throws(JSONError) -> [Element] {
    var list: [Element] = []
    try readArray { reader throws(JSONError) in list.append(try element(&reader)) }
    return list
  }

  /// Reads a finite number.
  mutating func readDouble() throws(JSONError) -> Double {
    // Python writes what is no number as a bare word, against the standard.
    if let first = peek(), "NI".utf8.contains(first) { throw error("NaN or Infinity is no number") }
    guard let value = Double(try readNumber()), value.isFinite else {
      throw error("a number is too large")
    }
    return value
  }

  /// Reads a whole number, also one that is written as 3.0.
  mutating func readInteger() throws(JSONError) -> Int {
    let value = try readDouble()
    guard let whole = Int(exactly: value), abs(value) < 0x1p53 else {
      throw error("\(value) is no whole number")
    }
    return whole
  }

  /// Reads 0, 1, false or true.
  mutating func readFlag() throws(JSONError) -> Bool {
    if let first = peek(), "tf".utf8.contains(first) { return try readWord() == "true" }
    let value = try readInteger()
    guard 0...1 ~= value else { throw error("\(value) is neither 0 nor 1") }
    return value == 1
  }
}
