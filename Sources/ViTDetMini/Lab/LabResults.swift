/// A table of the paper in miniature as it was measured: the content of `lessons/results/table-N.json`.
///
/// The file holds what was measured and nothing that follows from it; means, differences and trends are computed here.
/// All AP in the file is from 0 to 1, as COCO's tools give it, and in points in what is computed.
///
///     {"format": 1, "table": 1, "steps": 400, "batch": 4, "scenes": 200, "seeds": 3, "minutes": 2,
///      "start": "mae", "settings": {"learning_rate": 0.0008, …},
///      "runs": [{"pyramid": "none", "propagation": "even", "start": "mae", "seed": 1,
///                "bbox": {"AP": 0.21, …}, "segm": {…}, "classes": {"disc": 0.3, …}, "step_milliseconds": 210}]}
public struct LabResults: Sendable, Hashable {
  /// Which table it is.
  public let table: LabTable
  /// The training steps of each run.
  public let steps: Int
  /// The pictures of a step.
  public let batch: Int
  /// The scenes that AP was measured on; none was learned from.
  public let scenes: Int
  /// The number of seeds that were asked for.
  public let seeds: Int
  /// The minutes of processor time that the number of steps was made of, if it was not given.
  public let minutes: Double?
  /// What the rows of tables 1 and 2 begin with; nil for table 4, whose rows differ in it.
  public let start: LabStart?
  /// The training's settings by their names in a recipe.
  let settings: [String: JSONValue]
  /// What was measured, by seed and row; a table that was not finished lacks some.
  public let runs: [LabRun]

  /// More runs than any table has; a file with more is broken.
  private static let mostRuns = 10_000
  private static let format = 1

  init(
    table: LabTable, steps: Int, batch: Int, scenes: Int, seeds: Int, minutes: Double?,
    start: LabStart?, settings: [String: JSONValue], runs: [LabRun]
  ) {
    self.start = start
    self.table = table
    self.steps = steps
    self.batch = batch
    self.scenes = scenes
    self.seeds = seeds
    self.minutes = minutes
    self.settings = settings
    self.runs = runs
  }

  /// Reads a file that the lab wrote.
  ///
  /// - Parameter path: Where it is.
  /// - Throws: `CheckpointError` that names the file and the fault.
  public init(path: String) throws(CheckpointError) {
    let file = try ConfigurationFile(path: path)
    guard try file.int("format") == Self.format else { throw file.fault("format", "1") }
    guard let table = LabTable(rawValue: try file.int("table")) else {
      throw file.fault("table", "1, 2 or 4")
    }
    self.table = table
    steps = try file.int("steps")
    batch = try file.int("batch")
    scenes = try file.int("scenes")
    seeds = try file.int("seeds")
    for (key, value) in [("steps", steps), ("batch", batch), ("scenes", scenes), ("seeds", seeds)] {
      guard value > 0 else { throw file.fault(key, "positive") }
    }
    minutes = file.keys.contains("minutes") ? try file.double("minutes") : nil
    if table == .starts {
      start = nil
    } else {
      guard let known = LabStart(rawValue: try file.string("start", "mae")) else {
        throw file.fault("start", LabStart.allCases.map(\.rawValue).joined(separator: " or "))
      }
      start = known
    }
    settings = try file.members("settings")
    let objects = try file.objects("runs")
    guard objects.count <= Self.mostRuns else {
      throw file.fault("runs", "at most \(Self.mostRuns) runs")
    }
    var runs: [LabRun] = []
    var known: Set<String> = []
    let start = start
    let variants = Set(table.rows.map { $0.variant(beginning: start).key })
    for object in objects {
      let run = try LabRun(object)
      guard variants.contains(run.variant.key) else {
        throw object.fault("variant", "a row of table \(table.rawValue), not \(run.variant.key)")
      }
      guard known.insert("\(run.variant.key) \(run.seed)").inserted else {
        throw object.fault("seed", "another one: \(run.variant.key) has two runs of it")
      }
      runs.append(run)
    }
    self.runs = runs
  }

  /// Writes the file, replacing an older one only when the new one is complete.
  ///
  /// - Parameter path: Where; its directory is there.
  /// - Throws: `CheckpointError` if the system refuses.
  public func write(to path: String) throws(CheckpointError) {
    var members: [String: JSONValue] = [
      "format": .int(Self.format), "table": .int(table.rawValue), "steps": .int(steps),
      "batch": .int(batch), "scenes": .int(scenes), "seeds": .int(seeds),
      "settings": .object(settings), "runs": .array(runs.map(\.json)),
    ]
    if let minutes { members["minutes"] = .number(minutes) }
    if let start { members["start"] = .string(start.rawValue) }
    try Self.write(JSONValue.object(members).text() + "\n", to: path)
  }

  /// Writes ``markdown``.
  ///
  /// - Parameter path: Where; its directory is there.
  /// - Throws: `CheckpointError` if the system refuses.
  public func writeMarkdown(to path: String) throws(CheckpointError) {
    try Self.write(markdown, to: path)
  }

  private static func write(_ text: String, to path: String) throws(CheckpointError) {
    do throws(DataError) {
      try FileBytes.write(Array(text.utf8), to: path)
    } catch {
      throw CheckpointError(path, error.description)
    }
  }

  /// Whether every row has all its seeds.
  public var isComplete: Bool { table.rows.allSatisfy { runs(of: $0).count >= seeds } }

  /// The runs of a row, by seed.
  public func runs(of row: LabTable.Row) -> [LabRun] {
    let variant = row.variant(beginning: start)
    return runs.filter { $0.variant == variant }.sorted { $0.seed < $1.seed }
  }
}
