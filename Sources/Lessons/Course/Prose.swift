/// A run of words in one look, or a number that the model fills in.
public enum Inline: Sendable, Hashable {
  case text(String, Emphasis)
  /// `{= expr}`: evaluated when the step is shown.
  case expression(Expression, Emphasis)
  case lineBreak

  /// How a run is emphasised.
  public struct Emphasis: OptionSet, Sendable, Hashable {
    /// The set of looks as bits.
    public let rawValue: Int
    /// Creates a set from its bits.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// Stressed, `*emphasis*`.
    public static let emphasis = Emphasis(rawValue: 1)
    /// Strong, `**strong**`.
    public static let strong = Emphasis(rawValue: 2)
    /// Code, between backquotes.
    public static let code = Emphasis(rawValue: 4)
  }
}

/// A block of a lesson's prose.
public indirect enum ProseBlock: Sendable, Hashable {
  case heading(level: Int, [Inline])
  case paragraph([Inline])
  case list(ordered: Bool, items: [[ProseBlock]])
  case code(String)
  case quote([ProseBlock])
}

/// A stretch of a lesson's prose.
public typealias Prose = [ProseBlock]

extension [Inline] {
  /// The same words with neighbours of one look as one run, as where a number was filled into a line of code.
  var merged: [Inline] {
    reduce(into: []) { runs, next in
      if case .text(let text, let emphasis) = next, case .text(let before, emphasis)? = runs.last {
        runs[runs.count - 1] = .text(before + text, emphasis)
      } else {
        runs.append(next)
      }
    }
  }
}
