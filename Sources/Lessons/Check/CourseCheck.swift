/// Proves a course: what `vitdet check` reports, and what the tests of the content run.
public struct CourseCheck: Sendable {
  /// The facts of a preset under the settings of some knobs; nil for a preset that does not exist.
  public typealias Facts =
    @Sendable (_ model: String, _ knobs: [String: Value]) -> (any Environment)?

  /// What is clipped or missing when a step is drawn: one sentence for each fault.
  public typealias Rendering = @Sendable (_ chapter: Chapter, _ step: Step) -> [String]

  let facts: Facts
  let laboratory: Laboratory?
  let source: SourceIndex?
  let rendering: Rendering?

  /// Creates a check.
  ///
  /// - Parameters:
  ///   - facts: what expressions read.
  ///   - laboratory: where each figure is computed once; without it only names and knobs are compared.
  ///   - source: where `{source}` windows look; without it they are not followed.
  ///   - rendering: draws a step at every size and says what does not fit; without it nothing is drawn.
  public init(
    facts: @escaping Facts, laboratory: Laboratory? = nil, source: SourceIndex? = nil,
    rendering: Rendering? = nil
  ) {
    self.facts = facts
    self.laboratory = laboratory
    self.source = source
    self.rendering = rendering
  }

  /// The check over the real model.
  public init(
    laboratory: Laboratory, source: SourceIndex? = nil, rendering: Rendering? = nil
  ) {
    self.init(
      facts: { model, knobs in
        ModelFacts.presets[model].map {
          ModelFacts(configuration: $0, knobs: knobs, laboratory: laboratory)
        }
      }, laboratory: laboratory, source: source, rendering: rendering)
  }

  /// Everything that is wrong with a course, by file and line.
  public func problems(in course: Course) -> [LessonError] {
    var problems = course.problems
    for entry in course.entries {
      for language in Language.allCases {
        problems += entry[language].errors
        guard let chapter = entry[language].chapter else { continue }
        problems += self.problems(in: chapter, misconceptions: course.misconceptions[language])
        problems += needs(of: chapter, in: course)
      }
      if let original = entry[.en].chapter, let translation = entry[.zh].chapter {
        problems += TranslationCheck(original: original, translation: translation).problems()
      }
    }
    problems += catalogueFaults(of: course)
    var seen: Set<LessonError> = []
    return problems.filter { seen.insert($0).inserted }.sorted {
      ($0.file, $0.line, $0.column, $0.message) < ($1.file, $1.line, $1.column, $1.message)
    }
  }

  /// Everything that is wrong with one chapter by itself.
  ///
  /// - Parameters:
  ///   - chapter: the chapter.
  ///   - misconceptions: the catalogue of its language; nil leaves the tags unchecked.
  /// - Returns: the faults; empty for a sound chapter.
  public func problems(
    in chapter: Chapter, misconceptions: [String: Misconception]?
  ) -> [LessonError] {
    guard facts(chapter.model, [:]) != nil else {
      return [
        chapter.error(
          1, 1, "there is no preset '\(chapter.model)'",
          "the presets are \(ModelFacts.presets.keys.sorted().joined(separator: ", "))")
      ]
    }
    var problems: [LessonError] = []
    for step in chapter.steps {
      problems += expressions(in: step, of: chapter)
      problems += figures(in: step, of: chapter)
      if let item = step.question {
        problems += self.problems(
          with: item, in: step, of: chapter, misconceptions: misconceptions)
      }
      problems += load(of: step, in: chapter)
      problems += notes(of: step, in: chapter)
      if let source { problems += sources(in: step, of: chapter, index: source) }
      // A step whose numbers are wrong would only repeat its faults when it is drawn.
      if problems.isEmpty, let rendering {
        problems += rendering(chapter, step).map { chapter.error(step.line, 1, $0) }
      }
    }
    return problems + times(of: chapter)
  }

  /// The facts that a step's words read while a figure is beside them.
  func environment(
    of chapter: Chapter, _ figure: FigureSpec?, settings: [String: String]? = nil
  ) -> (any Environment)? {
    var knobs = (settings ?? figure?.startSettings ?? [:]).mapValues(knobValue)
    if let focus = figure?.focus, let plain = facts(chapter.model, knobs),
      let value = try? focus.evaluate(in: plain)
    {
      knobs["focus"] = value
    } else {
      knobs["focus"] = .token(Token(row: 0, column: 0))
    }
    return facts(chapter.model, knobs)
  }

  private func sources(
    in step: Step, of chapter: Chapter, index: SourceIndex
  ) -> [LessonError] {
    step.blocks.compactMap { block in
      guard case .source(let spec) = block, index.declaration(named: spec.symbol) == nil else {
        return nil
      }
      return chapter.error(
        spec.line, 13, "ViTDetMini declares no '\(spec.symbol)'",
        "write a declaration's name, or Type.name")
    }
  }

  /// Text before the learner acts is at most this long, in lines of 48 columns.
  static let maximumProseLines = 14

  private func load(of step: Step, in chapter: Chapter) -> [LessonError] {
    var lines = 0
    for case .prose(let prose) in step.blocks {
      lines += ProseMeasure.lines(of: prose, columns: 48)
    }
    guard lines > Self.maximumProseLines else { return [] }
    return [
      chapter.error(
        step.line, 1, "the step has \(lines) lines of prose at 48 columns",
        "at most \(Self.maximumProseLines); cut it, or begin a new {step}")
    ]
  }

  private func needs(of chapter: Chapter, in course: Course) -> [LessonError] {
    var problems: [LessonError] = []
    for need in chapter.needs where course[need] == nil {
      problems.append(chapter.error(5, 1, "there is no chapter '\(need)' to need"))
    }
    if prerequisites(of: chapter.id, in: course).contains(chapter.id) {
      problems.append(
        chapter.error(5, 1, "'\(chapter.id)' needs itself, by way of other chapters"))
    }
    return problems
  }

  /// Everything that has to come before a chapter; contains the chapter itself only in a circle.
  private func prerequisites(of id: String, in course: Course) -> Set<String> {
    var found: Set<String> = []
    var pending = [id]
    while let next = pending.popLast() {
      let entry = course[next]
      let chapter = entry?[.en].chapter ?? entry?[.zh].chapter
      for need in chapter?.needs ?? [] where found.insert(need).inserted { pending.append(need) }
    }
    return found
  }
}

extension Chapter {
  /// An error at a place in the chapter's file.
  func error(_ line: Int, _ column: Int, _ message: String, _ suggestion: String? = nil)
    -> LessonError
  {
    text?.error(line, column, message, suggestion)
      ?? LessonError(
        file: file, line: line, column: column, message: message, suggestion: suggestion)
  }
}
