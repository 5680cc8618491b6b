/// What checking a path comes to: a lessons directory, or one chapter's file.
public struct CheckReport: Sendable {
  /// Everything that is wrong, by file and line.
  public var problems: [LessonError] = []
  /// The number of chapter files that were looked at.
  public var chapters = 0

  /// Checks a lessons directory, or a file inside one, or a file by itself.
  ///
  /// - Throws: when the directory has no readable `course.yaml`.
  public init(path: String, check: CourseCheck) throws(LessonError) {
    var path = path[...]
    while path.count > 1, path.last == "/" { path.removeLast() }
    guard path.hasSuffix(".md") else {
      let course = try Course.load(from: String(path))
      problems = check.problems(in: course)
      chapters = course.entries.count * Language.allCases.count
      return
    }
    chapters = 1
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let directory =
      parts.count > 2 ? parts.dropLast(2).joined(separator: "/") : parts.count == 2 ? "." : ".."
    // Inside a course the chapter is compared with its translation and with the catalogue.
    if let course = try? Course.load(from: directory) {
      let tail = parts.suffix(2).joined(separator: "/")
      problems = check.problems(in: course).filter { $0.file.hasSuffix(tail) }
      let id = parts.last.flatMap { Course.chapterID(ofFile: String($0))?.id }
      if id.flatMap({ course[$0] }) != nil { return }
    }
    do {
      let text = try LessonText.read(String(path), as: String(path))
      let language: Language = parts.dropLast().last == "zh" ? .zh : .en
      let chapter = try ChapterParser.parse(text, language: language)
      problems = check.problems(in: chapter, misconceptions: nil)
    } catch {
      problems = error.all
    }
  }
}
