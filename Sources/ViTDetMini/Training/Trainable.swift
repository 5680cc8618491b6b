/// A network that a training can teach: pictures have an error, and every parameter a place where its gradient arrives.
public protocol Trainable: AnyObject {
  /// How many pictures of a share go through the network together.
  static var picturesAtOnce: Int { get }

  /// The variable of a parameter: where its gradient arrives.
  func variable(named name: String) -> Variable?

  /// How far the network is from what it should say about some pictures.
  ///
  /// - Parameters:
  ///   - pictures: The pictures, at most ``picturesAtOnce``.
  ///   - recipe: How they become the network's input.
  /// - Returns: The errors, whose sum is to become small, as means over the pictures.
  func losses(of pictures: [TrainingPicture], by recipe: TrainingRecipe) -> TrainingLosses
}

/// What a network is taught by: errors that are added up.
public struct TrainingLosses {
  /// Each error under its name; a detector's are detectron2's, such as `loss_rpn_cls`.
  public let parts: [(name: String, value: Variable)]

  /// Their sum.
  public var total: Variable {
    parts.dropFirst().reduce(parts[0].value) { $0 + $1.value }
  }
}

extension ViTDet: Trainable {
  /// One: a picture's losses are means over its own boxes, as in the paper's training with one picture on each machine.
  public static var picturesAtOnce: Int { 1 }

  /// The five losses of pictures that are flipped, resized and cropped as the recipe says.
  public func losses(
    of pictures: [TrainingPicture], by recipe: TrainingRecipe
  ) -> TrainingLosses {
    var pictures = pictures
    let examples = pictures.indices.map {
      pictures[$0].example(recipe.augmentation, recipe.preparation)
    }
    return losses(for: examples, using: &pictures[0].random)
  }
}

extension MaskedAutoencoder: Trainable {
  /// A share of a batch of 64: small matrices multiply faster together.
  public static var picturesAtOnce: Int { 16 }

  /// `loss_pixels`, the mean squared error of hidden pixels.
  public func losses(
    of pictures: [TrainingPicture], by recipe: TrainingRecipe
  ) -> TrainingLosses {
    let pass = ForwardPass(randomNumbers: pictures[0].random)
    return TrainingLosses(parts: [("loss_pixels", loss(of: pictures, by: recipe, pass))])
  }

  /// The mean squared error of what the pictures' own random numbers hide.
  func loss(
    of pictures: [TrainingPicture], by recipe: TrainingRecipe, _ pass: ForwardPass
  ) -> Variable {
    var pictures = pictures
    let images = Tensor.joined(
      pictures.indices.map {
        pictures[$0].example(recipe.augmentation, recipe.preparation).picture.pixels
      })
    let masks = pictures.indices.map {
      PatchMask(
        hiding: recipe.maskRatio, of: configuration.encoder.grid.area, using: &pictures[$0].random)
    }
    return loss(images, masks, pass)
  }
}
