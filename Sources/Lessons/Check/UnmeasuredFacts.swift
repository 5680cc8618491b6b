/// The facts of a preset with stand-ins for what only a run of the model can tell.
///
/// Opening the course evaluates every expression once, to find those that can have no value; waiting for the model then
/// would delay the first screen for nothing.
struct UnmeasuredFacts: Environment {
  let facts: ModelFacts

  func value(of name: String) -> Value? { facts.value(of: name) }

  func call(_ name: String, _ arguments: [Value]) throws -> Value? {
    do {
      return try facts.call(name, arguments)
    } catch let error as FactError where error == ModelFacts.needsModel(name) {
      // The arguments were found to be right before the model was asked for.
      return Self.cellFunctions.contains(name)
        ? .tokens([Token(row: 0, column: 0)]) : .number(0.5)
    }
  }

  /// The measured functions that give cells.
  private static let cellFunctions: Set = ["influenceCells", "gradientCells", "levelCells"]

  var vocabulary: [String] { facts.vocabulary }
}

extension CourseCheck {
  /// The check that runs nothing: sizes are real, measured numbers have stand-ins.
  static let withoutModel = CourseCheck(facts: { model, knobs in
    ModelFacts.presets[model].map {
      UnmeasuredFacts(facts: ModelFacts(configuration: $0, knobs: knobs))
    }
  })

  /// The expressions of a chapter that have no value, because of which it cannot be shown.
  func unevaluable(in chapter: Chapter) -> [LessonError] {
    guard facts(chapter.model, [:]) != nil else {
      return [chapter.error(1, 1, "there is no preset '\(chapter.model)'")]
    }
    var seen: Set<LessonError> = []
    return chapter.steps.flatMap { expressions(in: $0, of: chapter) }
      .filter { seen.insert($0).inserted }
  }
}
