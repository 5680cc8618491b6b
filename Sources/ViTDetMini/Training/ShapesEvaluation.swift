internal import Synchronization

extension ShapesDataset {
  /// What is to be found in the scenes, as COCO describes it.
  public var truth: CocoDataset {
    var dataset = CocoDataset(pictures: [], annotations: [], categories: Self.categories)
    for index in 0..<count { add(scene(index), number: index + 1, to: &dataset) }
    return dataset
  }

  /// Adds a scene's picture and objects.
  func add(_ scene: ShapesScene, number: Int, to dataset: inout CocoDataset) {
    dataset.pictures.append(
      .init(id: number, width: size, height: size, fileName: Self.fileName(number)))
    for object in scene.objects {
      dataset.annotations.append(
        .init(
          id: dataset.annotations.count + 1, pictureID: number,
          categoryID: object.shape.rawValue + 1, box: CocoBox(object.box),
          area: Double(object.mask.area), segmentation: .mask(object.mask)))
    }
  }

  /// The name of a picture's file: `000001.png`.
  static func fileName(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".png"
  }

  /// How well a detector finds the shapes of all scenes.
  ///
  /// Pictures are dealt out to the cores, so each has a copy of the network.
  ///
  /// - Parameters:
  ///   - configuration: How the detector is built.
  ///   - parameters: Its weights.
  ///   - progress: called from several threads with the number of pictures done.
  /// - Returns: COCO's numbers for boxes and masks.
  /// - Throws: `ModelError` if the weights do not fit, `DataError` never, since scenes are well formed.
  public func score(
    _ configuration: DetectorConfiguration, parameters: Parameters,
    progress: @Sendable (Int) -> Void = { _ in }
  ) throws -> (bbox: CocoScore, segm: CocoScore) {
    let shares = GradientWorkers.shares
    // The first copy proves that the weights fit.
    _ = try ViTDet(configuration, parameters: parameters)
    let found = Mutex<[Int: [CocoDetection]]>([:])
    let fault = Mutex<(any Error)?>(nil)
    withSingleThreadedBLAS {
      onAllCores(shares) { share in
        do {
          let model = try ViTDet(configuration, parameters: parameters)
          for index in stride(from: share, to: count, by: shares) {
            let picture = try PreparedPicture(scene(index).image, configuration.preparation)
            let detections = model.detections(in: picture).map {
              CocoDetection($0, pictureID: index + 1)
            }
            progress(
              found.withLock { found in
                found[index] = detections
                return found.count
              })
          }
        } catch {
          fault.withLock { $0 = error }
        }
      }
    }
    if let fault = fault.withLock({ $0 }) { throw fault }
    let detections = found.withLock { found in (0..<count).flatMap { found[$0] ?? [] } }
    let truth = truth
    return (
      try CocoScore(.bbox, truth: truth, detections: detections),
      try CocoScore(.segm, truth: truth, detections: detections)
    )
  }
}

extension CocoDetection {
  /// A detection of a detector that knows the shapes.
  init(_ detection: Detection, pictureID: Int) {
    self.init(
      pictureID: pictureID, categoryID: detection.classIndex + 1, score: Double(detection.score),
      box: CocoBox(detection.box), segmentation: detection.mask.map(CocoSegmentation.mask))
  }
}
