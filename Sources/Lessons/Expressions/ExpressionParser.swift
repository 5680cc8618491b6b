/// A precedence-climbing parser over the words of one expression.
struct ExpressionParser {
  /// Bounds the recursion: a tree this deep needs a few kilobytes of stack to parse and to evaluate.
  static let maximumDepth = 32

  private let tokens: [ExpressionToken]
  private var position = 0

  init(_ source: String) throws(ExpressionError) {
    tokens = try ExpressionTokenizer.tokens(of: source)
  }

  private var current: ExpressionToken { tokens[position] }

  mutating func parse() throws(ExpressionError) -> ExpressionNode {
    if case .end = current.kind {
      throw ExpressionError(column: 1, "the expression is empty", suggestion: "write {= tokens}")
    }
    let root = try expression(minimum: 1, depth: 0)
    guard case .end = current.kind else {
      throw ExpressionError(
        column: current.column, "\(shown(current)) was not expected here",
        suggestion: "the expression is complete before it")
    }
    return root
  }

  private mutating func expression(
    minimum: Int, depth: Int
  ) throws(ExpressionError) -> ExpressionNode {
    guard depth < Self.maximumDepth else {
      throw ExpressionError(
        column: current.column, "the expression is nested more than \(Self.maximumDepth) deep")
    }
    var left = try operand(depth: depth)
    while case .symbol(let symbol) = current.kind,
      let operation = ExpressionNode.BinaryOperator(rawValue: symbol),
      operation.precedence >= minimum
    {
      let column = current.column
      position += 1
      // Powers group from the right, everything else from the left.
      let next = operation == .power ? operation.precedence : operation.precedence + 1
      let right = try expression(minimum: next, depth: depth + 1)
      left = .binary(operation, left, right, column: column)
    }
    return left
  }

  private mutating func operand(depth: Int) throws(ExpressionError) -> ExpressionNode {
    let token = current
    switch token.kind {
    case .number(let value):
      position += 1
      return .constant(.number(value))
    case .text(let text):
      position += 1
      return .constant(.text(text))
    case .name(let name):
      position += 1
      guard case .symbol("(") = current.kind else { return .name(name, column: token.column) }
      position += 1
      return .call(name, try arguments(depth: depth), column: token.column)
    case .symbol("("):
      position += 1
      let inner = try expression(minimum: 1, depth: depth + 1)
      try expect(")", opened: token.column)
      return inner
    case .symbol(let symbol):
      guard let operation = ExpressionNode.UnaryOperator(rawValue: symbol) else { fallthrough }
      position += 1
      let inner = try expression(minimum: ExpressionNode.unaryPrecedence, depth: depth + 1)
      return .unary(operation, inner, column: token.column)
    case .end:
      throw ExpressionError(
        column: token.column, "\(shown(token)) stands where a value should",
        suggestion: "write a number, a name or a call")
    }
  }

  private mutating func arguments(depth: Int) throws(ExpressionError) -> [ExpressionNode] {
    let opened = tokens[position - 1].column
    if case .symbol(")") = current.kind {
      position += 1
      return []
    }
    var arguments = [try expression(minimum: 1, depth: depth + 1)]
    while case .symbol(",") = current.kind {
      position += 1
      arguments.append(try expression(minimum: 1, depth: depth + 1))
    }
    try expect(")", opened: opened)
    return arguments
  }

  private mutating func expect(_ symbol: String, opened: Int) throws(ExpressionError) {
    guard case .symbol(symbol) = current.kind else {
      throw ExpressionError(
        column: current.column, "\(shown(current)) stands where '\(symbol)' should",
        suggestion: "the bracket in column \(opened) is still open")
    }
    position += 1
  }

  private func shown(_ token: ExpressionToken) -> String {
    switch token.kind {
    case .number(let value): "\(value)"
    case .text(let text): "\"\(text)\""
    case .name(let name): "'\(name)'"
    case .symbol(let symbol): "'\(symbol)'"
    case .end: "the end"
    }
  }
}
