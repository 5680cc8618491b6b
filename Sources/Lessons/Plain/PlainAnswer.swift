/// One line of input in plain mode.
enum PlainAnswer: Sendable, Hashable {
  case answer(Answer, Confidence?)
  case hint
  case dontKnow
  /// No answer, and why not if that can be said.
  case unclear(Localized?)

  /// Reads a line: `h`, `s`, or an answer to the item, which `guess`, `fairly` or `certain` may follow.
  init(_ line: String, to item: Item) {
    var words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }
    switch words.first?.lowercased() {
    case "h" where words.count == 1: self = .hint
    case "s" where words.count == 1: self = .dontKnow
    default:
      let confidence = words.last.flatMap { Confidence(rawValue: $0.lowercased()) }
      if confidence != nil { words.removeLast() }
      let text = words.joined(separator: " ")
      let rules = item.kind.rules
      if let answer = rules.answer(typed: text, to: item) {
        self = .answer(answer, confidence)
      } else {
        self = .unclear(text.isEmpty ? nil : rules.refusal(ofTyped: text, to: item))
      }
    }
  }
}
