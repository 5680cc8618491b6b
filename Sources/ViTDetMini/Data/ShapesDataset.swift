internal import Glibc

/// As many scenes as one likes, numbered: the pictures that the course trains on.
public struct ShapesDataset: Sendable, Hashable {
  /// The number of scenes.
  public let count: Int
  /// Chooses the scenes; data sets of different seeds share none.
  public let seed: UInt64
  /// The side of the pictures in pixels.
  public let size: Int

  /// The most scenes of one data set.
  public static let mostScenes = 1_000_000

  /// Creates a data set; nothing is drawn yet.
  public init(count: Int, seed: UInt64, size: Int) {
    precondition(0...Self.mostScenes ~= count, "a data set of \(count) scenes")
    self.count = count
    self.seed = seed
    self.size = size
  }

  /// Draws one scene.
  public func scene(_ index: Int) -> ShapesScene {
    precondition(0..<count ~= index, "scene \(index) of \(count)")
    return ShapesScene(seed: seed &* UInt64(Self.mostScenes) &+ UInt64(index), size: size)
  }

  /// The classes as COCO categories, numbered from 1 in the order of ``ShapeClass``.
  public static var categories: [CocoDataset.Category] {
    ShapeClass.allCases.map { CocoDataset.Category(id: $0.rawValue + 1, name: $0.name) }
  }

  /// Writes the scenes as a COCO folder: `images/000001.png` … and `annotations.json`.
  ///
  /// The same data set always gives the same bytes.
  ///
  /// - Parameters:
  ///   - folder: the folder, made if it is not there.
  ///   - progress: called after each picture with the number written so far.
  /// - Throws: ``DataError`` if the folder or a file cannot be written.
  public func write(
    toFolder folder: String, progress: (Int) -> Void = { _ in }
  ) throws(DataError) {
    try makeFolder(folder)
    try makeFolder(folder + "/images")
    var dataset = CocoDataset(pictures: [], annotations: [], categories: Self.categories)
    for index in 0..<count {
      let scene = scene(index)
      try scene.image.writePNG(to: "\(folder)/images/\(Self.fileName(index + 1))")
      add(scene, number: index + 1, to: &dataset)
      progress(index + 1)
    }
    try dataset.write(to: folder + "/annotations.json")
  }

  private func makeFolder(_ path: String) throws(DataError) {
    if mkdir(path, 0o777) != 0 && errno != EEXIST {
      throw DataError("\(path): the folder cannot be made: \(FileBytes.reason(errno))")
    }
  }
}
