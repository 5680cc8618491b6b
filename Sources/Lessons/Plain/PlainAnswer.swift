/// One line of input in plain mode.
enum PlainAnswer: Sendable, Hashable {
  case answer(Answer, Confidence?)
  case hint
  case dontKnow
  case unclear

  /// Reads a line: `h`, `s`, or an answer of the item's kind, which `guess`, `fairly` or `certain` may follow.
  ///
  /// A choice is its letter or its number, counted from 1; cells are as in ``CellsText``.
  init(_ line: String, kind: Item.Kind, options: Int) {
    var words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
    switch words.first?.lowercased() {
    case "h" where words.count == 1: self = .hint
    case "s" where words.count == 1: self = .dontKnow
    default:
      let confidence = words.last.flatMap { Confidence(rawValue: $0.lowercased()) }
      if confidence != nil { words.removeLast() }
      self =
        Self.answer(words.joined(separator: " "), kind: kind, options: options)
        .map { .answer($0, confidence) } ?? .unclear
    }
  }

  private static func answer(_ text: String, kind: Item.Kind, options: Int) -> Answer? {
    switch kind {
    case .choice:
      if let number = Int(text) {
        return (1...options).contains(number) ? .choice(number - 1) : nil
      }
      return (0..<options).first { letter(of: $0) == text.lowercased() }.map(Answer.choice)
    case .number: return Answer.number(in: text) == nil ? nil : .number(text)
    case .paint: return CellsText.cells(in: text).map(Answer.cells)
    }
  }

  /// `a`, `b`, `c`, … as an option is marked.
  static func letter(of index: Int) -> String {
    String(UnicodeScalar(UInt8(ascii: "a") + UInt8(min(index, 25))))
  }
}
