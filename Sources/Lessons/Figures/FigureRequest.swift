/// Which figure to compute: the experiment, the knobs' settings and where the cursor is.
///
/// The request is the figure's cache key: equal requests give equal figures.
public struct FigureRequest: Sendable, Hashable {
  /// The experiment's name.
  public var name: String
  /// The settings of the knobs, by name.
  public var knobs: [String: String]
  /// The token under the cursor.
  public var focus: Token
  /// The view, counted from 0; experiments take it modulo the number of their views.
  public var view: Int
  /// The language of the words in it.
  public var language: Language

  /// Creates a request.
  public init(
    name: String, knobs: [String: String] = [:], focus: Token = Token(row: 0, column: 0),
    view: Int = 0, language: Language = .en
  ) {
    self.name = name
    self.knobs = knobs
    self.focus = focus
    self.view = view
    self.language = language
  }
}
