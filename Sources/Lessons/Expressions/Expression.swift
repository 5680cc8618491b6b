/// A lesson's expression, parsed: numbers, names, a fixed list of functions, and nothing that could act.
///
/// The language has no loop, no assignment and no input or output, and both length and depth are bounded, so
/// opening a lesson written by a stranger can neither run code nor hang.
///
/// Grammar, from the loosest binding to the tightest; comparisons give 1 or 0:
///
///     a || b    a && b    == != < <= > >=    + -    * / %    -a !a    a ^ b (right to left)
///     1024  1.5  "on"  grid.h  token(1, 7)  (…)
public struct Expression: Sendable {
  /// The text between `{=` and `}`, without the blanks around it.
  public let source: String
  /// The line of its file, counted from 1; 0 when it comes from no file.
  public let line: Int
  /// The column of its first character, counted from 1; 0 when it comes from no file.
  public let column: Int
  let root: ExpressionNode

  /// Parses an expression; the error names the column inside `source`.
  public init(parsing source: String, line: Int = 0, column: Int = 0) throws(ExpressionError) {
    let leading = source.prefix(while: { $0 == " " || $0 == "\t" }).count
    var text = source.dropFirst(leading)
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    var parser = try ExpressionParser(String(text))
    self.root = try parser.parse()
    self.source = String(text)
    self.line = line
    self.column = column == 0 ? 0 : column + leading
  }

  /// The value in an environment that knows the model.
  public func evaluate(in environment: some Environment) throws(ExpressionError) -> Value {
    try root.evaluate(in: environment)
  }

  /// The names of values that the expression reads; functions are not among them.
  public var names: Set<String> { root.names }
}

/// Two expressions are equal when their texts are; where they stand does not matter.
extension Expression: Hashable {
  /// True when both have the same text.
  public static func == (a: Expression, b: Expression) -> Bool { a.source == b.source }

  /// Feeds the text to the hasher.
  public func hash(into hasher: inout Hasher) { hasher.combine(source) }
}

/// What an expression reads its facts from.
public protocol Environment: Sendable {
  /// The value of a name such as `grid.h`, or nil if there is none.
  func value(of name: String) -> Value?
  /// The result of a function that is not built in, or nil if there is none of that name.
  func call(_ name: String, _ arguments: [Value]) throws -> Value?
  /// Every name and function there is, for «did you mean».
  var vocabulary: [String] { get }
}

extension Environment {
  /// No suggestions.
  public var vocabulary: [String] { [] }
}

/// What is wrong with an expression, and where in its text.
public struct ExpressionError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The column in the expression's own text, counted from 1.
  public var column: Int
  /// What is wrong.
  public var message: String
  /// What would be right, if that can be said.
  public var suggestion: String?

  /// Creates an error.
  public init(column: Int, _ message: String, suggestion: String? = nil) {
    self.column = column
    self.message = message
    self.suggestion = suggestion
  }

  /// The sentence without the place.
  public var description: String { suggestion.map { "\(message); \($0)" } ?? message }
}
