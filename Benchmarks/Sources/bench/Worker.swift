import Timing
import ViTDetMini

/// Runs a network whenever a line arrives, so that a script can let several libraries take turns.
///
/// `bench worker TASK MODEL INPUT OUT` says `ready`, answers each line with the seconds that a run took, and writes at the
/// end of its input what was computed, and the most memory that it had. Tasks: `forward` and `gradients` of a backbone,
/// INPUT its pixels; `detect`, INPUT a picture; `train`, INPUT the number of pictures in a step.
func work(_ arguments: [String]) throws {
  guard arguments.count == 4, let task = WorkerTask(rawValue: arguments[0]) else {
    let tasks = WorkerTask.allCases.map(\.rawValue).joined(separator: "|")
    print("bench worker \(tasks) MODEL INPUT OUT")
    return
  }
  Training.keepFreedMemory()  // as `vitdet train` and `vitdet eval` do
  let job = try task.job(try ModelDirectory.read(arguments[1]), input: arguments[2])
  let clock = ContinuousClock()
  print("ready")
  flush()
  while readLine() != nil {
    let seconds = try clock.measure(job.run)
    print(seconds / .seconds(1))
    flush()
  }
  try job.write(arguments[3])
  print(peakMemory())
}

/// What a worker repeats.
private enum WorkerTask: String, CaseIterable {
  case forward, gradients, detect, train

  /// Something to repeat, and what writes its outcome to a file.
  struct Job {
    let run: () throws -> Void
    let write: (String) throws -> Void
  }

  func job(_ model: ModelDirectory, input: String) throws -> Job {
    switch self {
    case .forward, .gradients: try backbone(model, input)
    case .detect: try detection(model, input)
    case .train: try training(model, batch: Int(input) ?? 8)
    }
  }

  private func backbone(_ model: ModelDirectory, _ input: String) throws -> Job {
    let image = Variable(try ModelInput.read(path: input, for: model.configuration).pixels)
    // As of a sum of the map.
    let size = model.configuration.grid
    let cotangent = Tensor(
      shape: [1, size.height, size.width, model.configuration.embedDim],
      storage: [Float](repeating: 1, count: size.area * model.configuration.embedDim))
    let wantsGradients = self == .gradients
    let network = try ViT(
      model.configuration, parameters: model.backboneParameters, trainable: wantsGradients)
    var last: Tensor?
    return Job {
      let map = network(image)
      if wantsGradients { map.backward(cotangent) }
      last = map.value
    } write: { path in
      guard let last else { return }
      try SafeTensors.write(FeatureMaps(Recorder(), last: last, depth: 0).all, to: path)
    }
  }

  private func detection(_ model: ModelDirectory, _ input: String) throws -> Job {
    let configuration = try Self.detector(model)
    let network = try ViTDet(configuration, parameters: model.parameters)
    let picture = try PreparedPicture(path: input, for: configuration)
    var found: [Detection] = []
    return Job {
      found = network.detections(in: picture)
    } write: { path in
      try write(Detection.json(found, names: ClassNames(count: configuration.classes)), to: path)
    }
  }

  /// Steps that learn from scene after scene but, with a rate of 0, leave the weights as they are.
  private func training(_ model: ModelDirectory, batch: Int) throws -> Job {
    var recipe = TrainingRecipe()
    recipe.model = try Self.detector(model)
    (recipe.batch, recipe.learningRate) = (batch, 0)
    let training = try Training(recipe, start: model.parameters)
    var losses: [String] = []
    return Job {
      let step = try training.step()
      losses.append(
        "{" + step.losses.map { "\"\($0.name)\": \($0.value)" }.joined(separator: ", ") + "}")
    } write: { path in
      try write("[" + losses.joined(separator: ",\n") + "]\n", to: path)
    }
  }

  private static func detector(_ model: ModelDirectory) throws -> DetectorConfiguration {
    guard let configuration = model.detector else {
      throw ModelError.configuration("\(model.path) is no detector")
    }
    return configuration
  }
}

/// Writes the scenes that `train` learns from, `bench scenes COUNT FOLDER`, as a COCO folder.
func writeScenes(_ arguments: [String]) throws {
  guard arguments.count == 2, let count = Int(arguments[0]) else {
    print("bench scenes COUNT FOLDER")
    return
  }
  let scenes = TrainingRecipe().scenes
  try ShapesDataset(count: count, seed: scenes.seed, size: scenes.size)
    .write(toFolder: arguments[1]) { _ in }
}
