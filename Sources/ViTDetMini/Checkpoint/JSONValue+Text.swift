extension JSONValue {
  /// The value as text, indented by two blanks a level, keys in alphabetical order.
  ///
  /// Arrays of plain values stay on one line.
  func text(indent: String = "") -> String {
    let inner = indent + "  "
    switch self {
    case .object(let members):
      if members.isEmpty { return "{}" }
      let lines = members.sorted { $0.key < $1.key }.map {
        "\(inner)\(jsonQuoted($0.key)): \($0.value.text(indent: inner))"
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
    case .array(let values):
      if case .object = values.first {
        let lines = values.map { inner + $0.text(indent: inner) }
        return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
      }
      return "[" + values.map { $0.text() }.joined(separator: ", ") + "]"
    case .string(let text): return jsonQuoted(text)
    case .number(let text): return text
    case .bool(let flag): return flag ? "true" : "false"
    case .null: return "null"
    }
  }

  /// A whole number.
  static func int(_ value: Int) -> JSONValue { .number(String(value)) }
  /// A number, with as many digits as tell it from its neighbours.
  static func number(_ value: Float) -> JSONValue {
    .number(value == value.rounded() && abs(value) < 1e6 ? String(Int(value)) : "\(value)")
  }
  /// A number, with as many digits as tell it from its neighbours.
  static func number(_ value: Double) -> JSONValue {
    .number(value == value.rounded() && abs(value) < 1e6 ? String(Int(value)) : "\(value)")
  }
  /// Whole numbers.
  static func ints(_ values: [Int]) -> JSONValue { .array(values.map(JSONValue.int)) }
  /// Numbers.
  static func numbers(_ values: [Float]) -> JSONValue { .array(values.map(JSONValue.number)) }
  /// Strings.
  static func strings(_ values: [String]) -> JSONValue { .array(values.map(JSONValue.string)) }
}
