/// A rectangle as COCO files write it: corner, width and height, in doubles as pycocotools compares them.
public struct CocoBox: Sendable, Hashable {
  /// The left edge.
  public var x: Double
  /// The top edge.
  public var y: Double
  /// The width; 0 for a box without area, which overlaps nothing.
  public var width: Double
  /// The height.
  public var height: Double

  /// Creates a box.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// Creates the box with the same edges.
  public init(_ box: Box) {
    self.init(
      x: Double(box.x0), y: Double(box.y0),
      width: Double(box.x1) - Double(box.x0), height: Double(box.y1) - Double(box.y0))
  }

  /// The same box by its edges.
  public var edges: Box { Box(Float(x), Float(y), Float(x + width), Float(y + height)) }
  /// Width times height.
  public var area: Double { width * height }

  /// Intersection over union with a ground-truth box; against a crowd region the part of this box inside it.
  ///
  /// Source: pycocotools, `common/maskApi.c`, `bbIou`.
  public func iou(_ truth: CocoBox, isCrowd: Bool = false) -> Double {
    let sharedWidth = min(x + width, truth.x + truth.width) - max(x, truth.x)
    let sharedHeight = min(y + height, truth.y + truth.height) - max(y, truth.y)
    guard sharedWidth > 0 && sharedHeight > 0 else { return 0 }
    let shared = sharedWidth * sharedHeight
    return shared / (isCrowd ? area : area + truth.area - shared)
  }
}

/// The outline of an object in one of COCO's forms.
public enum CocoSegmentation: Sendable, Hashable {
  /// Parts, each x, y, x, y … of at least three corners.
  case polygons([[Double]])
  /// Pixels.
  case mask(RunLengthMask)

  /// The pixels, in a picture of that size.
  public func mask(width: Int, height: Int) -> RunLengthMask {
    switch self {
    case .polygons(let polygons): RunLengthMask(polygons: polygons, width: width, height: height)
    case .mask(let mask): mask
    }
  }
}

/// Pictures with their objects, as COCO's annotation files describe them.
///
/// What such files get wrong is refused with a sentence that names the entry: ids that stand twice, objects of pictures
/// or categories that are not listed, numbers that are none, polygons of fewer than three corners, masks that do
/// not fit their picture. Missing values that follow from others are filled in: `area` from the outline or the box,
/// `bbox` from the outline, `iscrowd` as 0. A box without area is kept, and nothing overlaps it.
public struct CocoDataset: Sendable, Hashable {
  /// A picture.
  public struct Picture: Sendable, Hashable {
    /// The number that annotations use.
    public var id: Int
    /// Pixels in a row.
    public var width: Int
    /// Rows.
    public var height: Int
    /// The file, relative to the folder of the pictures.
    public var fileName: String

    /// Creates a picture's entry.
    public init(id: Int, width: Int, height: Int, fileName: String) {
      self.id = id
      self.width = width
      self.height = height
      self.fileName = fileName
    }
  }

  /// A class of objects.
  public struct Category: Sendable, Hashable {
    /// The number that annotations use; not always without gaps.
    public var id: Int
    /// What people call it.
    public var name: String

    /// Creates a category.
    public init(id: Int, name: String) {
      self.id = id
      self.name = name
    }
  }

  /// An object.
  public struct Annotation: Sendable, Hashable {
    /// Its own number.
    public var id: Int
    /// The picture it is in.
    public var pictureID: Int
    /// Its class.
    public var categoryID: Int
    /// Its box.
    public var box: CocoBox
    /// The number of pixels, which decides whether it counts as small, medium or large.
    public var area: Double
    /// Whether it is a region of many objects that nobody counted.
    public var isCrowd: Bool
    /// Its outline, if there is one.
    public var segmentation: CocoSegmentation?

    /// Creates an object.
    public init(
      id: Int, pictureID: Int, categoryID: Int, box: CocoBox, area: Double, isCrowd: Bool = false,
      segmentation: CocoSegmentation? = nil
    ) {
      self.id = id
      self.pictureID = pictureID
      self.categoryID = categoryID
      self.box = box
      self.area = area
      self.isCrowd = isCrowd
      self.segmentation = segmentation
    }
  }

  /// The pictures, in the order of the file.
  public var pictures: [Picture]
  /// The objects, in the order of the file.
  public var annotations: [Annotation]
  /// The classes, in the order of the file.
  public var categories: [Category]

  /// Creates a data set from its parts.
  public init(pictures: [Picture], annotations: [Annotation], categories: [Category]) {
    self.pictures = pictures
    self.annotations = annotations
    self.categories = categories
  }
}

/// One found object in COCO's results format.
public struct CocoDetection: Sendable, Hashable {
  /// The picture it was found in.
  public var pictureID: Int
  /// Its class.
  public var categoryID: Int
  /// How sure the detector is; more is surer.
  public var score: Double
  /// Its box, if the file has one.
  public var box: CocoBox?
  /// Its outline, if the file has one.
  public var segmentation: CocoSegmentation?

  /// Creates a found object.
  public init(
    pictureID: Int, categoryID: Int, score: Double, box: CocoBox?,
    segmentation: CocoSegmentation? = nil
  ) {
    self.pictureID = pictureID
    self.categoryID = categoryID
    self.score = score
    self.box = box
    self.segmentation = segmentation
  }
}
