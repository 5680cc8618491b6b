import Lessons

/// A few of the tiny preset's facts, so that these tests need no model: a 16×16 grid, windows of 6.
struct SmallEnvironment: Environment {
  var values: [String: Value] = [
    "tokens": .number(256), "window": .number(6), "grid.h": .number(16), "grid.w": .number(16),
    "position": .text("on"), "all": .tokens([Token(row: 0, column: 0), Token(row: 0, column: 1)]),
  ]

  func value(of name: String) -> Value? { values[name] }

  func call(_ name: String, _ arguments: [Value]) throws -> Value? {
    guard case .token(let token)? = arguments.first else { return nil }
    return switch name {
    case "keysSeen": .number(36)
    case "realKeys": .number(Double((token.row >= 12 ? 4 : 6) * (token.column >= 12 ? 4 : 6)))
    case "windowOf": .tokens(Self.window(token, limit: 18))
    case "windowReal": .tokens(Self.window(token, limit: 16))
    default: nil
    }
  }

  private static func window(_ token: Token, limit: Int) -> Set<Token> {
    let top = token.row / 6 * 6
    let left = token.column / 6 * 6
    var cells: Set<Token> = []
    for row in top..<min(top + 6, limit) {
      for column in left..<min(left + 6, limit) { cells.insert(Token(row: row, column: column)) }
    }
    return cells
  }

  var vocabulary: [String] { Array(values.keys) + ["keysSeen", "realKeys", "windowOf"] }
}
