/// How good a network is on pictures that it never learned from.
public enum TrainingMeasurement: Sendable {
  /// COCO's numbers for a detector's boxes and masks.
  case detection(bbox: CocoScore, segm: CocoScore)
  /// The mean squared error of an autoencoder's hidden pixels; 1 for painting each patch in its mean colour.
  case reconstruction(error: Double)
  /// For each class the part of its answers in which a classifier is right.
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
    case .classify, .context:
      let network = try classifier(parameters, trainable: false)
      var right = [Int](repeating: 0, count: model.classes)
      var answers = 0
      try forEachGroup(of: PictureClassifier.picturesAtOnce, progress) { pictures, plain in
        let (logits, targets) = network.answers(on: pictures, by: plain, ForwardPass())
        for (place, target) in targets.enumerated()
        where (logits.value.storage[place] > 0) == (target == 1) {
          right[place % model.classes] += 1
        }
        answers += logits.shape[0]
      }
      return .classification(accuracies: right.map { Double($0) / Double(answers) })
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
