internal import ViTDetMini

extension ShapeClass {
  /// The class in a learner's words.
  func word(_ language: Language) -> String {
    guard language == .zh else { return name }
    return switch self {
    case .disc: "圆盘"
    case .ring: "圆环"
    case .square: "方块"
    case .triangle: "三角形"
    case .star: "星形"
    case .dayGem: "昼宝石"
    case .nightGem: "夜宝石"
    }
  }
}

extension ShapesScene {
  /// The letter of an object: a, b, … from the back to the front.
  func letter(_ index: Int) -> Character {
    MarkLetters.small[index % MarkLetters.small.count]
  }

  /// The objects as marks, each with its class and sides to read out.
  func marks(_ language: Language) -> [BoxMark] {
    objects.enumerated().map { index, object in
      BoxMark(
        letter(index), object.box, .truth,
        readOut: "\(object.shape.word(language)) \(object.box.sidesText)")
    }
  }

  /// The object that a box overlaps most, with the IoU; nil if it meets none.
  func nearest(_ box: Box) -> (index: Int, iou: Float)? {
    let found = objects.indices.map { (index: $0, iou: objects[$0].box.iou(box)) }
      .max { $0.iou < $1.iou }
    return found.flatMap { $0.iou > 0 ? $0 : nil }
  }
}

/// The characters that name boxes.
enum MarkLetters {
  /// For what is true of a picture.
  static let small = Array("abcdefghijklmnopqrstuvwxyz")
  /// For what a model says, best first.
  static let ranks = Array("123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
}

extension Box {
  /// The sides in pixels: `45×23 px`.
  var sidesText: String {
    "\(NumberText.fixed(Double(width), 0))×\(NumberText.fixed(Double(height), 0)) px"
  }
}

extension Tensor {
  /// Rows of four numbers as boxes.
  var boxes: [Box] {
    stride(from: 0, to: count - 3, by: 4).map {
      Box(storage[$0], storage[$0 + 1], storage[$0 + 2], storage[$0 + 3])
    }
  }
}

extension ExperimentInput {
  /// The level that a knob names.
  ///
  /// - Throws: `FigureError` when the detector has none of that name.
  func neckLevel(_ name: String) throws(FigureError) -> NeckLevel {
    let levels = laboratory.detector.neckLevels
    if let level = levels.first(where: { $0.name == name }) { return level }
    throw FigureError(
      "there is no level «\(name)»; there are \(levels.map(\.name).joined(separator: ", "))")
  }
}
