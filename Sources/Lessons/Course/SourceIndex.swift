/// Declarations of the detector's own source, found by name, so that a lesson shows the code that ran.
public struct SourceIndex: Sendable {
  /// A declaration with the comment above it.
  public struct Declaration: Sendable, Hashable {
    /// The file, seen from the source directory: `Backbone/Window.swift`.
    public var file: String
    /// The line where `text` begins, counted from 1.
    public var line: Int
    /// The documentation comment and the declaration to its closing brace, indentation removed.
    public var text: String
  }

  private let files: [(name: String, lines: [Substring])]
  /// Longer files are not ours.
  private static let maximumBytes = 1 << 20

  /// Reads every Swift file under a directory; what cannot be read is left out.
  public init(directory: String) {
    var files: [(String, [Substring])] = []
    var pending = [""]
    while let folder = pending.popLast() {
      for name in (try? listDirectory("\(directory)/\(folder)")) ?? [] {
        let path = folder.isEmpty ? name : "\(folder)/\(name)"
        if name.hasSuffix(".swift") {
          guard let bytes = try? readFile("\(directory)/\(path)", limit: Self.maximumBytes) else {
            continue
          }
          let text = String(decoding: bytes, as: UTF8.self)
          files.append((path, text.split(separator: "\n", omittingEmptySubsequences: false)))
        } else if !name.contains("."), path.count(where: { $0 == "/" }) < 4 {
          pending.append(path)
        }
      }
    }
    self.files = files.sorted { $0.0 < $1.0 }
  }

  /// The declaration of a function, type, property or case, or nil if there is none.
  ///
  /// `windowPartition` finds the first declaration of that name; `Attention.callAsFunction` finds it inside the type or
  /// an extension of it.
  public func declaration(named symbol: String) -> Declaration? {
    let parts = symbol.split(separator: ".")
    guard let name = parts.last, parts.count <= 2 else { return nil }
    for (file, lines) in files {
      for range in scopes(of: parts.count == 2 ? parts[0] : nil, in: lines) {
        for index in range where Self.declares(lines[index], name) {
          return declaration(at: index, in: lines, file: file)
        }
      }
    }
    return nil
  }

  /// The lines to search: everything, or the bodies of a type and its extensions.
  private func scopes(of type: Substring?, in lines: [Substring]) -> [Range<Int>] {
    guard let type else { return [lines.startIndex..<lines.endIndex] }
    return lines.indices.filter { index in
      Self.declares(lines[index], type) || Self.declares(lines[index], type, keyword: "extension")
    }.map { ($0 + 1)..<max($0 + 1, Self.end(of: $0, in: lines)) }
  }

  private static let keywords: Set<Substring> = [
    "func", "struct", "class", "enum", "protocol", "typealias", "var", "let", "case", "actor",
  ]

  /// True if the line declares the name, as its word after `func`, `struct`, ….
  private static func declares(
    _ line: Substring, _ name: Substring, keyword: Substring? = nil
  ) -> Bool {
    guard line.contains(name), !line.drop(while: { $0 == " " }).hasPrefix("//") else {
      return false
    }
    let words = line.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "@") }
    for (word, next) in zip(words, words.dropFirst()) where next == name {
      return keyword.map { $0 == word } ?? keywords.contains(word)
    }
    return false
  }

  private func declaration(at index: Int, in lines: [Substring], file: String) -> Declaration {
    var start = index
    while start > 0 {
      let above = lines[start - 1].drop(while: { $0 == " " })
      guard above.hasPrefix("///") || above.hasPrefix("@") else { break }
      start -= 1
    }
    let end = Self.end(of: index, in: lines)
    let indentation = lines[index].prefix(while: { $0 == " " }).count
    let text = lines[start..<end].map {
      $0.dropFirst(min(indentation, $0.prefix { $0 == " " }.count))
    }
    return Declaration(file: file, line: start + 1, text: text.joined(separator: "\n"))
  }

  /// One past the last line of the declaration that begins in a line.
  private static func end(of start: Int, in lines: [Substring]) -> Int {
    var depth = 0
    var round = 0
    var opened = false
    for index in start..<lines.count {
      for character in code(of: lines[index]) {
        switch character {
        case "{": (depth, opened) = (depth + 1, true)
        case "}": depth -= 1
        case "(", "[": round += 1
        case ")", "]": round -= 1
        default: break
        }
      }
      if opened, depth <= 0, round <= 0 { return index + 1 }
      // Without a body the declaration ends where its brackets do, unless the next line goes on.
      if !opened, round <= 0 {
        let next = index + 1 < lines.count ? lines[index + 1].drop(while: { $0 == " " }) : ""
        let goesOn = [")", "->", "where", "{", "="].contains { next.hasPrefix($0) }
        if !goesOn { return index + 1 }
      }
    }
    return lines.count
  }

  /// A line without its comment and without what stands between quotation marks.
  private static func code(of line: Substring) -> String {
    var result = ""
    var isQuoted = false
    var before: Character = " "
    for character in line {
      if character == "\"", before != "\\" { isQuoted.toggle() }
      if !isQuoted, character == "/", before == "/" { break }
      if !isQuoted { result.append(character) }
      before = character
    }
    return result
  }
}
