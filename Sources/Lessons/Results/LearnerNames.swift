import Glibc
internal import ViTDetMini

/// What the learners of a class are called in its tables.
struct LearnerNames {
  private let path: String
  private let usesPseudonyms: Bool
  /// Every name that a learner's files ever had.
  private var names: [LearnerID: Set<String>] = [:]
  /// Names that belong to more than one learner.
  private var shared: Set<String> = []

  /// More than any class has; what is larger was not written by this program.
  private static let mostBytes = 16 << 20

  /// Reads the names that a folder knows and adds others.
  ///
  /// - Throws: `DataError` if there are names that cannot be read.
  init(
    folder: String, usesPseudonyms: Bool, adding labels: [LearnerID: [String]] = [:]
  ) throws(DataError) {
    path = "\(folder)/names.csv"
    self.usesPseudonyms = usesPseudonyms
    guard !usesPseudonyms else { return }
    if access(path, F_OK) == 0 {
      do {
        let bytes = try readFile(path, limit: Self.mostBytes)
        for row in CSV.rows(String(decoding: bytes, as: UTF8.self)) where row.count == 2 {
          if let id = LearnerID(row[0]) { names[id, default: []].insert(row[1]) }
        }
      } catch {
        throw DataError("\(path): cannot be read: \(error.reason)")
      }
    }
    for (id, labels) in labels { names[id, default: []].formUnion(labels) }
    let firsts = names.values.compactMap { $0.min() }
    shared = Set(Dictionary(grouping: firsts) { $0 }.filter { $0.value.count > 1 }.keys)
  }

  /// The name of a learner: the first by the alphabet, so that it does not depend on which file came first.
  subscript(id: LearnerID) -> String {
    guard let name = names[id]?.min() else { return id.pseudonym }
    return shared.contains(name) ? "\(name) (\(id.text.prefix(6)))" : name
  }

  /// Keeps the names, or takes them away where there are to be none.
  ///
  /// - Throws: `DataError` if the file cannot be written or removed.
  func write() throws(DataError) {
    if usesPseudonyms {
      guard unlink(path) == 0 || errno == ENOENT else {
        throw DataError("\(path): cannot be removed: \(systemReason())")
      }
      return
    }
    let rows = names.sorted { $0.key < $1.key }.flatMap { id, names in
      names.sorted().map { CSV.line([id.text, $0]) }
    }
    try FileBytes.write(Array((CSV.line(["id", "name"]) + rows.joined()).utf8), to: path)
  }
}
