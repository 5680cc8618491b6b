/// How a terminal can set text apart without colour.
public struct Attributes: OptionSet, Sendable, Hashable {
  /// The bits.
  public let rawValue: UInt8

  /// Creates a set from its bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Heavier.
  public static let bold = Attributes(rawValue: 1)
  /// Fainter, where the terminal can.
  public static let dim = Attributes(rawValue: 2)
  /// Underlined.
  public static let underline = Attributes(rawValue: 4)
  /// Foreground and background swapped.
  public static let reverse = Attributes(rawValue: 8)
}

/// A colour as a terminal names it.
public enum TerminalColor: Sendable, Hashable {
  /// An index of the terminal's palette.
  case indexed(UInt8)
  /// Any colour.
  case direct(RGB)
}

/// What a terminal does for a style.
public struct Look: Sendable, Hashable {
  /// The colour of the character; nil leaves the user's own.
  public var foreground: TerminalColor?
  /// The colour behind it; nil leaves the user's own.
  public var background: TerminalColor?
  /// What sets it apart without colour.
  public var attributes: Attributes

  /// Creates a look.
  public init(
    foreground: TerminalColor? = nil, background: TerminalColor? = nil,
    attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}

/// The table from roles to looks.
///
/// Colours are of middle brightness and stand on the user's own background, so they are readable on
/// black and on white; the light theme of ``LightTheme`` brings its own background. No role differs from plain text by colour alone where it carries meaning.
public enum Theme {
  /// The look of a style at a colour depth, on the user's own background or on a light one.
  public static func look(of style: Style, depth: ColorDepth, isLight: Bool = false) -> Look {
    if isLight { return LightTheme.look(of: style, depth: depth) }
    let entry = entry(for: style.role)
    guard depth != .mono else { return Look(attributes: entry.attributes.union(entry.plain)) }
    var look = Look(attributes: entry.attributes)
    if let own = style.foreground {
      look.foreground = color(own, depth: depth)
    } else {
      look.foreground = color(of: entry, depth: depth)
    }
    if let own = style.background { look.background = color(own, depth: depth) }
    return look
  }

  /// The colours of a role by depth, its attributes, and those added where there is no colour.
  private struct Entry {
    var indexed: UInt8?
    var ansi: UInt8?
    var attributes: Attributes = []
    var plain: Attributes = []
  }

  /// What sets a role apart with colour, and without.
  static func attributes(of role: Role, isPlain: Bool) -> Attributes {
    let entry = entry(for: role)
    return isPlain ? entry.attributes.union(entry.plain) : entry.attributes
  }

  private static func entry(for role: Role) -> Entry {
    switch role {
    case .text, .keyLabel: Entry()
    case .dim, .border, .barTrack, .keyOff, .muted: Entry(indexed: 244, ansi: 8, plain: .dim)
    case .title, .strong, .keyName: Entry(attributes: .bold)
    case .emphasis: Entry(attributes: .underline)
    case .heading, .prompt, .focusBorder: Entry(indexed: 33, ansi: 6, attributes: .bold)
    case .code: Entry(indexed: 37, ansi: 6)
    case .accent, .barFill: Entry(indexed: 33, ansi: 6, plain: .bold)
    case .right: Entry(indexed: 34, ansi: 2, attributes: .bold)
    case .wrong: Entry(indexed: 167, ansi: 1, attributes: [.bold, .underline])
    case .hint, .notice: Entry(indexed: 136, ansi: 3, plain: .underline)
    case .error: Entry(indexed: 167, ansi: 1, attributes: [.bold, .reverse])
    case .selected: Entry(attributes: .reverse)
    case .cursor: Entry(attributes: [.reverse, .bold])
    }
  }

  private static func color(of entry: Entry, depth: ColorDepth) -> TerminalColor? {
    switch depth {
    case .mono: nil
    case .ansi16: entry.ansi.map(TerminalColor.indexed)
    case .indexed256: entry.indexed.map(TerminalColor.indexed)
    case .trueColor: entry.indexed.map { .direct(Palette.color(at: $0)) }
    }
  }

  static func color(_ color: RGB, depth: ColorDepth) -> TerminalColor? {
    switch depth {
    case .mono: nil
    case .ansi16: .indexed(Palette.nearest16(color))
    case .indexed256: .indexed(Palette.nearest256(color))
    case .trueColor: .direct(color)
    }
  }
}
