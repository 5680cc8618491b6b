internal import ViTDetMini

/// One live figure of the course: a function from knobs and a cursor to a `Figure`.
///
/// An experiment runs the model, or counts what the model does; it never draws. Each stands in a file of
/// `Experiments/` and is listed in `FigureCatalog`.
public struct Experiment: Sendable {
  /// The name that lessons use, `window-map`.
  public let name: String
  /// What a learner can turn.
  public let knobs: [ExperimentKnob]
  /// The number of views that one key cycles through.
  public let viewCount: Int
  /// Whether the figure depends on the token under the cursor.
  public let hasFocus: Bool
  /// The training that a learner can start behind it; nil for a figure that stands still.
  let training: LiveTraining?
  /// Whether it times the machine, which a second program at the same time would disturb.
  let isTimed: Bool
  /// Makes the figure.
  let figure: @Sendable (ExperimentInput) throws -> Figure

  /// Creates an experiment.
  init(
    _ name: String, knobs: [ExperimentKnob] = [], viewCount: Int = 1, hasFocus: Bool = false,
    training: LiveTraining? = nil, isTimed: Bool = false,
    figure: @escaping @Sendable (ExperimentInput) throws -> Figure
  ) {
    self.name = name
    self.knobs = knobs
    self.viewCount = viewCount
    self.hasFocus = hasFocus
    self.training = training
    self.isTimed = isTimed
    self.figure = figure
  }
}

/// A knob of an experiment, and which settings it takes.
public struct ExperimentKnob: Sendable, Hashable {
  /// The settings that an experiment accepts.
  public enum Range: Sendable, Hashable {
    /// Any whole number of the range; the settings shown are a choice of them.
    case whole(ClosedRange<Int>)
    /// Only the settings shown.
    case settings
  }

  /// The name, which expressions of the step can use.
  public let name: String
  /// The settings to offer.
  public let settings: [String]
  /// The setting to start from.
  public let start: String
  /// What else is accepted.
  public let range: Range

  /// Creates a knob over numbers.
  static func whole(
    _ name: String, _ settings: [Int], start: Int, in range: ClosedRange<Int>
  ) -> ExperimentKnob {
    ExperimentKnob(
      name: name, settings: settings.map(String.init), start: String(start), range: .whole(range))
  }

  /// Creates a knob over words.
  static func choice(_ name: String, _ settings: [String], start: String) -> ExperimentKnob {
    ExperimentKnob(name: name, settings: settings, start: start, range: .settings)
  }

  /// Whether a setting is one that the experiment can show.
  public func accepts(_ setting: String) -> Bool {
    switch range {
    case .settings: settings.contains(setting)
    case .whole(let range): Int(setting).map(range.contains) ?? false
    }
  }

  /// The accepted settings in words, for errors.
  var acceptedText: String {
    switch range {
    case .settings: settings.joined(separator: ", ")
    case .whole(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }
  }
}

/// What an experiment's function gets: settings that were checked, the cursor, and where to run.
struct ExperimentInput {
  /// The settings, one for each knob of the experiment.
  let settings: [String: String]
  /// The token under the cursor, as asked for.
  let focus: Token
  /// The view, below the experiment's count.
  let view: Int
  /// The language of the words.
  let language: Language
  /// Where models run.
  let laboratory: Laboratory
  /// How far the training behind the figure is; nil if none was started.
  var progress: TrainingProgress?

  /// The setting of a knob.
  subscript(knob: String) -> String { settings[knob] ?? "" }

  /// The setting of a knob over numbers.
  func whole(_ knob: String) -> Int {
    guard let number = Int(self[knob]) else {
      preconditionFailure("knob \(knob) is set to «\(self[knob])», which is no whole number")
    }
    return number
  }

  /// The cursor, moved into a grid.
  func focus(rows: Int, columns: Int) -> Token {
    Token(
      row: min(max(focus.row, 0), rows - 1), column: min(max(focus.column, 0), columns - 1))
  }

  /// The wording in the figure's language.
  func say(_ en: String, _ zh: String) -> String { language == .en ? en : zh }
}

/// Why a figure cannot be made, in one sentence that says what would be right.
public struct FigureError: Error, Hashable, CustomStringConvertible {
  /// The sentence.
  public let description: String

  /// Creates an error from its sentence.
  public init(_ description: String) { self.description = description }
}
