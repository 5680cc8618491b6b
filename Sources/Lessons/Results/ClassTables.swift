internal import ViTDetMini

/// The tables that `class collect` made of a class, read back.
public struct ClassTables: Sendable {
  /// A row of `items.csv`.
  struct Question: Sendable {
    var chapter: String
    var item: String
    /// Those who answered.
    var learners: Int
    /// Of these, who was right at the first try.
    var right: Int
    /// Who was right in the end.
    var solved: Int
    var attempts: Int
    var withHints: Int
    /// First tries by how sure the learner was, and how many of them were right.
    var sure: [(level: Confidence, count: Int, right: Int)]
    /// How well the question tells learners apart; nil with too few of them.
    var discrimination: Double?
    /// The wrong rules that first tries followed, the most frequent first.
    var wrong: [(name: String, count: Int)]

    /// Those who left their first try open.
    var dontKnow: Int { max(learners - right - wrong.reduce(0) { $0 + $1.count }, 0) }
    /// The share of first tries that were right, 0…1.
    var share: Double { learners > 0 ? Double(right) / Double(learners) : 0 }
  }

  /// A row of `learners.csv`.
  struct Learner: Sendable {
    var name: String
    var firstSeen: String
    var lastSeen: String
    var language: String
    var sessions: Int
    var chapters: Int
    var steps: Int
    /// The questions answered.
    var items: Int
    /// Of these, right at the first try.
    var right: Int
    var solved: Int
    var attempts: Int
    var dontKnow: Int
    var withHints: Int
    /// First tries of which the learner was certain, and how many of these were right.
    var certain: Int
    var certainRight: Int

    /// The share of first tries that were right, 0…1.
    var share: Double { items > 0 ? Double(right) / Double(items) : 0 }
  }

  /// The questions that somebody answered, by chapter and name.
  var questions: [Question] = []
  /// The learners.
  var learners: [Learner] = []

  /// More than any class's tables have.
  private static let mostBytes = 64 << 20

  /// Reads a folder that `class collect` made.
  ///
  /// - Parameter folder: The folder's path.
  /// - Throws: `DataError` if a table is missing, is not one of a class, or is damaged; with the row.
  public init(folder: String) throws {
    for row in try Self.table("\(folder)/items.csv", columns: ItemStatistics.columns) {
      questions.append(try Question(row))
    }
    for row in try Self.table("\(folder)/learners.csv", columns: LearnerTally.learnerColumns) {
      learners.append(try Learner(row))
    }
  }

  private static func table(_ path: String, columns: [String]) throws(DataError) -> [ClassRow] {
    do {
      let text = String(decoding: try readFile(path, limit: mostBytes), as: UTF8.self)
      let rows = CSV.rows(text)
      guard rows.first == columns, rows.count > 1 || text.hasSuffix("\n") else {
        throw DataError("\(path): is no table of a class; “vitdet class collect” makes it")
      }
      let last = rows.count
      return try rows.enumerated().dropFirst().map { index, cells in
        let row = ClassRow(path: path, number: index + 1, columns: columns, cells: cells)
        // A table that was cut off anywhere in a row lacks at least the end of its last line.
        guard cells.count == columns.count, index + 1 < last || text.hasSuffix("\n") else {
          throw row.damaged("is not whole")
        }
        return row
      }
    } catch let error as FileError {
      throw DataError("\(path): cannot be read: \(error.reason); “vitdet class collect” makes it")
    } catch let error as DataError {
      throw error
    } catch {
      throw DataError("\(path): \(error)")
    }
  }
}

/// A row of a class's table, and where it stands.
private struct ClassRow {
  let path: String
  let number: Int
  let cells: [String: String]

  init(path: String, number: Int, columns: [String], cells: [String]) {
    self.path = path
    self.number = number
    // Names come from strangers, and nothing in them may act on a terminal or turn its lines around.
    let shown = cells.map { cell in
      String(String.UnicodeScalarView(cell.unicodeScalars.map { isInvisible($0) ? "?" : $0 }))
    }
    self.cells = Dictionary(zip(columns, shown)) { first, _ in first }
  }

  func damaged(_ fault: String) -> DataError {
    DataError("\(path): row \(number) \(fault); “vitdet class collect” makes the table anew")
  }

  func text(_ column: String) -> String { cells[column] ?? "" }

  /// A number of people or acts; the bound keeps sums of them far from overflow.
  func count(_ column: String) throws(DataError) -> Int {
    guard let count = Int(text(column)), (0...1_000_000_000).contains(count) else {
      throw damaged("has no count in “\(column)”")
    }
    return count
  }
}

extension ClassTables.Question {
  fileprivate init(_ row: ClassRow) throws(DataError) {
    (chapter, item) = (row.text("chapter"), row.text("item"))
    (learners, right) = (try row.count("learners"), try row.count("first_try_right"))
    (solved, attempts) = (try row.count("solved"), try row.count("attempts"))
    withHints = try row.count("learners_with_hints")
    sure = []
    for level in Confidence.allCases {
      let right = try row.count(level.rawValue + "_right")
      sure.append((level, try row.count(level.rawValue), right))
    }
    discrimination = Double(row.text("discrimination"))
    wrong = []
    for part in row.text("misconceptions").split(separator: "; ") {
      guard let cut = part.lastIndex(of: "="), let count = Int(part[part.index(after: cut)...]),
        (0...learners).contains(count)
      else { throw row.damaged("has no counts in “misconceptions”") }
      wrong.append((String(part[..<cut]), count))
    }
    guard right <= learners else { throw row.damaged("has more right answers than learners") }
  }
}

extension ClassTables.Learner {
  fileprivate init(_ row: ClassRow) throws(DataError) {
    (name, language) = (row.text("learner"), row.text("language"))
    (firstSeen, lastSeen) = (row.text("first_seen"), row.text("last_seen"))
    (sessions, chapters) = (try row.count("sessions"), try row.count("chapters"))
    (steps, items) = (try row.count("steps"), try row.count("items"))
    (right, solved) = (try row.count("first_try_right"), try row.count("solved"))
    (attempts, dontKnow) = (try row.count("attempts"), try row.count("dont_know"))
    withHints = try row.count("items_with_hints")
    (certain, certainRight) = (try row.count("certain"), try row.count("certain_right"))
    guard right <= items else { throw row.damaged("has more right answers than questions") }
  }
}
