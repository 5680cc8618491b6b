import Glibc
internal import ViTDetMini

/// The results of a class: what learners handed in, merged, and the tables made from it.
///
/// `learners/` has one progress file for each learner, `names.csv` says who they are, and `attempts.csv`, `learners.csv` and
/// `items.csv` are made anew at every collection. Collecting is a union of sets, so neither the order of the files nor how
/// often they come changes anything.
public struct ClassFolder: Sendable {
  /// Where it is.
  public let path: String

  /// Names a folder; nothing is read or made yet.
  public init(path: String) { self.path = path }

  /// What a collection came to.
  public struct Report: Sendable {
    /// The learners in the tables now.
    public var learners = 0
    /// Their answers.
    public var answers = 0
    /// What was of no use, a line each, with file and line number.
    public var faults: [String] = []
    /// The files of which nothing could be used.
    public var unusable: [String] = []
  }

  /// Learners that are worked on at once; their events are in memory.
  private static let batch = 16

  private var kept: String { "\(path)/learners" }

  /// Merges files into the folder and makes the tables.
  ///
  /// - Parameters:
  ///   - files: Progress files, in any order, any number of times.
  ///   - usesPseudonyms: Whether names and paths are kept out of the folder, also those that it has from before.
  /// - Returns: What came of it.
  /// - Throws: `DataError` if the folder cannot be read or written.
  public func collect(_ files: [String], usesPseudonyms: Bool) throws -> Report {
    try makeDirectories()
    // Two collections at once would each miss what the other adds.
    let lock = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if lock >= 0 { close(lock) } }
    if lock >= 0 { flock(lock, LOCK_EX) }

    var report = Report()
    var handedIn = group(files.map { HandedInFile(path: $0) }, &report)
    let names = try LearnerNames(
      folder: path, usesPseudonyms: usesPseudonyms,
      adding: handedIn.mapValues { $0.map(\.label) })
    for id in try keptLearners() where handedIn[id] == nil { handedIn[id] = [] }

    let attempts = try table("attempts", LearnerTally.attemptColumns)
    let learners = try table("learners", LearnerTally.learnerColumns)
    var items = ItemStatistics()
    let order = handedIn.sorted { $0.key < $1.key }
    for start in stride(from: 0, to: order.count, by: Self.batch) {
      let batch = Array(order[start..<min(start + Self.batch, order.count)])
      for result in parallelMap(batch, { id, files in Result { try merge(id, files) } }) {
        let (tally, faults) = try result.get()
        let name = names[tally.id]
        report.faults += faults
        for row in tally.attemptRows(name: name) {
          try attempts.write(CSV.line(row).utf8)
          report.answers += 1
        }
        try learners.write(CSV.line(tally.learnerRow(name: name)).utf8)
        items.add(tally)
        report.learners += 1
      }
    }
    let questions = try table("items", ItemStatistics.columns)
    for row in items.rows { try questions.write(CSV.line(row).utf8) }
    try names.write()
    for file in [attempts, learners, questions] { try file.commit() }
    return report
  }

  /// The files by learner; those that belong to nobody are told.
  private func group(_ files: [HandedInFile], _ report: inout Report) -> [LearnerID: [HandedInFile]]
  {
    let owners = parallelMap(files) { file -> (id: LearnerID?, faults: [String]) in
      do throws(FileError) {
        if let id = try file.learner() { return (id, []) }
        let faults = try file.forEachEvent { _ in true }
        return (nil, ["\(file.path): has no event of a learner"] + faults.lines(file.path))
      } catch {
        return (nil, ["\(file.path): \(error.reason)"])
      }
    }
    var groups: [LearnerID: [HandedInFile]] = [:]
    for (file, owner) in zip(files, owners) {
      if let id = owner.id {
        if groups[id]?.contains(file) != true { groups[id, default: []].append(file) }
      } else {
        report.unusable.append(file.path)
        report.faults += owner.faults
      }
    }
    return groups
  }

  /// What a learner handed in before and now, kept.
  private func merge(
    _ id: LearnerID, _ files: [HandedInFile]
  ) throws -> (tally: LearnerTally, faults: [String]) {
    let own = "\(kept)/\(id.text).jsonl"
    let before = access(own, F_OK) == 0 ? [HandedInFile(path: own)] : []
    let events = LearnerEvents(id, files: before + files)
    if !files.isEmpty { try events.write(to: own) }
    return (LearnerTally(events), events.faults)
  }

  private func keptLearners() throws -> [LearnerID] {
    do {
      return try listDirectory(kept).compactMap { name in
        name.hasSuffix(".jsonl") ? LearnerID(String(name.dropLast(".jsonl".count))) : nil
      }
    } catch {
      throw DataError("\(error.path): cannot be read: \(error.reason)")
    }
  }

  private func table(_ name: String, _ columns: [String]) throws(DataError) -> ReplacedFile {
    let file = try ReplacedFile(path: "\(path)/\(name).csv")
    try file.write(CSV.line(columns).utf8)
    return file
  }

  private func makeDirectories() throws(DataError) {
    for directory in [path, kept] where mkdir(directory, 0o777) != 0 && errno != EEXIST {
      throw DataError("\(directory): cannot be made: \(systemReason())")
    }
    var status = stat()
    guard stat(kept, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw DataError("\(kept): is no directory")
    }
  }
}
