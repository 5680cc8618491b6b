/// What a learner is told after a commit, in the order in which it helps.
///
/// «Right» or «wrong» alone teaches next to nothing. So it says what was right, which rule leads to the answer that was
/// given, where the two part, and which rule the model follows.
///
/// Source: Van der Kleij, Feskens and Eggen 2015, Review of Educational Research 85(4).
public struct Feedback: Sendable, Hashable {
  /// One stretch of it, under a few words.
  public struct Section: Sendable, Hashable {
    /// What the stretch is about.
    public var title: Localized
    /// The words.
    public var prose: Prose
  }

  /// True if the answer was right.
  public var isRight: Bool
  /// The stretches in order; never empty.
  public var sections: [Section]

  /// Puts the words for a grade together.
  ///
  /// - Parameters:
  ///   - item: what was asked.
  ///   - grade: the grade of the answer.
  ///   - misconceptions: the catalogue of the language.
  ///   - language: the language of the numbers and of the fixed words.
  public init(
    _ item: Item, _ grade: Grade, misconceptions: [String: Misconception], language: Language
  ) {
    isRight = grade.isRight
    var sections: [Section] = []
    let chosen = grade.option.map { item.options[$0] }
    let right = item.options.first(where: \.isRight)
    if grade.isRight {
      sections.append(Section(title: Self.right, prose: chosen?.feedback ?? []))
    } else {
      let yours = Self.given(item, grade, language) + (chosen?.feedback ?? [])
      if !yours.isEmpty { sections.append(Section(title: Self.yours, prose: yours)) }
      if let rule = grade.misconception.flatMap({ misconceptions[$0] }) {
        sections.append(Section(title: Self.rule, prose: rule.rule))
        sections.append(Section(title: Self.butWhy, prose: rule.refutation))
      }
      if let sentence = grade.difference?.sentence(language) {
        sections.append(Section(title: Self.parting, prose: [.paragraph([.text(sentence, [])])]))
      }
      var answer: Prose =
        right.map { [.paragraph(Self.shown($0.answer, item, grade, language))] } ?? []
      answer += right?.feedback ?? []
      sections.append(Section(title: Self.model, prose: answer))
    }
    if !item.explanation.isEmpty {
      sections.append(Section(title: Self.explanation, prose: item.explanation))
    }
    self.sections = sections
  }

  private static func given(_ item: Item, _ grade: Grade, _ language: Language) -> Prose {
    if let given = grade.given {
      let unit = item.unit.map { " \($0)" } ?? ""
      return [.paragraph([.text(given.text(language) + unit, .strong)])]
    }
    if let option = grade.option { return [.paragraph(item.options[option].answer)] }
    return []
  }

  private static func shown(
    _ answer: [Inline], _ item: Item, _ grade: Grade, _ language: Language
  ) -> [Inline] {
    let unit = item.unit.map { [Inline.text(" \($0)", [])] } ?? []
    guard let expected = grade.expected else { return answer + unit }
    return [.text(expected.text(language), .strong)] + unit
  }

  private static let right = Localized("Right", "对")
  private static let yours = Localized("Your answer", "你的答案")
  private static let rule = Localized("The rule that leads there", "得出它的规则")
  private static let butWhy = Localized("Why the model does otherwise", "模型为什么不这样")
  private static let parting = Localized("Where they part", "不同之处")
  private static let model = Localized("The model says", "模型的结果")
  private static let explanation = Localized("Why", "原因")
}
