/// How good a network is on pictures that it never learned from.
public enum TrainingMeasurement: Sendable {
  /// COCO's numbers for a detector's boxes and masks.
  case detection(bbox: CocoScore, segm: CocoScore)
  /// The mean squared error of an autoencoder's hidden pixels; 1 for painting each patch in its mean colour.
  case reconstruction(error: Double)
  /// For each class the part of the pictures about which a classifier is right.
  case classification(accuracies: [Double])
}

extension TrainingRecipe {
  /// How good weights are, on the held-out pictures.
  ///
  /// What is hidden from an autoencoder is chosen by the picture's number, so that measurements can be compared.
  func measure(
    _ parameters: Parameters, progress: @Sendable (Int) -> Void
  ) throws -> TrainingMeasurement {
    switch task {
    case .detect:
      guard let heldOutData else {
        let score = try heldOut.score(model, parameters: parameters, progress: progress)
        return .detection(bbox: score.bbox, segm: score.segm)
      }
      let detector = try ViTDet(model, parameters: parameters)
      let score = try heldOutData.folder.evaluate(
        classCount: model.classes, progress: progress,
        detect: { detector.detections(in: try PreparedPicture($0, model.preparation)) })
      guard let segm = score.segm else {
        throw DataError("\(heldOutData.path): has objects without outlines, so masks have no AP")
      }
      return .detection(bbox: score.bbox, segm: segm)
    case .mae:
      let network = try MaskedAutoencoder(autoencoder, parameters: parameters)
      var sum = 0.0
      try forEachGroup(of: MaskedAutoencoder.picturesAtOnce, progress) { pictures, plain in
        let loss = network.loss(of: pictures, by: plain, ForwardPass()).value.storage[0]
        sum += Double(loss) * Double(pictures.count)
      }
      return .reconstruction(error: sum / Double(heldOutCount))
    case .classify:
      let network = try PictureClassifier(
        model.backbone.plain, classes: model.classes, parameters: parameters)
      var right = [Int](repeating: 0, count: model.classes)
      try forEachGroup(of: PictureClassifier.picturesAtOnce, progress) { pictures, plain in
        var pictures = pictures
        let examples = pictures.indices.map {
          pictures[$0].example(plain.augmentation, plain.preparation)
        }
        let images = Tensor.joined(examples.map(\.picture.pixels))
        let logits = network.logits(Variable(images), ForwardPass()).value
        for (row, example) in examples.enumerated() {
          for (index, isThere) in example.presence(of: model.classes).enumerated()
          where (logits[row, index] > 0) == (isThere == 1) { right[index] += 1 }
        }
      }
      return .classification(accuracies: right.map { Double($0) / Double(heldOutCount) })
    }
  }

  /// Hands over the held-out pictures some at a time, with the recipe without augmentation.
  private func forEachGroup(
    of size: Int, _ progress: (Int) -> Void,
    _ body: ([TrainingPicture], TrainingRecipe) throws -> Void
  ) throws {
    var plain = self
    plain.augmentation = LargeScaleJitter()
    for start in stride(from: 0, to: heldOutCount, by: size) {
      let end = min(start + size, heldOutCount)
      try body(try (start..<end).map { try heldOutPicture($0) }, plain)
      progress(end)
    }
  }
}
