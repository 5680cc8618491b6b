/// A lesson's expression, parsed: numbers, names, a fixed list of functions, and nothing that could act.
public struct Expression: Sendable, Hashable {
  /// The text between `{=` and `}`.
  public var source: String

  /// Creates an expression from its text.
  public init(source: String) { self.source = source }
}
