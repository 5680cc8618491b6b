/// What makes a kind of question different from the others: how its answers are written, entered, graded and told.
///
/// Each kind is a file of `Items/Kinds`, named once in the list below. The parser, the session, the screens, plain mode and
/// the check ask these rules and know no kind by name. What most kinds have in common is the default.
protocol KindRules: Sendable {
  // MARK: Written

  /// The options of the directive that other kinds do not have.
  var settings: Set<String> { get }
  /// Whether the answer is given on the figure beside the question.
  var isOnFigure: Bool { get }
  /// Whether answers are words to be shown, rather than values to be compared.
  var showsAnswers: Bool { get }
  /// Whether more than one option can be right.
  var allowsSeveralRight: Bool { get }
  /// Takes the parts of a question's text apart, and reports what is wrong with them; nil if there is no question.
  func answers(
    in nodes: [MarkdownNode], of directive: Directive, id: String, _ parser: inout ProseParser
  ) -> WrittenAnswers?
  /// What would be a sound number of right answers, if this is none.
  func fault(right: Int, of count: Int) -> String?
  /// What is wrong with the form of an answer, and how to write it.
  func fault(in answer: [Inline]) -> (message: String, suggestion: String)?
  /// Why a value of one of an answer's expressions cannot be used.
  func fault(of value: Value) -> String?
  /// The value of an answer; nil for one in words.
  func value(of option: AnswerOption, in environment: some Environment) throws(ExpressionError)
    -> Value?

  // MARK: Entered

  /// What the keys mean while an answer is entered.
  func keys(_ entry: Entry) -> KeyContext
  /// The entry before anything was done; what is mixed in it follows from the seed.
  func start(_ item: Item, seed: UInt64) -> Entry
  /// Does what a key asks for.
  func take(_ act: EntryAct, _ entry: inout Entry, _ item: Item)
  /// Opens an entry again after a commit.
  func reopen(_ entry: inout Entry)
  /// The answer as it stands; nil if it is not complete.
  func draft(_ entry: Entry, _ item: Item) -> Answer?
  /// Why the entry is no answer yet.
  func whyNotReady(_ entry: Entry, _ item: Item) -> Localized
  /// Sets the entry to an answer that came as a whole; one of another kind changes nothing.
  func fill(_ entry: inout Entry, with answer: Answer, _ item: Item)
  /// The right answer.
  func rightAnswer(to item: GradedItem) -> Answer?
  /// What the question shows below its prompt.
  func rows(_ session: ItemSession) -> [EntryRow]

  // MARK: Graded

  /// Grades an answer; nil for one of another kind.
  func grade(_ answer: Answer, to item: GradedItem) -> Grade?
  /// What is said to an answer that is not right, before the explanation.
  func told(_ grade: Grade, _ item: Item, _ words: FeedbackWords) -> [Feedback.Section]
  /// What is said to a right answer.
  func confirmed(_ grade: Grade, _ item: Item) -> Prose
  /// A foreseen answer as an answer key names it.
  func named(_ option: AnswerOption, _ value: Value?, _ item: Item, _ language: Language)
    -> [Inline]
  /// Where an answer and the right one part first, as a sentence.
  func parting(_ grade: Grade, _ language: Language) -> String?
  /// The right answer as the text before the question shows it, if it does.
  ///
  /// - Parameters:
  ///   - lines: the text, a paragraph an entry.
  ///   - item: the question with its values.
  ///   - options: the options as they are shown.
  /// - Returns: the answer as a learner reads it, or nil.
  func givenAway(in lines: [String], _ item: GradedItem, options: [String]) -> String?

  // MARK: Asked of a room

  /// What a room can raise its hands for; nil if a show of hands makes no sense.
  func ballot(_ item: GradedItem, _ language: Language) -> Ballot?
  /// Why there is none.
  var whyNoBallot: Localized { get }

  // MARK: Plain text

  /// The lines that plain mode lists below the prompt.
  func listed(_ item: Item) -> [ListedLine]
  /// What an answer looks like, as a sentence.
  func form(_ item: Item) -> Localized
  /// The answer in a line of input.
  func answer(typed text: String, to item: Item) -> Answer?
  /// Why a line of input is no answer, if more can be said than what one looks like.
  func refusal(ofTyped text: String, to item: Item) -> Localized?
  /// The answer in a progress file, where ``Answer/text`` wrote it.
  func answer(stored text: String) -> Answer?
}

/// A line that plain mode lists: `a)`, and the words of an option.
struct ListedLine: Sendable, Hashable {
  /// What stands before the words; empty for words that are no option.
  var mark: String
  /// The words.
  var words: [Inline]

  /// Options behind the letters of the alphabet.
  static func lettered(_ options: [AnswerOption]) -> [ListedLine] {
    options.enumerated().map { place, option in
      ListedLine(mark: OptionLetter.text(place) + ")", words: option.answer)
    }
  }
}

extension Item.Kind {
  /// The rules of the kind.
  var rules: any KindRules {
    switch self {
    case .choice: ChoiceKind()
    case .multi: MultiKind()
    case .number: NumberKind()
    case .shape: ShapeKind()
    case .order: OrderKind()
    case .paint: PaintKind()
    case .why: WhyKind()
    case .fix: FixKind()
    }
  }
}

extension KindRules {
  var settings: Set<String> { [] }
  var isOnFigure: Bool { false }
  var showsAnswers: Bool { false }
  var allowsSeveralRight: Bool { false }

  func answers(
    in nodes: [MarkdownNode], of directive: Directive, id: String, _ parser: inout ProseParser
  ) -> WrittenAnswers? {
    parser.taggedAnswers(in: nodes, of: directive, id: id, rules: self)
  }

  func fault(right: Int, of count: Int) -> String? { right == 1 ? nil : "exactly one is right" }

  func fault(in answer: [Inline]) -> (message: String, suggestion: String)? { nil }

  func fault(of value: Value) -> String? { nil }

  func value(
    of option: AnswerOption, in environment: some Environment
  ) throws(ExpressionError) -> Value? {
    guard case .expression(let expression, _)? = option.answer.first, option.answer.count == 1
    else { return nil }
    let value = try expression.evaluate(in: environment)
    if let fault = fault(of: value) { throw ExpressionError(column: 1, fault) }
    return value
  }

  func start(_ item: Item, seed: UInt64) -> Entry { Entry() }

  func reopen(_ entry: inout Entry) {}

  func told(_ grade: Grade, _ item: Item, _ words: FeedbackWords) -> [Feedback.Section] {
    let option = grade.option.map { item.options[$0] }
    let unit = item.unit.map { " \($0)" } ?? ""
    var yours: Prose = []
    if let given = grade.given {
      yours = [.paragraph([.text(given.text(words.language) + unit, .strong)])]
    } else if let option {
      yours = [.paragraph(option.answer)]
    }
    yours += option?.feedback ?? []
    var sections: [Feedback.Section] = []
    if !yours.isEmpty { sections.append(words.section(.yours, yours)) }
    sections += words.rule(grade.misconception)
    if let sentence = parting(grade, words.language) {
      sections.append(words.section(.parting, sentence))
    }
    let right = item.options.first(where: \.isRight)
    var answer: [Inline] = right?.answer ?? []
    if let expected = grade.expected { answer = [.text(expected.text(words.language), .strong)] }
    if !unit.isEmpty { answer.append(.text(unit, [])) }
    return sections + [words.section(.model, [.paragraph(answer)] + (right?.feedback ?? []))]
  }

  func confirmed(_ grade: Grade, _ item: Item) -> Prose {
    grade.option.map { item.options[$0].feedback } ?? []
  }

  func named(
    _ option: AnswerOption, _ value: Value?, _ item: Item, _ language: Language
  ) -> [Inline] {
    guard let value else { return option.answer }
    let unit = item.unit.map { " \($0)" } ?? ""
    return [.text(value.text(language) + unit, .strong)]
  }

  func parting(_ grade: Grade, _ language: Language) -> String? { nil }

  func givenAway(in lines: [String], _ item: GradedItem, options: [String]) -> String? { nil }

  func ballot(_ item: GradedItem, _ language: Language) -> Ballot? { nil }
  var whyNoBallot: Localized {
    Localized(
      "This question has more answers than a room can be asked for.", "这道题的答案太多，没法逐个请大家举手。")
  }
  func listed(_ item: Item) -> [ListedLine] { [] }

  func refusal(ofTyped text: String, to item: Item) -> Localized? { nil }
}
