/// A piece of text in one style.
public struct Run: Sendable, Hashable {
  /// The text; a line break in it ends the line.
  public var text: String
  /// The style.
  public var style: Style

  /// Creates a run.
  public init(_ text: String, style: Style = Style(.text)) {
    self.text = text
    self.style = style
  }

  /// Creates a run of a role.
  public init(_ text: String, _ role: Role) {
    self.init(text, style: Style(role))
  }
}

/// Breaks runs into lines of at most `columns`.
///
/// Western text breaks at blanks and after hyphens, Chinese and Japanese between any two characters
/// except before closing and after opening punctuation; what is longer than a line is cut. Blanks
/// at a break are dropped. Source: the everyday part of Unicode Annex 14.
///
/// - Parameters:
///   - runs: The text.
///   - columns: The width of a line; less than 1 gives no lines.
///   - glyphs: The set that the lines will be drawn with, since spelling changes widths.
/// - Returns: The lines, at least one for any text.
public func wrap(_ runs: [Run], columns: Int, glyphs: Glyphs = .unicode) -> [[Run]] {
  guard columns > 0 else { return [] }
  var breaker = LineBreaker(columns: columns)
  for run in runs {
    for character in glyphs.adapt(run.text) { breaker.add(character, style: run.style) }
  }
  return breaker.finished()
}

/// Breaks a text without styles into lines of at most `columns`.
public func wrap(_ text: String, columns: Int, glyphs: Glyphs = .unicode) -> [String] {
  wrap([Run(text)], columns: columns, glyphs: glyphs).map { line in
    line.map(\.text).joined()
  }
}

/// Collects characters into lines, remembering the last place where a line may end.
private struct LineBreaker {
  private struct Piece {
    var character: Character
    var style: Style
    var width: Int
  }

  let columns: Int
  private var lines: [[Run]] = []
  private var line: [Piece] = []
  private var width = 0
  /// How many pieces of `line` may stay when it is broken; 0 where there is no such place.
  private var breakIndex = 0
  /// Whether a line was begun: at the start and after an explicit break even if it stays empty.
  private var hasBegun = true

  init(columns: Int) { self.columns = columns }

  mutating func add(_ character: Character, style: Style) {
    if character.isNewline {
      endLine()
      hasBegun = true
      return
    }
    hasBegun = true
    if let last = line.last, LineBreaker.mayBreak(between: last.character, and: character) {
      breakIndex = line.count
    }
    let piece = Piece(
      character: character, style: style, width: TextWidth.columns(of: character))
    line.append(piece)
    width += piece.width
    // A blank that ends a full line hangs over the edge and is dropped with it.
    if width > columns, character != " " { breakLine() }
  }

  mutating func finished() -> [[Run]] {
    if hasBegun { endLine() }
    return lines
  }

  private mutating func breakLine() {
    // A character wider than the whole line stands alone and is clipped.
    let cut = breakIndex > 0 ? breakIndex : max(line.count - 1, 1)
    let rest = Array(line[cut...].drop { $0.character == " " })
    line.removeSubrange(cut...)
    endLine()
    for piece in rest { add(piece.character, style: piece.style) }
  }

  private mutating func endLine() {
    while line.last?.character == " " { line.removeLast() }
    var runs: [Run] = []
    for piece in line {
      if runs.last?.style == piece.style {
        runs[runs.count - 1].text.append(piece.character)
      } else {
        runs.append(Run(String(piece.character), style: piece.style))
      }
    }
    lines.append(runs)
    line = []
    width = 0
    breakIndex = 0
    hasBegun = false
  }

  private static func mayBreak(between left: Character, and right: Character) -> Bool {
    if right == " " { return false }
    if closing.contains(right) || opening.contains(left) { return false }
    if left == " " { return true }
    if left == "-" || left == "–" || left == "—" { return right.isLetter }
    return isIdeographic(left) || isIdeographic(right)
  }

  /// Wide characters, except the syllables of Korean, which breaks at blanks.
  private static func isIdeographic(_ character: Character) -> Bool {
    guard TextWidth.columns(of: character) == 2, let first = character.unicodeScalars.first
    else { return false }
    return !(0xAC00...0xD7A3).contains(first.value)
  }

  private static let closing: Set<Character> = [
    "，", "。", "、", "；", "：", "！", "？", "）", "》", "」", "』", "】", "〉", "”", "’", "…", "—", "％",
    ",", ".", ";", ":", "!", "?", ")", "]", "}", "%", "·", "ー", "々", "～",
  ]

  private static let opening: Set<Character> = [
    "（", "《", "「", "『", "【", "〈", "“", "‘", "(", "[", "{",
  ]
}
