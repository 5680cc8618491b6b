import Foundation
import Testing

@testable import ViTDetMini

@Suite struct TrainingTests {
  /// A recipe of a few seconds: a narrow detector on small scenes.
  private func recipe(steps: Int = 6) -> TrainingRecipe {
    var recipe = TrainingRecipe()
    recipe.model = .small
    recipe.model.classes = ShapeClass.allCases.count
    recipe.scenes = ShapesDataset(count: 8, seed: 3, size: 64)
    recipe.heldOut = ShapesDataset(count: 2, seed: 4, size: 64)
    recipe.steps = steps
    recipe.batch = 3
    recipe.warmupSteps = 2
    recipe.augmentation = LargeScaleJitter(flip: 0.5, scales: 0.7...1.4)
    return recipe
  }

  private func directory() -> String {
    FileManager.default.temporaryDirectory.appending(path: "training-\(UUID().uuidString)").path
  }

  @Test func gradientsAreMeansOverPictures() throws {
    let recipe = recipe()
    let parameters = Parameters(recipe.model.parameterSpecifications(), seed: 1)
    let workers = try GradientWorkers(recipe, parameters: parameters)
    let found = try workers.gradients(at: parameters, step: 0)
    var (total, gradient): (Float, Tensor?) = (0, nil)
    let name = "backbone.net.blocks.0.attn.qkv.weight"
    for picture in 0..<3 {
      let model = try ViTDet(recipe.model, parameters: parameters, trainable: true)
      var picture = try recipe.picture(step: 0, index: picture)
      let example = picture.example(recipe.augmentation, recipe.preparation)
      let losses = model.losses(for: [example], using: &picture.random)
      losses.total.backward()
      total += losses.total.value.storage[0] / 3
      let own = try #require(model.variable(named: name)?.gradient) * (1 / 3)
      gradient = gradient.map { $0 + own } ?? own
    }
    #expect(abs(found.losses.reduce(0) { $0 + $1.value } - total) < 1e-4)
    expectClose(
      try #require(found.gradients[name]), try #require(gradient), tolerance: 1e-6, name)
    #expect(Set(found.gradients.names) == Set(parameters.names))
  }

  @Test func theSameRecipeGivesTheSameWeights() throws {
    let runs = try (0..<2).map { _ in
      let training = try Training(recipe(steps: 3))
      while !training.isFinished { _ = try training.step() }
      return training.parameters
    }
    // A failed comparison of all weights would fill the log.
    let areSame = runs[0] == runs[1]
    #expect(areSame)
  }

  @Test func aResumedTrainingIsAnUnbrokenOne() throws {
    let path = directory()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let unbroken = try Training(recipe())
    var curve: [Float] = []
    while !unbroken.isFinished { curve.append(try unbroken.step().total) }
    let first = try Training(recipe())
    var broken: [Float] = []
    for _ in 0..<2 { broken.append(try first.step().total) }
    try first.save(to: path)
    let second = try Training(resuming: recipe(), from: path)
    #expect(second.stepsDone == 2)
    while !second.isFinished { broken.append(try second.step().total) }
    #expect(broken == curve)
    let areSame = second.parameters == unbroken.parameters
    #expect(areSame)
  }

  /// One picture again and again is learned by heart.
  @Test func theLossFalls() throws {
    var recipe = recipe(steps: 60)
    recipe.scenes = ShapesDataset(count: 1, seed: 3, size: 64)
    recipe.augmentation = LargeScaleJitter()
    recipe.batch = 1
    recipe.learningRate = 5e-3
    let training = try Training(recipe)
    let first = try training.step().total
    var last = first
    while !training.isFinished { last = try training.step().total }
    #expect(last < first / 2, "from \(first) to \(last)")
  }

  @Test func whatIsSavedIsADetector() throws {
    let path = directory()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let training = try Training(recipe())
    try training.save(to: path)
    let read = try ModelDirectory.read(path)
    #expect(read.detector == recipe().model)
    let areSame = read.parameters == training.parameters
    #expect(areSame)
    #expect(read.unused.isEmpty)
  }

  @Test func divergenceIsToldByName() throws {
    var start = Parameters()
    let name = "proposal_generator.rpn_head.objectness_logits.bias"
    let shape = try #require(
      recipe().model.parameterSpecifications().first { $0.name == name }
    ).shape
    start[name] = Tensor(shape: shape, repeating: .nan)
    let training = try Training(recipe(), start: start)
    let before = training.parameters
    #expect(throws: TrainingError.diverged(step: 1, tensor: "loss_rpn_cls")) {
      _ = try training.step()
    }
    #expect(training.stepsDone == 0)
    #expect(training.parameters.names == before.names)
  }

  @Test func aStateOfAnotherModelIsRefused() throws {
    let path = directory()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Training(recipe()).save(to: path)
    var other = recipe()
    other.model.outChannels = 8
    #expect(throws: CheckpointError.self) {
      _ = try Training(resuming: other, from: path)
    }
    #expect(throws: CheckpointError.self) {
      _ = try Training(resuming: recipe(), from: path + "/none")
    }
  }

  @Test func scenesWithoutObjectsAreLearnedFrom() throws {
    let recipe = recipe()
    let parameters = Parameters(recipe.model.parameterSpecifications(), seed: 1)
    let model = try ViTDet(recipe.model, parameters: parameters, trainable: true)
    var picture = try recipe.picture(step: 0, index: 0)
    var example = picture.example(recipe.augmentation, recipe.preparation)
    example.truths = []
    let losses = model.losses(for: [example], using: &picture.random)
    losses.total.backward()
    #expect(losses.total.value.storage[0].isFinite)
    for name in parameters.names {
      #expect(model.variable(named: name)?.gradient?.storage.allSatisfy(\.isFinite) != false)
    }
  }

  @Test func scoresAreThoseOfTheFolder() throws {
    let path = directory()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let recipe = recipe()
    let parameters = Parameters(recipe.model.parameterSpecifications(), seed: 1)
    let found = try recipe.heldOut.score(recipe.model, parameters: parameters)
    try recipe.heldOut.write(toFolder: path)
    let model = try ViTDet(recipe.model, parameters: parameters)
    let folder = try CocoFolder.read(path).evaluate(classCount: recipe.model.classes) { image in
      model.detections(in: try PreparedPicture(image, recipe.model.preparation))
    }
    #expect(found.bbox == folder.bbox)
    #expect(found.segm == folder.segm)
  }
}
