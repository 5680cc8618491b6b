/// A chapter to read away from the program: its words with their numbers, its computed figures and its questions.
///
/// It is a value without looks; ``HandoutHTML`` and ``HandoutMarkdown`` write it down.
public struct Handout: Sendable {
  /// A step of the chapter.
  struct Section: Sendable {
    var id: String
    var title: String
    var parts: [Part]
  }

  /// A part of a step, in the chapter's order.
  enum Part: Sendable {
    case prose(Prose)
    case figure(ShownFigure)
    case source(ShownSource)
    case observation(ShownObservation)
    case question(ShownQuestion)
  }

  /// A figure at some settings.
  struct ShownFigure: Sendable {
    var figure: Figure
    /// `window = 6`; nil for a figure without knobs.
    var settings: String?
    var caption: Prose
  }

  /// A declaration of the detector's source.
  struct ShownSource: Sendable {
    var caption: Prose
    /// The file and the line.
    var place: String
    var text: String
  }

  /// Something to bring about, and what is seen then.
  struct ShownObservation: Sendable {
    var prompt: Prose
    var figure: ShownFigure?
    var explanation: Prose
  }

  /// A question with all of its hints.
  struct ShownQuestion: Sendable {
    var id: String
    var isPrediction: Bool
    var prompt: Prose
    var figure: ShownFigure?
    var options: [ListedLine]
    /// What an answer looks like.
    var form: String
    var hints: [Prose]
    /// Nil in a hand-out without answers.
    var key: AnswerKey?
  }

  /// The chapter's identifier.
  var id: String
  /// The chapter's number in the course.
  var number: Int
  var title: String
  var language: Language
  /// What a learner can do afterwards.
  var objectives: [String]
  var sections: [Section]
  /// Whether the answers are in it.
  var hasAnswers: Bool

  /// Executes a chapter.
  ///
  /// - Parameters:
  ///   - chapter: Which one, in its language.
  ///   - stage: The course, the model and the source.
  ///   - hasAnswers: Whether the answers and what speaks against the wrong ones are to be in it.
  /// - Throws: An expression's or a figure's error, with the step it stands in.
  public init(_ chapter: Chapter, stage: Stage, hasAnswers: Bool) throws {
    let maker = HandoutMaker(chapter, stage: stage, hasAnswers: hasAnswers)
    id = chapter.id
    number = stage.course[chapter.id]?.number ?? 0
    title = chapter.title
    language = chapter.language
    objectives = chapter.objectives
    self.hasAnswers = hasAnswers
    sections = try chapter.steps.map { step in
      do {
        return try maker.section(step)
      } catch let error as ExpressionError {
        throw chapter.error(step.line, 1, "step '\(step.id)': \(error)")
      }
    }
  }
}
