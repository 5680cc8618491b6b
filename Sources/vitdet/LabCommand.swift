import ArgumentParser
import Foundation
import Lessons
import ViTDetMini

/// `vitdet lab`: the paper's comparisons in miniature.
struct LabCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab", abstract: "Repeat the paper's comparisons in miniature.",
    subcommands: [Table.self])

  /// Trains the rows of a table and writes what they reached.
  struct Table: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Train the rows of the paper's table 1, 2 or 4, several seeds each.",
      discussion: """
        1: no pyramid, FPN on the last map, simple pyramid. 2: no way between windows, convolutions, four global blocks first, \
        last or even. 4: begun at random, from classification, from a masked autoencoder. A detector that stands in several \
        tables is trained once.

        All rows make the same number of steps. --minutes says how much processor time the paper's detector may take; that is \
        measured before the first run and kept with the runs. Ctrl-C saves, and the same command goes on; finished runs are \
        never repeated. Writes OUT.json and OUT.md after each run.
        """)

    @Argument(help: "The paper's table: 1, 2 or 4.") var number: Int
    @Option(help: "How many seeds of each row.") var seeds = 3
    @Option(help: "Training steps of each run.") var steps: Int?
    @Option(help: "Minutes of processor time for each run; 2 without --steps.") var minutes: Double?
    @Option(help: "Scenes that AP is measured on; without it as many as the recipe says.")
    var scenes: Int?
    @Option(help: "How many runs at a time, each on one thread; without it one for each core.")
    var jobs: Int?
    @Option(help: "The recipe that all runs share: a name of the course's or a JSON file.")
    var recipe = "tiny-lab"
    @Option(help: "What the rows of tables 1 and 2 begin with: random, classified, mae or context.")
    var start = "mae"
    @Option(help: "The masked autoencoder's model directory or safetensors file.")
    var mae: String?
    @Option(help: "The classifier's model directory or safetensors file.")
    var classified: String?
    @Option(help: "The model directory of a backbone that tiny-context trained.")
    var context: String?
    @Option(help: "Where runs are kept; without it lab in the directory of the progress file.")
    var runs: String?
    @Option(help: "The JSON file to write; without it lessons/results/table-N.json.")
    var out: String?

    func validate() throws {
      guard LabTable(rawValue: number) != nil else {
        throw ValidationError("there is no table \(number) to repeat; there are 1, 2 and 4")
      }
      guard 1...100 ~= seeds else {
        throw ValidationError("--seeds must be from 1 to 100, not \(seeds)")
      }
      guard steps == nil || minutes == nil else {
        throw ValidationError("--steps and --minutes say the same; give one of them")
      }
      guard 1...1_000_000 ~= steps ?? 1 else {
        throw ValidationError("--steps must be from 1 to 1000000, not \(steps ?? 0)")
      }
      guard 0.01...10_000 ~= minutes ?? 1 else {
        throw ValidationError("--minutes must be from 0.01 to 10000, not \(minutes ?? 0)")
      }
      guard 1...100_000 ~= scenes ?? 1 else {
        throw ValidationError("--scenes must be from 1 to 100000, not \(scenes ?? 0)")
      }
      guard 1...64 ~= jobs ?? 1 else {
        throw ValidationError("--jobs must be from 1 to 64, not \(jobs ?? 0)")
      }
      guard LabStart(rawValue: start) != nil else {
        throw ValidationError("--start must be random, classified, mae or context, not “\(start)”")
      }
    }

    func run() throws {
      guard let table = LabTable(rawValue: number), let start = LabStart(rawValue: start) else {
        return
      }
      Training.keepFreedMemory()
      let directory = try made(runs ?? ProgressFile.directory() + "/lab")
      var shared = try TrainingRecipe(path: try CourseRecipe.path(recipe))
      let heldOut = shared.heldOut
      shared.heldOut = ShapesDataset(
        count: scenes ?? heldOut.count, seed: heldOut.seed, size: heldOut.size)
      let budget = steps.map(LabBudget.steps) ?? .minutes(minutes ?? 2)
      shared.steps = try budget.steps(of: shared, directory: directory)
      let plan = LabPlan(
        table, seeds: seeds, recipe: shared, starts: try starts(table, start), start: start,
        minutes: steps == nil ? minutes ?? 2 : nil)
      let lab = try Lab(
        plan, directory: directory, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount)
      let output = LabOutput(path: try outputPath())
      let interrupt = Interrupt()
      output.say(
        "table \(number), \(table.title): \(shared.steps) steps a run, kept in \(directory)")
      let results = try lab.run(isStopWanted: interrupt.question) { output.show($0) }
      try output.write(results)
      output.say(
        results.isComplete
          ? "written to \(output.path)"
          : interrupt.isWanted
            ? "stopped; the same command goes on. What is finished is in \(output.path)"
            : "some runs could not be finished; what is there is in \(output.path)")
      print(results.markdown, terminator: "")
      if !results.isComplete && !interrupt.isWanted { throw ExitCode.failure }
    }

    /// Where the weights to begin with are: as given, or those of the course.
    private func starts(_ table: LabTable, _ start: LabStart) throws -> LabStarts {
      let models = try LessonsDirectory.locate().lessons + "/models"
      func found(_ wanted: LabStart, _ given: String?, _ option: String, _ name: String) throws
        -> String?
      {
        if let given { return given }
        let path = "\(models)/\(name)"
        if FileManager.default.fileExists(atPath: path) { return path }
        guard start == wanted || (table == .starts && wanted != .context) else { return nil }
        throw ValidationError(
          "the course has no weights for the start “\(wanted.rawValue)”; make them with "
            + "vitdet train \(name) and name their directory with \(option)"
            + (table == .starts ? "" : ", or begin with --start random"))
      }
      return LabStarts(
        classified: try found(.classified, classified, "--classified", "tiny-classify"),
        mae: try found(.mae, mae, "--mae", "tiny-mae"),
        context: try found(.context, context, "--context", "tiny-context"))
    }

    private func outputPath() throws -> String {
      if let out { return out }
      guard FileManager.default.fileExists(atPath: "lessons") else {
        throw ValidationError("there is no folder “lessons” here; say with --out what to write")
      }
      return try made("lessons/results") + "/table-\(number).json"
    }

    private func made(_ directory: String) throws -> String {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
      return directory
    }
  }
}
