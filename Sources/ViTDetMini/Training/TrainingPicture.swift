/// A picture to learn from, before it is augmented.
public struct TrainingPicture: Sendable {
  /// The picture.
  public var image: Image
  /// Its objects.
  public var objects: [LargeScaleJitter.Object]
  /// Chooses whatever is left to chance about it: the augmentation, what is sampled, what is hidden.
  public var random: RandomNumbers

  /// Creates a picture.
  public init(image: Image, objects: [LargeScaleJitter.Object], random: RandomNumbers) {
    self.image = image
    self.objects = objects
    self.random = random
  }

  /// A scene as a picture to learn from.
  init(_ scene: ShapesScene, random: RandomNumbers) {
    self.init(image: scene.image, objects: scene.trainingObjects, random: random)
  }

  /// The picture flipped, resized, cropped, normalised and padded, with what is left of its objects.
  ///
  /// - Parameters:
  ///   - augmentation: How it is changed.
  ///   - preparation: How it is normalised, and the side that it is padded to.
  /// - Returns: What a network is given, and what a detector should find in it.
  mutating func example(
    _ augmentation: LargeScaleJitter, _ preparation: PicturePreparation
  ) -> TrainingExample {
    let (image, objects) = augmentation(
      image, objects, side: preparation.square, using: &random)
    do throws(DataError) {
      return try TrainingExample(image, objects, preparation)
    } catch {
      preconditionFailure("augmentation fits pictures into the input: \(error)")
    }
  }
}

extension ShapesScene {
  /// The shapes as an augmentation takes them.
  var trainingObjects: [LargeScaleJitter.Object] {
    objects.map { LargeScaleJitter.Object(classIndex: $0.shape.rawValue, mask: $0.mask) }
  }
}

extension TrainingRecipe {
  /// The number of held-out pictures.
  public var heldOutCount: Int { heldOutData?.count ?? heldOut.count }

  /// A picture of a step, and what is random about it; the same each time.
  ///
  /// Every picture comes once before one comes again.
  ///
  /// - Throws: `DataError` if the picture of a folder cannot be read.
  func picture(step: Int, index: Int) throws(DataError) -> TrainingPicture {
    let place = step * batch + index
    let random = RandomNumbers(seed: seed, for: "picture \(place)")
    guard let data else {
      return TrainingPicture(scenes.scene(place % scenes.count), random: random)
    }
    let (image, objects) = try data.picture(place % data.count)
    return TrainingPicture(image: image, objects: objects, random: random)
  }

  /// A held-out picture; what is random about it depends on its number alone.
  ///
  /// - Throws: `DataError` if the picture of a folder cannot be read.
  func heldOutPicture(_ index: Int) throws(DataError) -> TrainingPicture {
    let random = RandomNumbers(seed: heldOut.seed, for: "held out \(index)")
    guard let heldOutData else { return TrainingPicture(heldOut.scene(index), random: random) }
    let (image, objects) = try heldOutData.picture(index)
    return TrainingPicture(image: image, objects: objects, random: random)
  }
}
