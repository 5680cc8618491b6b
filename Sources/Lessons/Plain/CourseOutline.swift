/// What `vitdet list` tells: the chapters of the course, in order.
public struct CourseOutline: Sendable, Hashable, Codable {
  /// One chapter in one language.
  public struct Chapter: Sendable, Hashable, Codable {
    /// The number in the table of contents.
    public var number: Int
    /// The identifier.
    public var id: String
    /// The title in the language, or the identifier if the chapter is not available.
    public var title: String
    /// The planned time.
    public var minutes: Int
    /// The chapters that should come first.
    public var needs: [String]
    /// The number of steps.
    public var steps: Int
    /// The number of questions.
    public var questions: Int
    /// What a learner can do afterwards.
    public var objectives: [String]
    /// Why the chapter cannot be shown; absent when it can.
    public var unavailable: String?
  }

  /// The language of the titles.
  public var language: String
  /// The chapters.
  public var chapters: [Chapter]

  /// Outlines a course.
  public init(_ course: Course, language: Language) {
    self.language = language.rawValue
    chapters = course.entries.map { entry in
      let chapter = entry[language].chapter
      return Chapter(
        number: entry.number, id: entry.id, title: entry.title(language),
        minutes: chapter?.minutes ?? 0, needs: chapter?.needs ?? [],
        steps: chapter?.steps.count ?? 0,
        questions: chapter?.steps.count { $0.question != nil } ?? 0,
        objectives: chapter?.objectives ?? [],
        unavailable: entry[language].errors.first?.summary)
    }
  }

  /// One line a chapter.
  public var lines: [String] {
    let language = Language(rawValue: language) ?? .en
    return chapters.map { chapter in
      let head = "\(chapter.number)  \(chapter.id)  \(chapter.title)"
      if let reason = chapter.unavailable {
        return "\(head)  \(Localized("unavailable", "无法打开")[language]): \(reason)"
      }
      switch language {
      case .en:
        return
          "\(head)  (\(chapter.minutes) min, \(chapter.steps) steps, \(chapter.questions) questions)"
      case .zh:
        return "\(head)（\(chapter.minutes) 分钟，\(chapter.steps) 步，\(chapter.questions) 题）"
      }
    }
  }
}
