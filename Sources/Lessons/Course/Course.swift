/// The whole course as its directory says it, in both languages.
///
/// One broken file never takes the rest away: its chapter is unavailable in its language, with the reason.
public struct Course: Sendable {
  /// A chapter in one language, or why it cannot be shown.
  public enum Availability: Sendable {
    case available(Chapter)
    case unavailable([LessonError])

    /// The chapter, if there is one.
    public var chapter: Chapter? { if case .available(let chapter) = self { chapter } else { nil } }

    /// What is wrong, if something is.
    public var errors: [LessonError] {
      if case .unavailable(let errors) = self { errors } else { [] }
    }
  }

  /// A place in the course's order.
  public struct Entry: Sendable {
    /// The chapter's identifier.
    public var id: String
    /// The number that the chapter's file name begins with, as a table of contents shows it.
    public var number: Int
    /// The chapter in each language.
    public var languages: [Language: Availability]

    /// The chapter in one language.
    public subscript(language: Language) -> Availability {
      languages[language] ?? .unavailable([])
    }

    /// The title in a language, or in the other, or the identifier.
    public func title(_ language: Language) -> String {
      self[language].chapter?.title ?? self[language.other].chapter?.title ?? id
    }
  }

  /// The chapters in the order of `course.yaml`.
  public var entries: [Entry]
  /// The catalogue of wrong rules in each language, by name.
  public var misconceptions: [Language: [String: Misconception]]
  /// The catalogues' files, which errors quote.
  var catalogues: [Language: LessonText] = [:]
  /// What is wrong outside the chapters.
  public var problems: [LessonError]

  /// The place of a chapter.
  public subscript(id: String) -> Entry? { entries.first { $0.id == id } }

  /// A chapter in a language, if it can be shown.
  public func chapter(_ id: String, _ language: Language) -> Chapter? {
    self[id]?[language].chapter
  }

  /// Takes the chapters away that something is wrong with, and keeps the reasons in their place.
  public mutating func withhold(_ faults: @Sendable (Chapter) -> [LessonError]) {
    entries = parallelMap(entries) { entry in
      var entry = entry
      for language in Language.allCases {
        guard let chapter = entry[language].chapter else { continue }
        let found = faults(chapter)
        if !found.isEmpty { entry.languages[language] = .unavailable(found) }
      }
      return entry
    }
  }

  /// Reads `course.yaml`, the chapters and the misconceptions of a `lessons` directory.
  ///
  /// - Parameters:
  ///   - directory: the path of the `lessons` directory.
  ///   - name: what errors call it; the path itself by default.
  /// - Returns: the course; a chapter that cannot be read is in it with the reason.
  /// - Throws: when there is no readable `course.yaml`; nothing else stops the course.
  public static func load(
    from directory: String, as name: String? = nil
  ) throws(LessonError) -> Course {
    let shown = name ?? directory
    let order: [String]
    do {
      order = try chapterOrder(.read("\(directory)/course.yaml", as: "\(shown)/course.yaml"))
    } catch {
      throw error.first
    }
    var course = Course(entries: [], misconceptions: [:], problems: [])
    var files: [Language: [String]] = [:]
    for language in Language.allCases {
      let folder = "\(language.rawValue)"
      do {
        files[language] = try listDirectory("\(directory)/\(folder)").filter { $0.hasSuffix(".md") }
      } catch {
        course.problems.append(
          LessonError(file: "\(shown)/\(folder)", line: 1, column: 1, message: error.reason))
      }
      let catalogue = "misconceptions.\(language.rawValue).md"
      do {
        let text = try LessonText.read("\(directory)/\(catalogue)", as: "\(shown)/\(catalogue)")
        let all = try MisconceptionsParser.parse(text)
        course.catalogues[language] = text
        course.misconceptions[language] = Dictionary(
          uniqueKeysWithValues: all.map { ($0.name, $0) })
      } catch {
        course.problems += error.all
      }
    }
    let folders = files
    course.entries = parallelMap(order) { id in
      entry(id, files: folders, directory: directory, shown: shown)
    }
    course.problems += strays(order: order, files: files, shown: shown)
    return course
  }

  private static func chapterOrder(_ text: LessonText) throws(LessonErrors) -> [String] {
    var errors: [LessonError] = []
    var fields = StrictYAML(text, lines: 0..<text.lines.count, errors: &errors)
    if fields.isReadable {
      if let format = fields.integer("format"), format != 1 {
        fields.errors.append(text.error(1, 1, "this program reads format 1, not \(format)"))
      }
      let order = fields.strings("chapters")
      fields.refuseTheRest()
      if Set(order).count != order.count {
        fields.errors.append(text.error(1, 1, "a chapter is listed twice", "list each once"))
      }
      errors += fields.errors
      if errors.isEmpty { return order }
    }
    throw LessonErrors(errors)
  }

  /// `03-windows.md` holds the chapter `windows`, so that a broken file still has its place in the course.
  private static func entry(
    _ id: String, files: [Language: [String]], directory: String, shown: String
  ) -> Entry {
    var entry = Entry(id: id, number: 0, languages: [:])
    for language in Language.allCases {
      let names = (files[language] ?? []).filter { chapterID(ofFile: $0)?.id == id }
      guard let name = names.first else {
        let file = "\(shown)/\(language.rawValue)"
        entry.languages[language] = .unavailable([
          LessonError(
            file: file, line: 1, column: 1, message: "there is no file NN-\(id).md",
            suggestion: "write it, or take '\(id)' out of course.yaml")
        ])
        continue
      }
      entry.number = chapterID(ofFile: name)?.number ?? 0
      entry.languages[language] = load(
        "\(directory)/\(language.rawValue)/\(name)", as: "\(shown)/\(language.rawValue)/\(name)",
        id: id, language: language)
    }
    return entry
  }

  private static func load(
    _ path: String, as name: String, id: String, language: Language
  ) -> Availability {
    do {
      let text = try LessonText.read(path, as: name)
      let chapter = try ChapterParser.parse(text, language: language)
      guard chapter.id == id else {
        return .unavailable([
          text.error(
            1, 1, "the file is named after '\(id)', its front matter after '\(chapter.id)'",
            "use one name for both")
        ])
      }
      return .available(chapter)
    } catch {
      return .unavailable(error.all)
    }
  }

  /// The number and the identifier in `03-windows.md`.
  static func chapterID(ofFile name: String) -> (number: Int, id: String)? {
    guard name.hasSuffix(".md"), let hyphen = name.firstIndex(of: "-"),
      let number = Int(name[..<hyphen]), number >= 0
    else { return nil }
    return (number, String(name[name.index(after: hyphen)...].dropLast(3)))
  }

  private static func strays(
    order: [String], files: [Language: [String]], shown: String
  ) -> [LessonError] {
    var result: [LessonError] = []
    for (language, names) in files.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      for name in names where !order.contains(chapterID(ofFile: name)?.id ?? "") {
        result.append(
          LessonError(
            file: "\(shown)/\(language.rawValue)/\(name)", line: 1, column: 1,
            message: "the file belongs to no chapter of course.yaml",
            suggestion: "name it NN-id.md and list the id"))
      }
    }
    return result
  }
}
