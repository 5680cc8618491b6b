/// A lesson's lines with each `{= expr}` replaced by one private character.
///
/// Markdown would read `2*3*4` and `a < b` inside an expression as its own marks; behind a single letter-like
/// character the expression is safe, and the surrounding words keep their meaning.
struct MarkedText: Sendable {
  /// An expression that was taken out, not parsed yet.
  struct Mark: Sendable, Hashable {
    /// All of it, with the braces.
    var written: String
    /// The text between `{=` and `}`.
    var inside: String
    var line: Int
    /// The column of the brace.
    var column: Int
  }

  static let firstMark: UInt32 = 0xF0000
  static let maximumMarks = 4_000

  let text: LessonText
  private(set) var lines: [String] = []
  private(set) var marks: [Mark] = []

  /// Takes the expressions out of every line after the first `skipping` ones.
  init(_ text: LessonText, skipping: Int, errors: inout [LessonError]) {
    self.text = text
    for (index, line) in text.lines.enumerated() {
      if index < skipping || !line.utf8.contains(UInt8(ascii: "{")) || !line.contains("{=") {
        lines.append(line)
      } else {
        lines.append(take(from: line, number: index + 1, errors: &errors))
      }
    }
  }

  private mutating func take(
    from line: String, number: Int, errors: inout [LessonError]
  ) -> String {
    var result = ""
    var rest = Substring(line)
    while let open = rest.firstRange(of: "{=") {
      result += rest[..<open.lowerBound]
      let column = line[..<open.lowerBound].count + 1
      guard let close = closingBrace(in: rest[open.upperBound...]), marks.count < Self.maximumMarks,
        let scalar = Unicode.Scalar(Self.firstMark + UInt32(marks.count))
      else {
        let isFull = marks.count >= Self.maximumMarks
        errors.append(
          text.error(
            number, column,
            isFull ? "more than \(Self.maximumMarks) expressions" : "this expression is not closed",
            isFull ? "split the chapter" : "end it with } on the same line"))
        return result + rest[open.lowerBound...]
      }
      let after = rest.index(after: close)
      marks.append(
        Mark(
          written: String(rest[open.lowerBound..<after]),
          inside: String(rest[open.upperBound..<close]), line: number, column: column))
      result.unicodeScalars.append(scalar)
      rest = rest[after...]
    }
    return result + rest
  }

  private func closingBrace(in text: Substring) -> String.Index? {
    var isQuoted = false
    for index in text.indices {
      if text[index] == "\"" { isQuoted.toggle() }
      if text[index] == "}", !isQuoted { return index }
      if text[index] == "{", !isQuoted { return nil }
    }
    return nil
  }

  /// The mark that a character stands for.
  func mark(_ scalar: Unicode.Scalar) -> Mark? {
    guard scalar.value >= Self.firstMark else { return nil }
    let index = Int(scalar.value - Self.firstMark)
    return marks.indices.contains(index) ? marks[index] : nil
  }

  /// Text with its expressions put back as they were written, for what shows source as it is.
  func restored(_ marked: String) -> String {
    var result = ""
    for scalar in marked.unicodeScalars {
      if let mark = mark(scalar) {
        result += mark.written
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The column in the file, in characters, of a byte of a marked line.
  func column(line: Int, byte: Int) -> Int {
    guard lines.indices.contains(line - 1) else { return 1 }
    let bytes = lines[line - 1].utf8.prefix(max(0, byte - 1))
    return restored(String(decoding: bytes, as: UTF8.self)).count + 1
  }
}
