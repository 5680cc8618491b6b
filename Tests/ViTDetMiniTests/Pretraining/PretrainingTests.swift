import Foundation
import Testing

@testable import ViTDetMini

/// The tasks that teach a transformer before it becomes a detector's backbone, as trainings.
@Suite struct PretrainingTests {
  static let tasks = [TrainingRecipe.Task.mae, .classify, .context]

  private func recipe(_ task: TrainingRecipe.Task, steps: Int = 4) -> TrainingRecipe {
    var recipe = TrainingRecipe()
    recipe.task = task
    recipe.model = .small
    recipe.model.classes = ShapeClass.allCases.count
    recipe.model.backbone.dropPathRate = 0.1
    recipe.scenes = ShapesDataset(count: 40, seed: 3, size: 64)
    recipe.heldOut = ShapesDataset(count: 18, seed: 4, size: 64)
    recipe.steps = steps
    recipe.batch = 6
    recipe.decline = .cosine
    recipe.warmupSteps = 1
    recipe.augmentation = LargeScaleJitter(flip: 0.5, scales: 1...1.5)
    return recipe
  }

  @Test(arguments: tasks) func aResumedTrainingIsAnUnbrokenOne(task: TrainingRecipe.Task) throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    var curves: [[Float]] = []
    var weights: [Parameters] = []
    for breaks in [false, false, true] {
      var training = try Training(recipe(task))
      var curve: [Float] = []
      while !training.isFinished {
        curve.append(try training.step().total)
        if breaks && training.stepsDone == 2 {
          try training.save(to: path)
          training = try Training(resuming: recipe(task), from: path)
        }
      }
      curves.append(curve)
      weights.append(training.parameters)
    }
    #expect(curves[0] == curves[1] && curves[0] == curves[2])
    let areSame = weights[0] == weights[1] && weights[0] == weights[2]
    #expect(areSame)
  }

  /// A few pictures again and again are learned by heart.
  @Test(arguments: tasks) func theLossFalls(task: TrainingRecipe.Task) throws {
    var recipe = recipe(task, steps: 60)
    recipe.scenes = ShapesDataset(count: 2, seed: 3, size: 64)
    recipe.augmentation = LargeScaleJitter()
    recipe.model.backbone.dropPathRate = 0
    recipe.batch = 2
    recipe.learningRate = 1e-2
    let training = try Training(recipe)
    let first = try training.step().total
    var last = first
    while !training.isFinished { last = try training.step().total }
    #expect(last < first * 0.9, "from \(first) to \(last)")
  }

  /// A batch in pieces of what goes through the network together has the gradient of the whole.
  @Test func sharesAddUpToTheBatch() throws {
    var recipe = recipe(.mae)
    recipe.model.backbone.dropPathRate = 0
    let parameters = Parameters(recipe.parameterSpecifications(), seed: 1)
    let found = try GradientWorkers(recipe, parameters: parameters)
      .gradients(at: parameters, step: 0)
    let network = try recipe.network(parameters)
    let losses = network.losses(
      of: try (0..<6).map { try recipe.picture(step: 0, index: $0) }, by: recipe)
    losses.total.backward()
    #expect(abs(losses.total.value.storage[0] - found.losses[0].value) < 1e-5)
    for name in parameters.names {
      expectClose(
        try #require(found.gradients[name]), try #require(network.variable(named: name)?.gradient),
        tolerance: 1e-6, name)
    }
  }

  @Test func anAutoencodersPositionsStay() throws {
    let training = try Training(recipe(.mae))
    let before = training.parameters
    _ = try training.step()
    _ = try training.step()
    for name in before.names {
      let isTheSame = training.parameters[name] == before[name]
      #expect(isTheSame == name.hasSuffix("pos_embed"), "\(name)")
    }
  }

  @Test func onlyMatricesDecay() {
    let rates = recipe(.classify).parameterRates
    #expect(rates["blocks.0.attn.qkv.weight"]?.weightDecay == 0.1)
    #expect(rates["patch_embed.proj.weight"]?.weightDecay == 0.1)
    for name in ["cls_token", "pos_embed", "norm.weight", "blocks.1.norm2.weight", "head.bias"] {
      #expect(rates[name] == ParameterRate(multiplier: 1, weightDecay: 0), "\(name)")
    }
  }

  /// What was pre-trained is a backbone on disk, and a detector begins with all of its blocks.
  @Test(arguments: tasks) func aDetectorInherits(task: TrainingRecipe.Task) throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let training = try Training(recipe(task))
    _ = try training.step()
    try training.save(to: path)
    let directory = try ModelDirectory.read(path)
    let isPlain = task != .context
    #expect(directory.kind == .backbone)
    #expect(
      directory.configuration.plain == recipe(task).model.backbone.plain
        && directory.configuration.windowBlockIndexes.isEmpty == isPlain)
    #expect(directory.unused.contains("cls_token") == isPlain)
    var detecting = recipe(.detect)
    detecting.start = path
    detecting.model.backbone.dropPathRate = 0
    let detector = try Training(detecting)
    let rows = try #require(detector.inheritance).rows
    // Patch embedding and position rows, and two blocks of twelve; a detector's own backbone has its other parameters too.
    let backbone = recipe(task).model.backbone.parameterSpecifications().count
    #expect(rows.count { $0.use == .used } == (isPlain ? 3 + 2 * 12 : backbone))
    #expect(!rows.contains { if case .resized = $0.use { true } else { false } })
    let unused = rows.filter { $0.use == .unused }.map(\.name)
    #expect(Set(unused).isSuperset(of: ["norm.weight", "norm.bias"]))
    #expect(unused.contains("decoder_blocks.1.mlp.fc2.bias") == (task == .mae))
    #expect(unused.contains("head.bias") == (task != .mae))
    for name in ["blocks.1.attn.qkv.weight", "pos_embed", "patch_embed.proj.weight"] {
      let isInherited =
        detector.parameters["backbone.net." + name] == training.parameters[name]
      #expect(isInherited, "\(name)")
    }
    #expect(try detector.step().total.isFinite)
  }

  @Test func measurementsAreRepeatable() throws {
    for task in Self.tasks {
      let training = try Training(recipe(task))
      let (first, second) = (try training.measure(), try training.measure())
      switch (first, second) {
      case (.reconstruction(let first), .reconstruction(let second)):
        #expect(first == second && first > 0.5)
      case (.classification(let first), .classification(let second)):
        #expect(first == second && first.count == 7)
        #expect(first.allSatisfy { 0...1 ~= $0 })
      default: Issue.record("\(task) is measured by \(first)")
      }
    }
  }

  /// A classifier that always says yes is right where the class is there.
  @Test func accuraciesAreCounted() throws {
    let recipe = recipe(.classify)
    var parameters = Parameters(recipe.parameterSpecifications(), seed: 1)
    parameters["head.weight"] = Tensor(zeros: [7, 8])
    parameters["head.bias"] = Tensor(shape: [7], storage: [1, 1, 1, 1, 1, 1, -1])
    guard case .classification(let found) = try recipe.measure(parameters, progress: { _ in })
    else {
      Issue.record("no classification")
      return
    }
    let scenes = (0..<18).map { recipe.heldOut.scene($0) }
    let days = scenes.count { $0.objects.contains { $0.shape == .dayGem } }
    let nights = scenes.count { !$0.objects.contains { $0.shape == .nightGem } }
    #expect(abs(found[5] - Double(days) / 18) < 1e-9)
    #expect(abs(found[6] - Double(nights) / 18) < 1e-9)
  }

  /// A classifier may begin with what an autoencoder has learned; its class token, last norm and head are new.
  @Test func aClassifierInheritsFromAnAutoencoder() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let autoencoder = try Training(recipe(.mae))
    _ = try autoencoder.step()
    try autoencoder.save(to: path)
    var next = recipe(.classify)
    let fresh = try Training(next)
    next.start = path
    let training = try Training(next)
    for name in training.parameters.names {
      let isInherited =
        name.hasPrefix("blocks.") || name.hasPrefix("patch_embed.") || name == "pos_embed"
      let expected = isInherited ? autoencoder.parameters[name] : fresh.parameters[name]
      let isAsExpected = training.parameters[name] == expected
      #expect(isAsExpected, "\(name)")
    }
    #expect(try #require(training.inheritance).rows.count { $0.use == .used } == 27)
  }

  @Test func aPretrainingMakesNoDetector() {
    #expect(throws: ModelError.self) { _ = try Training(self.recipe(.mae)).detector() }
  }
}
