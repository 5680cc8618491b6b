import ArgumentParser
import ViTDetMini

/// `vitdet train`: a recipe becomes a model.
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a detector, or pre-train its backbone, by a recipe.",
    discussion: """
      A recipe is a JSON file, or the name of one of the course's: tiny-mae and tiny-classify pre-train a plain ViT on \
      128×128 pictures, tiny-context teaches the patches of the detector's backbone what the whole picture shows, \
      tiny-detect trains the detector. Ctrl-C saves and ends; --resume goes on from there and \
      gives the same weights as an unbroken run.

      A training begins with the backbone that --start names, or the recipe's key start (a path from the recipe's own \
      folder): a model directory, or a safetensors file of a plain ViT with published names. Otherwise all begins at random.
      """)

  @Argument(help: "The recipe's name or file.")
  var recipe: String

  @Option(
    help: "The directory to write: config.json, model.safetensors, training.safetensors, log.jsonl."
  )
  var out: String

  @Option(
    help: "A plain ViT's directory or safetensors file to begin with, instead of the recipe's.")
  var start: String?

  @Flag(help: "Go on with what is in the directory.")
  var resume = false

  func run() throws {
    Training.keepFreedMemory()
    var recipe = try TrainingRecipe(path: try CourseRecipe.path(recipe))
    if let start { recipe.start = start }
    let isThere = Training.exists(in: out)
    guard !isThere || resume else {
      throw CheckpointError(out, "holds a training already; go on with --resume, or name another")
    }
    guard isThere || !resume else {
      throw CheckpointError(out, "holds no training to go on with")
    }
    let training =
      isThere
      ? try Training(resuming: recipe, from: out) : try Training(recipe)
    try training.save(to: out)
    let log = try TrainingLog(directory: out, keepingSteps: training.stepsDone)
    let interrupt = Interrupt()
    var line = TrainingLine(recipe)
    if let inheritance = training.inheritance { line.show(inheritance) }
    let clock = ContinuousClock()
    let started = clock.now
    let firstStep = training.stepsDone
    while !training.isFinished && !interrupt.isWanted {
      let step = try training.step()
      let seconds = started.duration(to: clock.now) / .seconds(1)
      try log.add(step, seconds: seconds)
      line.show(step, made: step.number - firstStep, seconds: seconds)
      guard step.number % recipe.evaluateEvery == 0 || training.isFinished else { continue }
      try training.save(to: out)
      let measurement = try training.measure()
      try log.add(measurement, step: step.number, recipe)
      line.show(measurement, step: step.number)
    }
    try training.save(to: out)
    line.finish(
      interrupt.isWanted && !training.isFinished
        ? "stopped after \(training.stepsDone) of \(recipe.steps) steps; --resume goes on"
        : "\(training.stepsDone) steps, written to \(out)")
  }
}
