extension CourseCheck {
  /// Names that only one language's catalogue has, and expressions in it that have no value.
  func catalogueFaults(of course: Course) -> [LessonError] {
    var problems: [LessonError] = []
    for language in Language.allCases {
      guard let text = course.catalogues[language], let all = course.misconceptions[language],
        let other = course.misconceptions[language.other]
      else { continue }
      for rule in all.values {
        if other[rule.name] == nil {
          let file = "misconceptions.\(language.other.rawValue).md"
          problems.append(
            text.error(rule.line, 4, "'\(rule.name)' is missing from \(file)", "write it there too")
          )
        }
        problems += faults(of: rule, in: text)
      }
    }
    return problems
  }

  private func faults(of rule: Misconception, in text: LessonText) -> [LessonError] {
    guard let facts = facts("tiny", [:]) else { return [] }
    let expressions = (rule.rule + rule.computed + rule.refutation).expressions
    return expressions.compactMap { expression -> LessonError? in
      do throws(ExpressionError) {
        _ = try expression.evaluate(in: facts)
        return nil
      } catch {
        return text.error(
          expression.line, expression.column + error.column - 1, error.message, error.suggestion)
      }
    }
  }
}
