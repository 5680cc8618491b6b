extension Glyphs {
  /// The text as this set can show it.
  ///
  /// The Unicode set changes nothing. In the ASCII set each sign outside ASCII becomes its usual
  /// spelling (`×` x, `²` ^2, `…` ...), wide East Asian characters stay, and what has no spelling
  /// becomes `?`.
  public func adapt(_ text: String) -> String {
    guard isASCII, !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for character in text {
      if character.isASCII || TextWidth.columns(of: character) == 2 {
        result.append(character)
      } else {
        result += Glyphs.spelling(of: character)
      }
    }
    return result
  }

  /// One character as this set can show it; the first character of a longer spelling.
  public func adapt(_ character: Character) -> Character {
    guard isASCII, !character.isASCII, TextWidth.columns(of: character) == 1 else {
      return character
    }
    return Glyphs.spelling(of: character).first ?? "?"
  }

  private static func spelling(of character: Character) -> String {
    guard let scalar = character.unicodeScalars.first else { return "" }
    if let known = spellings[scalar] { return known }
    switch scalar.value {
    case 0x2500...0x257F: return lineSpelling(scalar.value)
    case 0x2580...0x259F: return "#"
    case 0x2801...0x28FF: return "*"
    default: return plainLetter(scalar).map(String.init) ?? "?"
    }
  }

  private static func lineSpelling(_ value: UInt32) -> String {
    switch value {
    case 0x2500, 0x2501, 0x2504, 0x2505, 0x2508, 0x2509, 0x2550: "-"
    case 0x2502, 0x2503, 0x2506, 0x2507, 0x250A, 0x250B, 0x2551: "|"
    default: "+"
    }
  }

  /// The letter under an accent, from the character's Unicode name.
  private static func plainLetter(_ scalar: Unicode.Scalar) -> Character? {
    guard let name = scalar.properties.name else { return nil }
    let words = name.split(separator: " ")
    guard words.count >= 4, words[0] == "LATIN", words[2] == "LETTER", words[3].count == 1 else {
      return nil
    }
    let letter = words[3]
    return Character(words[1] == "SMALL" ? letter.lowercased() : String(letter))
  }

  private static let spellings: [Unicode.Scalar: String] = [
    "×": "x", "÷": "/", "·": ".", "•": "*", "²": "^2", "³": "^3", "⁴": "^4", "ⁿ": "^n",
    "¹": "^1", "⁰": "^0", "⁻": "^-", "₀": "_0", "₁": "_1", "₂": "_2", "₃": "_3", "½": "1/2",
    "–": "-", "—": "--", "−": "-", "‐": "-", "‑": "-", "±": "+-", "°": " deg",
    "“": "\"", "”": "\"", "„": "\"", "«": "\"", "»": "\"", "‘": "'", "’": "'", "‹": "<",
    "›": ">", "…": "...", "→": "->", "←": "<-", "↔": "<->", "⇒": "=>", "↦": "->",
    "↑": "^", "↓": "v", "↵": "Enter", "⏎": "Enter", "≤": "<=", "≥": ">=", "≠": "!=",
    "≈": "~", "≡": "==", "∞": "inf", "√": "sqrt", "∑": "sum", "Σ": "sum", "∏": "prod",
    "∂": "d", "∇": "grad", "∈": "in", "∉": "not in", "∪": "|", "∩": "&", "∅": "{}",
    "⌈": "ceil(", "⌉": ")", "⌊": "floor(", "⌋": ")", "⊙": "*", "⊗": "x", "⊕": "+",
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "Δ": "Delta", "ε": "eps",
    "η": "eta", "θ": "theta", "λ": "lambda", "μ": "mu", "µ": "u", "π": "pi", "σ": "sigma",
    "τ": "tau", "φ": "phi", "ω": "omega", "ß": "ss", "æ": "ae", "ø": "o", "œ": "oe",
    "▸": ">", "▶": ">", "◂": "<", "◀": "<", "▲": "^", "▼": "v", "▴": "^", "▾": "v",
    "●": "*", "○": "o", "◌": "o", "◆": "*", "◇": "o", "■": "#", "□": "o", "▪": "#",
    "✓": "+", "✔": "+", "✗": "x", "✘": "x", "★": "*", "☆": "*", "⋯": "...", "⋮": ":",
    "§": "S", "©": "(c)", "®": "(R)", "€": "EUR", "£": "GBP", "\u{A0}": " ", "\u{2009}": " ",
    "\u{202F}": " ",
  ]
}
