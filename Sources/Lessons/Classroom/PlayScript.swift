public import TUI

/// A demonstration as a file: keys, pauses, captions and what the screen must show, a line each.
///
/// Blank lines and lines that begin with `#` say nothing. `open`, `lang` and `size` come before the first act.
public struct PlayScript: Sendable, Hashable {
  /// The chapter to begin in, and its step; the list if nil.
  public private(set) var chapter: String?
  /// The step to begin at; the first if nil.
  public private(set) var step: String?
  /// The language; English unless told.
  public private(set) var language = Language.en
  /// The size of the screen; 80x24 unless told.
  public private(set) var size = Size(columns: 80, rows: 24)
  /// What happens.
  public private(set) var steps: [ScriptedTerminal.Step] = []
  /// The line that each step stands on, counted from 1.
  public private(set) var lines: [Int] = []

  /// The longest file that is read, in bytes.
  static let longest = 1 << 20
  /// The longest pause, in seconds.
  static let longestPause = 600.0

  private static let commands = [
    "open", "lang", "size", "key", "type", "wait", "expect", "reject", "caption", "resize",
  ]

  /// Reads a script.
  ///
  /// - Parameters:
  ///   - text: The file's contents.
  ///   - name: What errors call the file.
  /// - Throws: `PlayScriptError` with the line and what would be right.
  public init(_ text: String, name: String) throws(PlayScriptError) {
    guard text.utf8.count <= Self.longest else {
      throw PlayScriptError("\(name): is longer than \(Self.longest) bytes")
    }
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let content = line.drop { $0 == " " || $0 == "\t" }.trimmingSuffix { $0.isWhitespace }
      if content.isEmpty || content.hasPrefix("#") { continue }
      let command = content.prefix { $0 != " " }
      let argument = content.dropFirst(command.count).drop { $0 == " " }
      do throws(PlayScriptError) {
        try take(String(command), String(argument), line: index + 1)
      } catch {
        throw PlayScriptError("\(name):\(index + 1): \(error)")
      }
    }
  }

  private mutating func take(
    _ command: String, _ argument: String, line: Int
  ) throws(PlayScriptError) {
    if ["open", "lang", "size"].contains(command) {
      guard steps.isEmpty else { throw PlayScriptError("“\(command)” comes before the first act") }
      try set(command, argument)
      return
    }
    for step in try acts(command, argument) {
      steps.append(step)
      lines.append(line)
    }
  }

  private mutating func set(_ command: String, _ argument: String) throws(PlayScriptError) {
    switch command {
    case "open":
      let words = argument.split(separator: " ").map(String.init)
      guard (1...2).contains(words.count) else {
        throw PlayScriptError("“open” takes a chapter and perhaps a step")
      }
      (chapter, step) = (words[0], words.count == 2 ? words[1] : nil)
    case "lang":
      guard let language = Language(rawValue: argument) else {
        throw PlayScriptError("“lang” takes en or zh, not “\(argument)”")
      }
      self.language = language
    default: size = try Self.size(argument, command)
    }
  }

  private func acts(
    _ command: String, _ argument: String
  ) throws(PlayScriptError) -> [ScriptedTerminal.Step] {
    switch command {
    case "key":
      let names = argument.split(separator: " ").map(String.init)
      guard !names.isEmpty else { throw PlayScriptError("“key” takes names of keys") }
      var keys: [ScriptedTerminal.Step] = []
      for name in names {
        guard let key = Key(named: name) else {
          throw PlayScriptError(
            "there is no key “\(name)”; try Enter, Space, Tab, Esc, PgDn, Up, a")
        }
        keys.append(.key(key))
      }
      return keys
    case "type", "expect", "reject":
      guard !argument.isEmpty else { throw PlayScriptError("“\(command)” takes a text") }
      return [
        command == "type"
          ? .type(argument) : command == "expect" ? .wait(for: argument) : .absent(argument)
      ]
    case "wait":
      guard let seconds = Double(argument), (0...Self.longestPause).contains(seconds) else {
        throw PlayScriptError("“wait” takes seconds from 0 to 600, not “\(argument)”")
      }
      return [.pause(.milliseconds(Int64(seconds * 1000)))]
    case "caption": return [.event(.caption(argument))]
    case "resize": return [.event(.resize(try Self.size(argument, command)))]
    default:
      throw PlayScriptError(
        "there is no command “\(command)”; there are \(Self.commands.joined(separator: ", "))")
    }
  }

  private static func size(
    _ argument: String, _ command: String
  ) throws(PlayScriptError) -> Size {
    let parts = argument.split(separator: "x").map { Int($0) }
    guard parts.count == 2, let columns = parts[0], let rows = parts[1],
      (1...1000).contains(columns), (1...1000).contains(rows)
    else { throw PlayScriptError("“\(command)” takes a size such as 80x24, not “\(argument)”") }
    return Size(columns: columns, rows: rows)
  }
}

/// Why a script cannot be played or did not go through.
public struct PlayScriptError: Error, Sendable, Hashable, CustomStringConvertible {
  /// One sentence, with the line where there is one.
  public let description: String
  /// The screen when an expectation failed.
  public let screen: String?

  init(_ description: String, screen: String? = nil) {
    self.description = description
    self.screen = screen
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while condition: (Character) -> Bool) -> Substring {
    var rest = self
    while let last = rest.last, condition(last) { rest.removeLast() }
    return rest
  }
}
