/// What is wrong in a file of the course, where, and what would be right.
public struct LessonError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The file, as the author named it.
  public var file: String
  /// The line, counted from 1.
  public var line: Int
  /// The column in characters, counted from 1.
  public var column: Int
  /// What is wrong.
  public var message: String
  /// The line itself, cut around the column, control characters as escapes.
  public var excerpt: String
  /// What would be right.
  public var suggestion: String?

  /// Creates an error.
  public init(
    file: String, line: Int, column: Int, message: String, excerpt: String = "",
    suggestion: String? = nil
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.message = message
    self.excerpt = excerpt
    self.suggestion = suggestion
  }

  /// `lessons/en/03-windows.md:41:7: what is wrong; what would be right`, on one line.
  public var summary: String {
    "\(file):\(line):\(column): \(message)\(suggestion.map { "; \($0)" } ?? "")"
  }

  /// The summary with the line below it.
  public var description: String { excerpt.isEmpty ? summary : "\(summary)\n    \(excerpt)" }
}

/// The part of a line around a column, at most 72 characters, with control characters as `\u{7}`.
func excerpt(of line: String, around column: Int) -> String {
  let limit = 72
  let start = max(0, column - 1 - limit / 2)
  let head = line.dropFirst(start)
  var result = ""
  for scalar in head.prefix(limit).unicodeScalars {
    if isInvisible(scalar) {
      result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return (start > 0 ? "…" : "") + result + (head.dropFirst(limit).isEmpty ? "" : "…")
}

/// True for what a terminal or an editor would act on instead of showing.
///
/// Control characters, marks that turn the writing direction around, separators that look like line ends, and
/// the private use areas, in which the parser keeps its own marks.
func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0...0x1F, 0x7F...0x9F, 0xAD, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
    0xE000...0xF8FF, 0xFFF9...0xFFFB, 0xE0000...0xE007F, 0xF0000...0x10FFFF:
    true
  default: false
  }
}
