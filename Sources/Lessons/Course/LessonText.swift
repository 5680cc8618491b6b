import Glibc

/// The lines of a course file, read within bounds and found to be plain text.
struct LessonText: Sendable, Hashable {
  /// A chapter has about 30 kB; what is larger is a mistake or an attack.
  static let maximumBytes = 1 << 20
  /// In bytes; longer lines are machine-made.
  static let maximumLine = 32_768
  /// More messages than this about one file help nobody.
  static let maximumErrors = 50
  /// Lists and quotations inside each other, on one line.
  static let maximumNesting = 6

  let file: String
  let lines: [String]

  /// Reads a file; the errors name it as `name`.
  static func read(_ path: String, as name: String) throws(LessonErrors) -> LessonText {
    do {
      return try LessonText(bytes: readFile(path, limit: maximumBytes + 1), file: name)
    } catch let error as FileError {
      throw LessonErrors([
        LessonError(file: name, line: 1, column: 1, message: error.reason)
      ])
    } catch let errors as LessonErrors {
      throw errors
    } catch {
      throw LessonErrors([LessonError(file: name, line: 1, column: 1, message: "\(error)")])
    }
  }

  /// Takes a file's content and refuses what no course file may contain.
  init(bytes: [UInt8], file: String) throws(LessonErrors) {
    let rows = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    var errors: [LessonError] = []
    func report(_ line: Int, _ column: Int, _ message: String, _ row: String, _ right: String) {
      errors.append(
        LessonError(
          file: file, line: line, column: column, message: message,
          excerpt: excerpt(of: row, around: column), suggestion: right))
    }
    for (index, row) in rows.enumerated() where row.count > Self.maximumLine {
      let shown = String(decoding: row.prefix(200), as: UTF8.self)
      report(
        index + 1, 1, "the line is longer than \(Self.maximumLine) bytes", shown,
        "break it into lines of at most 120 characters")
      throw LessonErrors(errors)
    }
    guard bytes.count <= Self.maximumBytes else {
      report(1, 1, "the file is larger than \(Self.maximumBytes) bytes", "", "split the chapter")
      throw LessonErrors(errors)
    }
    var lines: [String] = []
    for (index, row) in rows.enumerated() {
      guard let line = String(validating: row, as: UTF8.self) else {
        let shown = String(decoding: row, as: UTF8.self)
        let column = shown.prefix(while: { $0 != "\u{FFFD}" }).count + 1
        report(index + 1, column, "this is not UTF-8", shown, "save the file as UTF-8")
        lines.append("")
        continue
      }
      lines.append(line)
      if let column = line.unicodeScalars.firstIndex(where: isInvisible) {
        let scalar = line.unicodeScalars[column]
        let code = String(scalar.value, radix: 16, uppercase: true)
        report(
          index + 1, line[..<column].count + 1, "there is a control character, U+\(code)", line,
          scalar == "\r" ? "save the file with LF line ends" : "remove it, and use blanks for tabs")
      }
      if let column = Self.deepNesting(in: line) {
        report(
          index + 1, column, "lists are nested more than \(Self.maximumNesting) deep", line,
          "flatten them")
      }
      if errors.count >= Self.maximumErrors { break }
    }
    if !errors.isEmpty { throw LessonErrors(errors) }
    self.file = file
    self.lines = lines
  }

  /// An error at a place in this text.
  func error(_ line: Int, _ column: Int, _ message: String, _ suggestion: String? = nil)
    -> LessonError
  {
    let row = lines.indices.contains(line - 1) ? lines[line - 1] : ""
    return LessonError(
      file: file, line: line, column: column, message: message,
      excerpt: excerpt(of: row, around: column), suggestion: suggestion)
  }

  /// The column where a line opens one list or quotation too many, before the Markdown parser sees it: its time
  /// grows with the product of length and depth.
  private static func deepNesting(in line: String) -> Int? {
    var depth = 0
    for (offset, byte) in line.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "."), UInt8(ascii: ")"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        continue
      case UInt8(ascii: ">"), UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
        depth += 1
        // A rule of hyphens or a fence of asterisks is no nesting unless something follows the blanks.
        if depth > maximumNesting, line.utf8.dropFirst(offset + 1).first == UInt8(ascii: " ") {
          return offset + 1
        }
      default: return nil
      }
    }
    return nil
  }
}

/// Everything that is wrong with one file.
struct LessonErrors: Error, Sendable, Hashable {
  let all: [LessonError]

  init(_ all: [LessonError]) {
    precondition(!all.isEmpty, "LessonErrors: thrown without an error")
    self.all = all
  }

  var first: LessonError { all[0] }
}
