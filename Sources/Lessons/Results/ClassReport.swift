internal import TUI
internal import ViTDetMini

/// The tables of a class as a text to read: for each question its first tries and a histogram of the rules that were followed, then
/// the learners.
public struct ClassReport: Sendable {
  private let items: [[String: String]]
  private let learners: [[String: String]]

  /// More than any class's tables have.
  private static let mostBytes = 64 << 20
  /// The longest bar, in columns.
  private static let longestBar = 30

  /// Reads a folder that `class collect` made.
  ///
  /// - Throws: `DataError` if a table is missing or is not one of a class.
  public init(folder: String) throws {
    items = try Self.table("\(folder)/items.csv", columns: ItemStatistics.columns)
    learners = try Self.table("\(folder)/learners.csv", columns: LearnerTally.learnerColumns)
  }

  private static func table(
    _ path: String, columns: [String]
  ) throws(DataError) -> [[String: String]] {
    do {
      let rows = CSV.rows(String(decoding: try readFile(path, limit: mostBytes), as: UTF8.self))
      guard rows.first == columns else {
        throw DataError("\(path): is no table of a class; “vitdet class collect” makes it")
      }
      return rows.dropFirst().map { row in
        Dictionary(uniqueKeysWithValues: zip(columns, row + columns.map { _ in "" }))
      }
    } catch let error as FileError {
      throw DataError("\(path): cannot be read: \(error.reason); “vitdet class collect” makes it")
    } catch let error as DataError {
      throw error
    } catch {
      throw DataError("\(path): \(error)")
    }
  }

  /// The report, a line each.
  ///
  /// - Parameters:
  ///   - language: The language of its own words.
  ///   - isASCII: Whether bars are drawn with ASCII.
  /// - Returns: A line for each question, a bar for each rule below it, then the learners.
  public func lines(_ language: Language, isASCII: Bool) -> [String] {
    let title = Localized(
      "\(learners.count) learners, \(items.count) questions",
      "\(learners.count) 名学员，\(items.count) 道题")
    return [title[language], ""] + items.flatMap { item($0, language, isASCII) }
      + learnerLines(language, isASCII)
  }

  private func item(
    _ row: [String: String], _ language: Language, _ isASCII: Bool
  ) -> [String] {
    let (count, right) = (row["learners"] ?? "", Int(row["first_try_right"] ?? "") ?? 0)
    let discrimination = row["discrimination"] ?? ""
    var title = Localized(
      "\(row["item"] ?? ""): \(count) learners, first try right \(right)",
      "\(row["item"] ?? "")：\(count) 人作答，首次答对 \(right) 人")[language]
    if !discrimination.isEmpty {
      title += Localized(", discrimination \(discrimination)", "，区分度 \(discrimination)")[language]
    }
    var bars = [(Localized("right", "答对")[language], right)]
    bars += (row["misconceptions"] ?? "").split(separator: "; ").compactMap { part in
      guard let cut = part.lastIndex(of: "="), let count = Int(part[part.index(after: cut)...])
      else { return nil }
      return (String(part[..<cut]), count)
    }
    let most = max(1, bars.map(\.1).max() ?? 1)
    let glyphs = isASCII ? Glyphs.ascii : Glyphs.unicode
    return [title]
      + bars.map { name, count in
        let length = count == 0 ? 0 : max(1, count * Self.longestBar / most)
        let bar = String(repeating: isASCII ? "#" : "█", count: length)
        return "  \(glyphs.padded(name, to: 28)) \(glyphs.padded(String(count), to: 5)) \(bar)"
      } + [""]
  }

  private func learnerLines(_ language: Language, _ isASCII: Bool) -> [String] {
    guard !learners.isEmpty else { return [] }
    return [Localized("Learners", "学员")[language]]
      + learners.map { row in
        let words = Localized(
          "\(row["items"] ?? "") questions, first try right \(row["first_try_right"] ?? ""), "
            + "don't know \(row["dont_know"] ?? "")",
          "作答 \(row["items"] ?? "") 题，首次答对 \(row["first_try_right"] ?? "") 题，"
            + "选“不知道” \(row["dont_know"] ?? "") 次")
        return
          "  \((isASCII ? Glyphs.ascii : .unicode).padded(row["learner"] ?? "", to: 28)) \(words[language])"
      }
  }
}
