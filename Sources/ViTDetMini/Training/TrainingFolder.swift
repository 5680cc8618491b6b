/// A COCO folder to learn from: the pictures that show something, each with its objects.
///
/// As in detectron2, crowds and objects without area are left out, and so are pictures in which nothing is left.
///
/// Source: detectron2 `filter_images_with_only_crowd_annotations`, `filter_empty_instances`.
public struct TrainingFolder: Sendable, Hashable {
  /// Where it is.
  public let path: String
  /// The whole folder.
  public let folder: CocoFolder
  /// The classes, by ascending id.
  public let categories: [CocoDataset.Category]
  private let pictures: [CocoDataset.Picture]
  private let annotations: [Int: [CocoDataset.Annotation]]

  /// The number of pictures to learn from.
  public var count: Int { pictures.count }

  /// Reads `annotations.json` beside a folder `images`; the pictures themselves are read when their turn comes.
  ///
  /// - Parameter path: Where the folder is.
  /// - Throws: `DataError` if a file is missing or damaged, an object has no outline, or there is nothing to learn.
  public init(path: String) throws(DataError) {
    self.path = path
    folder = try CocoFolder.read(path)
    categories = folder.dataset.categories.sorted { $0.id < $1.id }
    let usable = folder.dataset.annotations.filter {
      !$0.isCrowd && $0.box.width > 0 && $0.box.height > 0
    }
    if let bare = usable.first(where: { $0.segmentation == nil }) {
      throw DataError(
        "\(path): annotation \(bare.id) has no segmentation, which the mask head learns from")
    }
    annotations = Dictionary(grouping: usable, by: \.pictureID)
    pictures = folder.dataset.pictures.filter { [annotations] in annotations[$0.id] != nil }
    guard !pictures.isEmpty else {
      throw DataError(
        "\(path): has no objects to learn from; annotations.json lists "
          + "\(folder.dataset.annotations.count), and those of crowds or without area do not count")
    }
  }

  /// Reads a picture and its objects.
  ///
  /// - Parameter index: Which of the ``count`` pictures.
  /// - Returns: The picture, and what it shows.
  /// - Throws: `DataError` if the file is missing, damaged or of another size than the annotations say.
  func picture(
    _ index: Int
  ) throws(DataError) -> (image: Image, objects: [LargeScaleJitter.Object]) {
    let picture = pictures[index]
    let image = try folder.image(of: picture)
    let objects = (annotations[picture.id] ?? []).compactMap { annotation in
      annotation.segmentation.flatMap { outline in
        categories.firstIndex { $0.id == annotation.categoryID }.map {
          LargeScaleJitter.Object(
            classIndex: $0, mask: outline.mask(width: image.width, height: image.height))
        }
      }
    }
    return (image, objects)
  }
}
