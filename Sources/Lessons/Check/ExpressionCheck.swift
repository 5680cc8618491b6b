extension CourseCheck {
  /// The expressions of a step that have no value, or not the kind of value that is needed.
  func expressions(in step: Step, of chapter: Chapter) -> [LessonError] {
    let beside = step.figures.first
    var problems: [LessonError] = []
    for settings in nearbySettings(of: beside) {
      guard let facts = environment(of: chapter, beside, settings: settings) else { continue }
      problems += faults(step.proseExpressions, in: facts, of: chapter, settings: settings)
    }
    for figure in step.figures {
      guard let focus = figure.focus, let facts = environment(of: chapter, figure) else { continue }
      problems += faults([focus], in: facts, of: chapter, wanted: "a token")
    }
    // A question is asked beside its own figure and discussed beside the one it reveals.
    for figure in Set([step.question?.figure, step.question?.reveal]) {
      guard let item = step.question, let facts = environment(of: chapter, figure) else { continue }
      problems += faults(item.spokenExpressions, in: facts, of: chapter)
    }
    if let item = step.question, let facts = environment(of: chapter, item.figure) {
      problems += faults(item.options.flatMap(\.answer.expressions), in: facts, of: chapter)
    }
    for case .observe(let observation) in step.blocks {
      problems += faults(of: observation, beside: beside, in: chapter)
    }
    return problems
  }

  private func faults(
    _ expressions: [Expression], in facts: any Environment, of chapter: Chapter,
    settings: [String: String] = [:], wanted: String? = nil
  ) -> [LessonError] {
    expressions.compactMap { expression -> LessonError? in
      do throws(ExpressionError) {
        let value = try expression.evaluate(in: facts)
        guard let wanted, value.kindName != wanted else { return nil }
        return chapter.error(
          expression.line, expression.column, "\(wanted) is needed here, not \(value.kindName)")
      } catch {
        return chapter.error(
          expression.line, expression.column + error.column - 1, error.message, error.suggestion)
      }
    }
  }

  /// An observation waits for something that is not so yet and that the knobs can bring about.
  private func faults(
    of observation: Observation, beside figure: FigureSpec?, in chapter: Chapter
  ) -> [LessonError] {
    let until = observation.until
    func isTrue(_ settings: [String: String]?) throws(ExpressionError) -> Bool {
      guard let facts = environment(of: chapter, figure, settings: settings) else { return false }
      return try until.evaluate(in: facts) != .number(0)
    }
    func error(_ message: String, _ suggestion: String) -> [LessonError] {
      [chapter.error(until.line, until.column, message, suggestion)]
    }
    do {
      if try isTrue(nil) {
        return error("this is so from the beginning", "start the knobs elsewhere")
      }
      if until.names.contains("focus") { return [] }
      for settings in figure?.everySetting ?? [] where try isTrue(settings) { return [] }
      return error("no setting of the step's knobs brings this about", "change it or the knobs")
    } catch {
      return [
        chapter.error(
          until.line, until.column + error.column - 1, error.message, error.suggestion)
      ]
    }
  }

  /// The start, and each knob by itself at each of its settings.
  private func nearbySettings(of figure: FigureSpec?) -> [[String: String]] {
    guard let figure else { return [[:]] }
    let start = figure.startSettings
    return [start]
      + figure.knobs.flatMap { knob in
        knob.settings.filter { $0 != start[knob.name] }.map { setting in
          start.merging([knob.name: setting]) { $1 }
        }
      }
  }
}
