/// A network that a training can teach: a scene has an error, and every parameter a place where its gradient arrives.
public protocol Trainable: AnyObject {
  /// The variable of a parameter: where its gradient arrives.
  func variable(named name: String) -> Variable?

  /// How far the network is from what it should say about a scene.
  ///
  /// - Parameters:
  ///   - scene: The scene.
  ///   - recipe: How it becomes the network's input.
  ///   - randomNumbers: Choose whatever the training leaves to chance.
  /// - Returns: The errors, whose sum is to become small.
  func losses(
    of scene: ShapesScene, by recipe: TrainingRecipe, using randomNumbers: inout RandomNumbers
  ) -> TrainingLosses
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
  /// The five losses of a scene that was flipped, resized and cropped as the recipe says.
  public func losses(
    of scene: ShapesScene, by recipe: TrainingRecipe, using randomNumbers: inout RandomNumbers
  ) -> TrainingLosses {
    losses(for: [recipe.example(of: scene, using: &randomNumbers)], using: &randomNumbers)
  }
}

extension TrainingRecipe {
  /// A scene as a detector learns from it.
  func example(
    of scene: ShapesScene, using random: inout RandomNumbers
  ) -> TrainingExample {
    let (image, objects) = augmentation(
      scene.image, scene.trainingObjects, side: model.preparation.square, using: &random)
    do throws(DataError) {
      return try TrainingExample(image, objects, model.preparation)
    } catch {
      preconditionFailure("augmentation fits pictures into the input: \(error)")
    }
  }

  /// The scene of a picture of a step, and what is random about it; the same each time.
  func scene(step: Int, picture: Int) -> (scene: ShapesScene, random: RandomNumbers) {
    let place = step * batch + picture
    // Every scene comes once before one comes again.
    return (
      scenes.scene(place % scenes.count), RandomNumbers(seed: seed, for: "picture \(place)")
    )
  }
}
