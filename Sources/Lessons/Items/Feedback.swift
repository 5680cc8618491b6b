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
    let rules = item.kind.rules
    let words = FeedbackWords(misconceptions: misconceptions, language: language)
    sections =
      grade.isRight
      ? [words.section(.right, rules.confirmed(grade, item))] : rules.told(grade, item, words)
    if !item.explanation.isEmpty { sections.append(words.section(.explanation, item.explanation)) }
  }
}

/// What the kinds of questions put their feedback together with.
struct FeedbackWords {
  /// The catalogue of the language.
  let misconceptions: [String: Misconception]
  /// The language of the numbers and of the fixed words.
  let language: Language

  /// The titles that recur.
  enum Title {
    case right, yours, rule, butWhy, parting, model, explanation
  }

  /// A stretch under one of the recurring titles.
  func section(_ title: Title, _ prose: Prose) -> Feedback.Section {
    let words =
      switch title {
      case .right: Localized("Right", "对")
      case .yours: Localized("Your answer", "你的答案")
      case .rule: Localized("The rule that leads there", "得出它的规则")
      case .butWhy: Localized("Why the model does otherwise", "模型为什么不这样")
      case .parting: Localized("Where they part", "不同之处")
      case .model: Localized("The model says", "模型的结果")
      case .explanation: Localized("Why", "原因")
      }
    return Feedback.Section(title: words, prose: prose)
  }

  /// A stretch of one sentence.
  func section(_ title: Title, _ sentence: String) -> Feedback.Section {
    section(title, [.paragraph([.text(sentence, [])])])
  }

  /// The rule behind a wrong answer and the words against it; nothing if no rule is known.
  func rule(_ name: String?) -> [Feedback.Section] {
    guard let misconception = name.flatMap({ misconceptions[$0] }) else { return [] }
    return [section(.rule, misconception.rule), section(.butWhy, misconception.refutation)]
  }

  /// Answers below each other.
  func list(_ answers: [[Inline]], isOrdered: Bool = false) -> ProseBlock {
    .list(ordered: isOrdered, items: answers.map { [.paragraph($0)] })
  }
}
