/// What is wrong with a JSON text, and where.
struct JSONError: Error, Hashable, CustomStringConvertible {
  let fault: String
  let offset: Int

  var description: String { "\(fault) at byte \(offset)" }
}

/// Walks through a JSON text from left to right without building anything larger than the value asked for.
///
/// Checkpoints come from strangers: nesting is limited, so that no text can exhaust the stack, and keys must not repeat.
struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  /// How deep arrays and objects may be nested.
  static let depthLimit = 64

  /// Starts at the first byte of a UTF-8 text.
  init(_ bytes: [UInt8]) throws(JSONError) {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw JSONError(fault: "the text is not UTF-8", offset: 0)
    }
    self.bytes = bytes
  }

  func error(_ fault: String) -> JSONError { JSONError(fault: fault, offset: position) }

  /// The first byte of the next value.
  mutating func peek() -> UInt8? {
    while position < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) {
      position += 1
    }
    return position < bytes.count ? bytes[position] : nil
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// Whether nothing but blanks is left.
  mutating func isAtEnd() -> Bool { peek() == nil }

  /// Reads an object; `body` must read the value of each key.
  mutating func readObject(
    _ body: (inout JSONReader, String) throws(JSONError) -> Void
  ) throws(JSONError) {
    guard skip("{") else { throw error("an object is expected") }
    try descend()
    defer { depth -= 1 }
    if skip("}") { return }
    var keys: Set<String> = []
    repeat {
      let key = try readString()
      guard keys.insert(key).inserted else {
        throw error("the key “\(printable(key))” stands twice in one object")
      }
      guard skip(":") else { throw error("a colon is expected") }
      try body(&self, key)
    } while skip(",")
    guard skip("}") else { throw error("a comma or the end of the object is expected") }
  }

  /// Reads an array; `body` must read each value.
  mutating func readArray(
    _ body: (inout JSONReader) throws(JSONError) -> Void
  ) throws(JSONError) {
    guard skip("[") else { throw error("an array is expected") }
    try descend()
    defer { depth -= 1 }
    if skip("]") { return }
    repeat { try body(&self) } while skip(",")
    guard skip("]") else { throw error("a comma or the end of the array is expected") }
  }

  private mutating func descend() throws(JSONError) {
    depth += 1
    if depth > JSONReader.depthLimit { throw error("the nesting is too deep") }
  }

  /// Reads a number as it is written.
  mutating func readNumber() throws(JSONError) -> String {
    _ = peek()
    let start = position
    func digits(_ reader: inout JSONReader) -> Int {
      let first = reader.position
      while reader.position < reader.bytes.count,
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(reader.bytes[reader.position])
      {
        reader.position += 1
      }
      return reader.position - first
    }
    func one(_ reader: inout JSONReader, of characters: String) -> Bool {
      guard reader.position < reader.bytes.count,
        characters.utf8.contains(reader.bytes[reader.position])
      else { return false }
      reader.position += 1
      return true
    }
    _ = one(&self, of: "-")
    let leading = position
    let whole = digits(&self)
    var isValid = whole == 1 || (whole > 1 && bytes[leading] != UInt8(ascii: "0"))
    if one(&self, of: ".") { isValid = digits(&self) > 0 && isValid }
    if one(&self, of: "eE") {
      _ = one(&self, of: "+-")
      isValid = digits(&self) > 0 && isValid
    }
    guard isValid else { throw error("a number is expected") }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// Reads a whole number that is not negative.
  mutating func readCount() throws(JSONError) -> Int {
    let text = try readNumber()
    guard let value = Int(text), value >= 0, !text.hasPrefix("-") else {
      throw error("“\(printable(text))” is no size")
    }
    return value
  }

  /// Reads a string.
  mutating func readString() throws(JSONError) -> String {
    guard skip("\"") else { throw error("a string is expected") }
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text += Array(String(try readEscape()).utf8)
      case 0..<0x20: throw error("a control character stands in a string")
      default: text.append(byte)
      }
    }
    throw error("a string does not end")
  }

  private mutating func readEscape() throws(JSONError) -> Unicode.Scalar {
    guard position < bytes.count else { throw error("a string does not end") }
    let byte = bytes[position]
    position += 1
    switch Unicode.Scalar(byte) {
    case "\"", "\\", "/": return Unicode.Scalar(byte)
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u":
      var code = try readHex()
      // Two escapes, a high and a low one, make a character beyond the first 65536.
      if (0xD800..<0xDC00).contains(code) {
        guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
          bytes[position + 1] == UInt8(ascii: "u")
        else { throw error("half a character is escaped") }
        position += 2
        let low = try readHex()
        guard (0xDC00..<0xE000).contains(low) else { throw error("half a character is escaped") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw error("half a character is escaped") }
      return scalar
    default: throw error("an unknown escape stands in a string")
    }
  }

  private mutating func readHex() throws(JSONError) -> UInt32 {
    guard position + 4 <= bytes.count else { throw error("a string does not end") }
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue,
        bytes[position] < 0x80
      else { throw error("four hexadecimal digits are expected") }
      code = code << 4 + UInt32(digit)
      position += 1
    }
    return code
  }

  /// Reads `true`, `false` or `null`.
  mutating func readWord() throws(JSONError) -> String {
    _ = peek()
    for word in ["true", "false", "null"]
    where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return word
    }
    throw error("a value is expected")
  }

  /// Reads a value of any kind and forgets it.
  mutating func skipValue() throws(JSONError) {
    switch peek().map(Unicode.Scalar.init) {
    case "{": try readObject { reader, _ throws(JSONError) in try reader.skipValue() }
    case "[": try readArray { reader throws(JSONError) in try reader.skipValue() }
    case "\"": _ = try readString()
    case "-", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9": _ = try readNumber()
    default: _ = try readWord()
    }
  }
}
