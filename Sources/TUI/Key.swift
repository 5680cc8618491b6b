/// A key as a program sees it.
public enum Key: Sendable, Hashable {
  /// A printable character, the space included.
  case char(Character)
  /// Control and a lower-case letter.
  case ctrl(Character)
  /// Alt and a character.
  case alt(Character)
  /// A function key, from 1.
  case function(Int)
  case enter, tab, backTab, backspace, delete, escape
  case up, down, left, right, home, end, pageUp, pageDown

  /// The space bar.
  public static let space = Key.char(" ")

  /// The name on the key, as scripts, help and prose write it.
  public var name: String {
    switch self {
    case .char(" "): "Space"
    case .char(let character): String(character)
    case .ctrl(let character): "Ctrl-" + character.uppercased()
    case .alt(let character): "Alt-\(character)"
    case .function(let number): "F\(number)"
    default: Key.names.first { $0.key == self }?.name ?? "?"
    }
  }

  /// The key with a name, or nil if there is none; a single character names itself.
  public init?(named name: String) {
    if name.count == 1, let character = name.first {
      self = .char(character)
    } else if name == "Space" {
      self = .space
    } else if let entry = Key.names.first(where: { $0.name == name }) {
      self = entry.key
    } else if name.hasPrefix("Ctrl-"), let letter = name.lowercased().last, name.count == 6 {
      self = .ctrl(letter)
    } else if name.hasPrefix("Alt-"), let letter = name.last, name.count == 5 {
      self = .alt(letter)
    } else if name.hasPrefix("F"), let number = Int(name.dropFirst()), (1...12).contains(number) {
      self = .function(number)
    } else {
      return nil
    }
  }

  private static let names: [(key: Key, name: String)] = [
    (.enter, "Enter"), (.tab, "Tab"), (.backTab, "Shift-Tab"), (.backspace, "Backspace"),
    (.delete, "Del"), (.escape, "Esc"), (.up, "Up"), (.down, "Down"), (.left, "Left"),
    (.right, "Right"), (.home, "Home"), (.end, "End"), (.pageUp, "PgUp"), (.pageDown, "PgDn"),
  ]
}
