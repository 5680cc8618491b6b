internal import Glibc

/// A COCO folder: the pictures, and the file that describes them.
public struct CocoFolder: Sendable, Hashable {
  /// What the annotation file says.
  public let dataset: CocoDataset
  /// Where the pictures are.
  public let pictureFolder: String

  /// Finds `annotations.json` and the folder `images`, as `vitdet data` writes them.
  ///
  /// - Throws: ``DataError`` if one of them is missing or damaged.
  public static func read(_ path: String) throws(DataError) -> CocoFolder {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw DataError("\(path): \(FileBytes.reason(errno))")
    }
    let pictures = path + "/images"
    guard stat(pictures, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR else {
      throw DataError("\(path): has no folder “images”, so it is no data set of pictures")
    }
    return CocoFolder(
      dataset: try CocoDataset.read(path: path + "/annotations.json"), pictureFolder: pictures)
  }

  /// Where a picture is; never outside the folder, whatever a stranger's file says.
  ///
  /// - Throws: ``DataError`` if its name leads out of the folder.
  public func path(of picture: CocoDataset.Picture) throws(DataError) -> String {
    let parts = picture.fileName.split(separator: "/", omittingEmptySubsequences: false)
    guard !picture.fileName.isEmpty, !parts.contains(".."), parts.first != "" else {
      throw DataError(
        "picture \(picture.id) has the file name “\(picture.fileName)”, which is not inside \(pictureFolder)"
      )
    }
    return "\(pictureFolder)/\(picture.fileName)"
  }

  /// Reads a picture.
  ///
  /// - Throws: ``DataError`` if it is missing or of another size than the annotations say.
  func image(of picture: CocoDataset.Picture) throws(DataError) -> Image {
    let image = try Image.read(path: try path(of: picture))
    guard image.width == picture.width && image.height == picture.height else {
      throw DataError(
        "\(picture.fileName): has \(image.width)x\(image.height) pixels, but the annotations "
          + "say \(picture.width)x\(picture.height)")
    }
    return image
  }

  /// Runs a detector over all pictures and compares what it finds with the annotations.
  ///
  /// The classes of the detector are the categories by ascending id.
  ///
  /// - Parameters:
  ///   - classCount: how many classes the detector knows.
  ///   - progress: called after each picture with the number done.
  ///   - detect: finds the objects of a picture.
  /// - Returns: the score by boxes, and by masks if every annotation has an outline.
  /// - Throws: ``DataError`` if a picture is missing or of another size, or the numbers of classes differ.
  public func evaluate(
    classCount: Int, progress: (Int) -> Void = { _ in },
    detect: (Image) throws -> [Detection]
  ) throws -> (bbox: CocoScore, segm: CocoScore?) {
    let categories = dataset.categories.map(\.id).sorted()
    guard categories.count == classCount else {
      throw DataError(
        "the model knows \(classCount) classes, but the data has \(categories.count) categories")
    }
    var found: [CocoDetection] = []
    for (index, picture) in dataset.pictures.enumerated() {
      let image = try image(of: picture)
      found += try detect(image).map { detection in
        CocoDetection(
          pictureID: picture.id, categoryID: categories[detection.classIndex],
          score: Double(detection.score), box: CocoBox(detection.box),
          segmentation: detection.mask.map(CocoSegmentation.mask))
      }
      progress(index + 1)
    }
    let hasOutlines = dataset.annotations.allSatisfy { $0.segmentation != nil }
    let hasMasks = found.allSatisfy { $0.segmentation != nil }
    return (
      try CocoScore(.bbox, truth: dataset, detections: found),
      hasOutlines && hasMasks ? try CocoScore(.segm, truth: dataset, detections: found) : nil
    )
  }
}
