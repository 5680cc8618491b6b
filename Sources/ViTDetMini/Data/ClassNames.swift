/// What a detector's classes are called.
public struct ClassNames: Sendable, Hashable {
  /// The names in the order of the class numbers.
  public let names: [String]

  /// Creates names that are known.
  public init(_ names: [String]) { self.names = names }

  /// Guesses the names from their number: 80 are COCO's, as many as ``ShapeClass`` has are the shapes, others get numbers.
  public init(count: Int) {
    switch count {
    case Self.coco.count: names = Self.coco
    case ShapeClass.allCases.count: names = ShapeClass.allCases.map(\.name)
    default: names = (0..<count).map { "class \($0)" }
    }
  }

  /// The name of a class.
  public subscript(index: Int) -> String {
    names.indices ~= index ? names[index] : "class \(index)"
  }

  /// The categories of COCO 2017, by ascending id.
  public static let coco = [
    "person", "bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat",
    "traffic light", "fire hydrant", "stop sign", "parking meter", "bench", "bird", "cat", "dog",
    "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe", "backpack", "umbrella",
    "handbag", "tie", "suitcase", "frisbee", "skis", "snowboard", "sports ball", "kite",
    "baseball bat", "baseball glove", "skateboard", "surfboard", "tennis racket", "bottle",
    "wine glass", "cup", "fork", "knife", "spoon", "bowl", "banana", "apple", "sandwich",
    "orange", "broccoli", "carrot", "hot dog", "pizza", "donut", "cake", "chair", "couch",
    "potted plant", "bed", "dining table", "toilet", "tv", "laptop", "mouse", "remote",
    "keyboard", "cell phone", "microwave", "oven", "toaster", "sink", "refrigerator", "book",
    "clock", "vase", "scissors", "teddy bear", "hair drier", "toothbrush",
  ]
}
