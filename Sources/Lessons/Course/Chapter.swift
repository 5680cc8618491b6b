/// A chapter in one language, as its file says it.
public struct Chapter: Sendable, Hashable {
  /// The identifier that both languages share.
  public var id: String
  /// The title in the file's language.
  public var title: String
  /// The chapters that should come first.
  public var needs: [String]
  /// The planned time.
  public var minutes: Int
  /// The preset that drives the figures.
  public var model: String
  /// What a learner can do afterwards.
  public var objectives: [String]
  /// What the chapter leaves out on purpose.
  public var outOfScope: [String]
  /// The steps in order; one is on the screen at a time.
  public var steps: [Step]
  /// The file, as errors name it.
  public var file: String
  /// The file's language.
  public var language: Language
  /// The file's lines, which errors quote.
  var text: LessonText?
}

/// One screenful: some prose, and at most one figure or one item.
public struct Step: Sendable, Hashable {
  /// The identifier that both languages share.
  public var id: String
  /// The title, from the directive or the first heading.
  public var title: String
  /// The prose, figures, items and the rest, in the file's order.
  public var blocks: [Block]
  /// The instructor's notes.
  public var notes: [Prose]
  /// The seconds that a talk gives it; nil in a draft, for its share of what is left of the chapter's minutes.
  public var seconds: Int?
  /// The line where the step begins.
  public var line: Int
}

/// A part of a step.
public enum Block: Sendable, Hashable {
  case prose(Prose)
  case figure(FigureSpec)
  case item(Item)
  case observe(Observation)
  case source(SourceSpec)
}

/// A `{figure}` directive: which experiment, with which knobs.
public struct FigureSpec: Sendable, Hashable {
  /// The figure's own identifier.
  public var id: String
  /// The experiment's name in the figure catalogue, `window-map`.
  public var name: String
  /// What the learner can turn.
  public var knobs: [Knob]
  /// Where the cursor starts.
  public var focus: Expression?
  /// The words under the figure.
  public var caption: Prose
  /// The line of the directive.
  public var line: Int
}

/// `window = 2, 4, 6*, 8`: a name and its settings, the starting one marked.
public struct Knob: Sendable, Hashable {
  /// The name, which expressions of the step can use.
  public var name: String
  /// The settings, as text; numbers where they read as numbers.
  public var settings: [String]
  /// The index of the starting setting.
  public var start: Int
}

/// A `{source}` directive: a declaration of ViTDetMini shown as it is.
public struct SourceSpec: Sendable, Hashable {
  /// The declaration's name, `windowPartition`.
  public var symbol: String
  /// The words above it.
  public var caption: Prose
  /// The line of the directive.
  public var line: Int
}

/// An `{observe}` directive: something to do with a figure's knobs, and how the program sees it done.
public struct Observation: Sendable, Hashable {
  /// The observation's identifier.
  public var id: String
  /// What to do and what to watch.
  public var prompt: Prose
  /// True (not 0) once the learner has brought it about.
  public var until: Expression
  /// Shown once it is done.
  public var explanation: Prose
  /// The line of the directive.
  public var line: Int
}

/// A `{predict}` or `{quiz}` directive: one question.
public struct Item: Sendable, Hashable {
  /// How the learner answers; ``KindRules`` says what each kind means.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    case choice, multi, number, shape, order, paint, why, fix
  }

  /// The item's identifier.
  public var id: String
  /// True for `{predict}`: something the model is about to show.
  public var isPrediction: Bool
  /// How the learner answers.
  public var kind: Kind
  /// The question.
  public var prompt: Prose
  /// Every answer that the author foresaw; for `order` the steps as they follow one another.
  public var options: [AnswerOption]
  /// For `order`: the foreseen ways of getting it wrong.
  public var wrongOrders: [WrongOrder]
  /// For `fix` the lines of the piece, for `why` the question for the reason.
  public var lines: [[Inline]]
  /// For `number`: what counts as equal; 0 asks for the exact value.
  public var tolerance: Double
  /// For `number`: what follows the value, `tokens`.
  public var unit: String?
  /// The figure beside the question; for `paint` the grid to paint on.
  public var figure: FigureSpec?
  /// The figure that the commit reveals.
  public var reveal: FigureSpec?
  /// The rungs of the hint ladder, in order.
  public var hints: [Prose]
  /// Shown after the commit, right or wrong.
  public var explanation: Prose
  /// The line of the directive.
  public var line: Int
}

/// One foreseen answer of an item.
public struct AnswerOption: Sendable, Hashable {
  /// The answer as shown (`choice`, `multi`, `order`, `why`, `fix`), as a single expression (`number`, `paint`) or as sizes with `×`
  /// between them (`shape`).
  public var answer: [Inline]
  /// True for one tagged `@ok`.
  public var isRight: Bool
  /// The misconception that leads to a wrong answer, or for `multi` to leaving a right one out.
  public var misconception: String?
  /// What to say to who chose it.
  public var feedback: Prose
  /// For `why` 0 for an answer and 1 for a reason, for `fix` the line that it would replace, counted from 0.
  public var group = 0
  /// The line of the option.
  public var line: Int
}

/// A foreseen way of putting steps into a wrong order, `2 → 1`.
public struct WrongOrder: Sendable, Hashable {
  /// Two or more steps, by their places in the right order counted from 0, as they wrongly follow one another.
  public var steps: [Int]
  /// The misconception that leads here.
  public var misconception: String
  /// What to say to who put them so.
  public var feedback: Prose
  /// The line of the list item.
  public var line: Int

  /// True if an order has these steps one after the other, whatever stands between them.
  func isFollowed(by order: [Int]) -> Bool {
    var rest = steps[...]
    for step in order where step == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }
}
