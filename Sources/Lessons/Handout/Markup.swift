/// Text with elements of HTML or SVG, well-formed as XML too, in which nothing from a chapter can pass for markup.
struct Markup {
  /// What was written so far.
  private(set) var text = ""

  /// An element with something inside.
  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:],
    _ body: (inout Markup) throws -> Void
  ) rethrows {
    open(name, attributes)
    text += ">"
    try body(&self)
    text += "</\(name)>"
  }

  /// An element around some words.
  mutating func element(
    _ name: String, _ attributes: KeyValuePairs<String, String?> = [:], text words: String
  ) {
    element(name, attributes) { $0.words(words) }
  }

  /// An element without content.
  mutating func empty(_ name: String, _ attributes: KeyValuePairs<String, String?> = [:]) {
    open(name, attributes)
    text += " />"
  }

  /// Words, escaped.
  mutating func words(_ words: String) { text += Self.escaped(words) }

  /// A line end, for people who look at the file.
  mutating func line() { text += "\n" }

  /// What was made as markup already.
  mutating func raw(_ markup: String) { text += markup }

  /// An attribute without a value is left out.
  private mutating func open(_ name: String, _ attributes: KeyValuePairs<String, String?>) {
    text += "<\(name)"
    for (key, value) in attributes {
      if let value { text += " \(key)=\"\(Self.escaped(value))\"" }
    }
  }

  /// The words with what could be read as markup written as references, and without what XML has no place for.
  static func escaped(_ words: String) -> String {
    var result = ""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      default:
        let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        let isNothing = scalar.value & 0xFFFE == 0xFFFE
        result.unicodeScalars.append(isControl || isNothing ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }
}
