/// A network that answers for each class whether a picture shows it, once or several times a picture.
protocol Classifier: Trainable {
  /// `[B · answers, K]` for `[B, S, S, 3]`, the answers of a picture side by side.
  func logits(_ images: Variable, _ pass: ForwardPass) -> Variable
}

extension Classifier {
  /// A share of a batch of 64: small matrices multiply faster together.
  public static var picturesAtOnce: Int { 16 }

  /// `loss_classes`, the mean binary cross-entropy of all answers.
  public func losses(
    of pictures: [TrainingPicture], by recipe: TrainingRecipe
  ) -> TrainingLosses {
    let pass = ForwardPass(randomNumbers: pictures[0].random)
    let (logits, targets) = answers(on: pictures, by: recipe, pass)
    let loss = binaryCrossEntropy(
      logits, targets: targets,
      weights: [Float](repeating: 1 / Float(targets.count), count: targets.count))
    return TrainingLosses(parts: [("loss_classes", loss)])
  }

  /// What the network says about pictures, and what would be right: 1 for a class that the picture shows, and else 0.
  ///
  /// - Returns: `[B · answers, K]`, and as many targets.
  func answers(
    on pictures: [TrainingPicture], by recipe: TrainingRecipe, _ pass: ForwardPass
  ) -> (logits: Variable, targets: [Float]) {
    var pictures = pictures
    let examples = pictures.indices.map {
      pictures[$0].example(recipe.augmentation, recipe.preparation)
    }
    let logits = logits(Variable(Tensor.joined(examples.map(\.picture.pixels))), pass)
    let answers = logits.shape[0] / examples.count
    let targets = examples.flatMap { example in
      let presence = example.presence(of: logits.shape[1])
      return (0..<answers).flatMap { _ in presence }
    }
    return (logits, targets)
  }
}

extension TrainingExample {
  /// For each class 1 if the picture shows it, and else 0.
  func presence(of classes: Int) -> [Float] {
    let found = Set(truths.map(\.classIndex))
    return (0..<classes).map { found.contains($0) ? 1 : 0 }
  }
}
