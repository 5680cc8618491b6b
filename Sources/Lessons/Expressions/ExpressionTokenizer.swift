/// A word of the expression language with the column it begins at.
struct ExpressionToken: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case number(Double)
    case text(String)
    case name(String)
    case symbol(String)
    case end
  }

  var kind: Kind
  var column: Int
}

/// Cuts an expression's text into words.
enum ExpressionTokenizer {
  /// Longer expressions belong into the model's facts, where they get a name and a test.
  static let maximumLength = 400

  static func tokens(of source: String) throws(ExpressionError) -> [ExpressionToken] {
    let characters = Array(source)
    guard characters.count <= maximumLength else {
      throw ExpressionError(
        column: maximumLength + 1, "the expression is \(characters.count) characters long",
        suggestion: "at most \(maximumLength) are allowed")
    }
    var tokens: [ExpressionToken] = []
    var position = 0
    while position < characters.count {
      let character = characters[position]
      if character == " " || character == "\t" {
        position += 1
        continue
      }
      let start = position
      let kind: ExpressionToken.Kind
      if character.isASCIIDigit {
        kind = try number(in: characters, at: &position)
      } else if character.isNameStart {
        kind = name(in: characters, at: &position)
      } else if character == "\"" {
        kind = try text(in: characters, at: &position)
      } else {
        kind = try symbol(in: characters, at: &position)
      }
      tokens.append(ExpressionToken(kind: kind, column: start + 1))
    }
    tokens.append(ExpressionToken(kind: .end, column: characters.count + 1))
    return tokens
  }

  private static func number(
    in characters: [Character], at position: inout Int
  ) throws(ExpressionError) -> ExpressionToken.Kind {
    let start = position
    func skipDigits() {
      while position < characters.count, characters[position].isASCIIDigit { position += 1 }
    }
    skipDigits()
    if position + 1 < characters.count, characters[position] == ".",
      characters[position + 1].isASCIIDigit
    {
      position += 1
      skipDigits()
    }
    if position + 1 < characters.count, characters[position] == "e" {
      let sign = characters[position + 1] == "-" ? 2 : 1
      if position + sign < characters.count, characters[position + sign].isASCIIDigit {
        position += sign
        skipDigits()
      }
    }
    let text = String(characters[start..<position])
    guard let value = Double(text), value.isFinite else {
      throw ExpressionError(column: start + 1, "\(text) is not a number the language can hold")
    }
    if position < characters.count, characters[position].isNameStart {
      throw ExpressionError(
        column: position + 1, "a number is followed by '\(characters[position])'",
        suggestion: "write * between a number and a name")
    }
    return .number(value)
  }

  private static func name(
    in characters: [Character], at position: inout Int
  ) -> ExpressionToken.Kind {
    let start = position
    while position < characters.count {
      let character = characters[position]
      let isInnerDot =
        character == "." && position + 1 < characters.count && characters[position + 1].isNameStart
      guard character.isNameStart || character.isASCIIDigit || isInnerDot else { break }
      position += 1
    }
    return .name(String(characters[start..<position]))
  }

  private static func text(
    in characters: [Character], at position: inout Int
  ) throws(ExpressionError) -> ExpressionToken.Kind {
    let start = position
    guard let end = characters[(start + 1)...].firstIndex(of: "\"") else {
      throw ExpressionError(
        column: start + 1, "the text is not closed", suggestion: "end it with \"")
    }
    position = end + 1
    return .text(String(characters[(start + 1)..<end]))
  }

  private static let symbols = [
    "||", "&&", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "^", "!", "(", ")", ",",
  ]

  private static func symbol(
    in characters: [Character], at position: inout Int
  ) throws(ExpressionError) -> ExpressionToken.Kind {
    let rest = String(characters[position..<min(position + 2, characters.count)])
    guard let symbol = symbols.first(where: { rest.hasPrefix($0) }) else {
      throw ExpressionError(
        column: position + 1, "'\(characters[position])' does not belong into an expression",
        suggestion: "use + - * / % ^, comparisons, && ||, names and calls")
    }
    position += symbol.count
    return .symbol(symbol)
  }
}

extension Character {
  var isASCIIDigit: Bool { self >= "0" && self <= "9" && isASCII }
  var isNameStart: Bool { isASCII && (isLetter || self == "_") }
}
