/// A set of drawing characters: Unicode, or ASCII for terminals and fonts that have no more.
public struct Glyphs: Sendable, Hashable {
  /// Whether everything but East Asian text is drawn in ASCII.
  public let isASCII: Bool

  /// A horizontal line.
  public var horizontal: Character { isASCII ? "-" : "─" }
  /// A vertical line.
  public var vertical: Character { isASCII ? "|" : "│" }
  /// Where lines cross.
  public var cross: Character { isASCII ? "+" : "┼" }
  /// The top left corner of a frame.
  public var topLeft: Character { isASCII ? "+" : "┌" }
  /// The top right corner.
  public var topRight: Character { isASCII ? "+" : "┐" }
  /// The bottom left corner.
  public var bottomLeft: Character { isASCII ? "+" : "└" }
  /// The bottom right corner.
  public var bottomRight: Character { isASCII ? "+" : "┘" }

  /// The mark of the current entry of a list.
  public var pointer: Character { isASCII ? ">" : "▸" }
  /// The mark of a list entry.
  public var bullet: Character { isASCII ? "*" : "•" }
  /// The mark of what is selected.
  public var selected: Character { isASCII ? "*" : "●" }
  /// The mark of what could be selected.
  public var unselected: Character { isASCII ? "o" : "○" }
  /// The mark of what is right.
  public var right: Character { isASCII ? "+" : "✓" }
  /// The mark of what is wrong.
  public var wrong: Character { isASCII ? "x" : "✗" }
  /// The mark of what was painted.
  public var painted: Character { isASCII ? "#" : "■" }
  /// Before a setting that can be lowered.
  public var previous: Character { isASCII ? "<" : "◂" }
  /// After a setting that can be raised.
  public var next: Character { isASCII ? ">" : "▸" }
  /// More above.
  public var up: Character { isASCII ? "^" : "↑" }
  /// More below.
  public var down: Character { isASCII ? "v" : "↓" }
  /// The done part of a bar.
  public var barFull: Character { isASCII ? "=" : "━" }
  /// The head of a bar's done part.
  public var barHead: Character { isASCII ? ">" : "━" }
  /// The rest of a bar.
  public var barEmpty: Character { isASCII ? "-" : "─" }
  /// What replaces the end of a text that does not fit.
  public var ellipsis: String { isASCII ? "..." : "…" }
  /// From empty to full, for values without colour: five shades, or ten characters in ASCII.
  public var shades: [Character] { Array(isASCII ? " .:-=+*#%@" : " ░▒▓█") }

  /// Box lines, blocks and marks of Unicode.
  public static let unicode = Glyphs(isASCII: false)
  /// ASCII only.
  public static let ascii = Glyphs(isASCII: true)

  /// The shade of a share, 0…1; outside that range the nearest.
  public func shade(_ share: Double) -> Character {
    let shades = shades
    guard share.isFinite else { return share > 0 ? shades[shades.count - 1] : " " }
    let step = Int((share * Double(shades.count)).rounded(.down))
    return shades[min(max(step, 0), shades.count - 1)]
  }

  /// The columns that a text takes once adapted.
  public func columns(of text: String) -> Int {
    TextWidth.columns(of: adapt(text))
  }

  /// The text adapted, and cut with an ellipsis if it takes more than `columns`.
  public func truncated(_ text: String, to columns: Int) -> String {
    let text = adapt(text)
    guard TextWidth.columns(of: text) > columns else { return text }
    let room = columns - ellipsis.count
    guard room >= 0 else { return String(repeating: ".", count: max(columns, 0)) }
    var (kept, used) = ("", 0)
    for character in text {
      used += TextWidth.columns(of: character)
      if used > room { break }
      kept.append(character)
    }
    return kept + ellipsis
  }

  /// The text cut or filled with blanks to exactly `columns`.
  public func padded(_ text: String, to columns: Int) -> String {
    let text = truncated(text, to: columns)
    return text + String(repeating: " ", count: max(columns - TextWidth.columns(of: text), 0))
  }
}
