import TUI

/// A learner's place in a chapter, and what they have done there in this session.
struct LessonState: Sendable {
  /// The part of the step that has the keys.
  enum Pane: String, Codable, Sendable, Hashable {
    case text, question, confidence, figure, knobs
  }

  /// The chapter, in the language on the screen.
  var chapter: Chapter
  /// The step on the screen.
  var index: Int
  /// What has the keys.
  var pane: Pane = .text
  /// The first line of the text that is shown; nil to keep the option or the result in sight.
  var scroll: Int?
  /// The chosen setting of each knob of the step's figure, by its index.
  var chosen: [Int] = []
  /// The knob that the arrows turn.
  var knob = 0
  /// The cell under the cursor.
  var cursor = Token(row: 0, column: 0)
  /// The token that the figure is about.
  var focus = Token(row: 0, column: 0)
  /// Which of the figure's views is shown.
  var view = 0
  /// The step with its numbers, once they are known, and what for.
  var filled: (key: LessonStepKey, step: Step)?
  /// The numbers that are being worked out.
  var isFilling: LessonStepKey?
  /// Why the step could not be filled.
  var failure: String?
  /// The questions met in this session, by identifier.
  var sessions: [String: ItemSession] = [:]
  /// The language that each question's words are in.
  var languages: [String: Language] = [:]
  /// What the learner brought about, by identifier.
  var observed: Set<String> = []
  /// The number of parts of the step that are shown, where it is shown part by part; nil for all.
  var revealed: Int?
  /// What was typed for the step's question before it could take it.
  var early: [TerminalEvent] = []
  /// The source window that was asked for.
  var wantedSource: SourceSpec?

  /// The model's sizes, for where a figure's cursor starts.
  private let facts: ModelFacts

  init(chapter: Chapter, index: Int, facts: ModelFacts) {
    self.facts = facts
    self.chapter = chapter
    self.index = min(max(index, 0), max(chapter.steps.count - 1, 0))
    enterStep()
  }

  /// The step as the file has it.
  var step: Step { chapter.steps[index] }

  /// The step to draw: with numbers if they are known, else with gaps.
  var shownStep: Step {
    if let filled, filled.key.step == step.id, filled.key.language == chapter.language {
      return filled.step
    }
    return step
  }

  /// The step's question.
  var item: Item? {
    for block in revealedBlocks { if case .item(let item) = block { return item } }
    return nil
  }

  /// The question's state.
  var session: ItemSession? { item.flatMap { sessions[$0.id] } }

  /// True while the step's question waits for an answer; also before its numbers are known.
  var isAsking: Bool { item != nil && session?.isCommitted != true }

  /// The step's observation.
  var observation: Observation? {
    for block in revealedBlocks {
      if case .observe(let observation) = block { return observation }
    }
    return nil
  }

  /// The step's window onto the source.
  var source: SourceSpec? {
    for block in revealedBlocks { if case .source(let source) = block { return source } }
    return nil
  }

  /// The figure that the step shows now: an item's own, then what its commit reveals.
  var figureSpec: FigureSpec? {
    if let item {
      if session?.isCommitted == true, let reveal = item.reveal { return reveal }
      if let figure = item.figure { return figure }
    }
    for block in revealedBlocks { if case .figure(let figure) = block { return figure } }
    return nil
  }

  /// The settings of the knobs, by name.
  var settings: [String: String] {
    guard let spec = figureSpec else { return [:] }
    var settings: [String: String] = [:]
    for (index, knob) in spec.knobs.enumerated() {
      let choice = index < chosen.count ? chosen[index] : knob.start
      settings[knob.name] = knob.settings[min(max(choice, 0), knob.settings.count - 1)]
    }
    return settings
  }

  /// What the step's numbers depend on now.
  var fillKey: LessonStepKey {
    LessonStepKey(step: step.id, language: chapter.language, settings: settings, focus: focus)
  }

  /// The figure to draw now.
  var request: FigureRequest? {
    figureSpec.map {
      FigureRequest(
        name: $0.name, knobs: settings, focus: focus, view: view, language: chapter.language)
    }
  }

  /// The context that gives keys their meaning.
  var context: KeyContext {
    switch pane {
    case .text: return session?.grade.map { !$0.isRight } == true ? .answered : .prose
    case .figure: return .figure
    case .knobs: return .knobs
    case .confidence: return .confidence
    case .question:
      return session?.keys ?? item?.kind.rules.keys(Entry()) ?? .prose
    }
  }

  /// The panes that Tab goes through here.
  var panes: [Pane] {
    var panes: [Pane] = []
    if isAsking { panes += [.question, .confidence] }
    panes.append(.text)
    if let spec = figureSpec {
      // While an answer is given on the figure the question is the figure.
      if !(isAsking && item?.kind.rules.isOnFigure == true) { panes.append(.figure) }
      if !spec.knobs.isEmpty { panes.append(.knobs) }
    }
    return panes
  }

  /// Sets everything that belongs to one step only.
  mutating func enterStep() {
    scroll = nil
    view = 0
    failure = nil
    revealed = nil
    early = []
    resetFigure()
    pane = isAsking ? .question : .text
  }

  /// Puts knobs and cursor where the figure on the screen starts.
  mutating func resetFigure() {
    knob = 0
    chosen = figureSpec?.knobs.map(\.start) ?? []
    focus = startingFocus
    cursor = focus
  }

  /// The token that the figure's author starts from.
  private var startingFocus: Token {
    guard let expression = figureSpec?.focus,
      case .token(let token)? = try? expression.evaluate(in: facts)
    else { return Token(row: 0, column: 0) }
    return token
  }
}

extension LessonState {
  /// True if the step's numbers are not known for the present knobs and nobody works on them.
  var needsFilling: Bool { filled?.key != fillKey && isFilling != fillKey }

  /// Takes a step's numbers, unless the learner has gone on.
  mutating func take(_ step: Step, _ session: ItemSession?, for key: LessonStepKey) {
    guard key.step == self.step.id, key.language == chapter.language else { return }
    if isFilling == key { isFilling = nil }
    if var session {
      // The question keeps its first numbers; in another language it keeps what was done with them.
      if let earlier = sessions[session.item.id] {
        if languages[session.item.id] != key.language {
          session.adopt(earlier)
          sessions[session.item.id] = session
        }
      } else {
        sessions[session.item.id] = session
      }
      languages[session.item.id] = key.language
    }
    filled = (key, step)
    failure = nil
  }

  /// Takes the reason why there are no numbers.
  mutating func take(failure reason: String, for key: LessonStepKey) {
    if key == fillKey { (failure, early) = (reason, []) }
  }

  /// Goes on in the other language, at the same place and in the same state.
  mutating func swap(to other: Chapter) {
    let id = step.id
    chapter = other
    index = other.steps.firstIndex { $0.id == id } ?? min(index, other.steps.count - 1)
    scroll = nil
  }

  /// Chooses a knob, or turns the chosen one.
  mutating func turn(knobOffset: Int, settingOffset: Int) {
    guard let knobs = figureSpec?.knobs, !knobs.isEmpty else { return }
    knob = min(max(knob + knobOffset, 0), knobs.count - 1)
    guard settingOffset != 0, chosen.indices.contains(knob) else { return }
    chosen[knob] = min(max(chosen[knob] + settingOffset, 0), knobs[knob].settings.count - 1)
  }
}

/// What a step's numbers depend on.
public struct LessonStepKey: Sendable, Hashable {
  var step: String
  var language: Language
  var settings: [String: String]
  var focus: Token
}
