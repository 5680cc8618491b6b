/// A JSON value as a whole, for small files such as a model's configuration.
indirect enum JSONValue: Sendable, Hashable {
  case object([String: JSONValue])
  case array([JSONValue])
  case string(String)
  /// A number as it is written, so that whole numbers stay exact.
  case number(String)
  case bool(Bool)
  case null

  /// Reads a text that is one value.
  init(_ bytes: [UInt8]) throws(JSONError) {
    var reader = try JSONReader(bytes)
    self = try JSONValue.read(&reader)
    guard reader.isAtEnd() else { throw reader.error("something follows the value") }
  }

  private static func read(_ reader: inout JSONReader) throws(JSONError) -> JSONValue {
    switch reader.peek().map(Unicode.Scalar.init) {
    case "{":
      var members: [String: JSONValue] = [:]
      try reader.readObject { reader, key throws(JSONError) in
        members[key] = try read(&reader)
      }
      return .object(members)
    case "[":
      var values: [JSONValue] = []
      try reader.readArray { reader throws(JSONError) in values.append(try read(&reader)) }
      return .array(values)
    case "\"": return .string(try reader.readString())
    case "t", "f", "n":
      let word = try reader.readWord()
      return word == "null" ? .null : .bool(word == "true")
    default: return .number(try reader.readNumber())
    }
  }
}
