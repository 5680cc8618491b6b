/// A colour as red, green and blue, 0…255.
public struct RGB: Sendable, Hashable {
  /// The red part.
  public var red: UInt8
  /// The green part.
  public var green: UInt8
  /// The blue part.
  public var blue: UInt8

  /// Creates a colour.
  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// How bright the colour looks, 0…1, by the weights of ITU-R BT.709.
  public var luminance: Double {
    (0.2126 * Double(red) + 0.7152 * Double(green) + 0.0722 * Double(blue)) / 255
  }
}

/// What a piece of text is for; a theme decides how that looks.
///
/// Views name roles and never colours, so one table keeps the meaning visible in monochrome too.
public enum Role: UInt8, Sendable, Hashable, CaseIterable {
  case text, dim, title, heading, emphasis, strong, code, accent, prompt
  case right, wrong, hint, notice, error
  case selected, cursor, border, focusBorder
  case keyName, keyLabel, keyOff
  case barFill, barTrack, muted
}

/// A role, with colours where the colour itself is the content (a heat map, a picture).
public struct Style: Sendable, Hashable {
  /// What the text is for.
  public var role: Role
  /// The colour of the character, instead of the role's.
  public var foreground: RGB?
  /// The colour behind the character, instead of the role's.
  public var background: RGB?

  /// Creates a style.
  public init(_ role: Role, foreground: RGB? = nil, background: RGB? = nil) {
    self.role = role
    self.foreground = foreground
    self.background = background
  }

  /// Creates a style of plain text in given colours.
  public init(foreground: RGB?, background: RGB? = nil) {
    self.init(.text, foreground: foreground, background: background)
  }
}

extension Style {
  /// The style as one number: 8 bits of role, 25 of each colour.
  var packed: UInt64 {
    func bits(_ color: RGB?) -> UInt64 {
      guard let color else { return 0 }
      return 1 << 24 | UInt64(color.red) << 16 | UInt64(color.green) << 8 | UInt64(color.blue)
    }
    return UInt64(role.rawValue) << 50 | bits(foreground) << 25 | bits(background)
  }
}

/// How many colours there are to draw with.
public enum ColorDepth: Sendable, Hashable, CaseIterable {
  /// Bold, underline and reverse only.
  case mono
  /// The sixteen ANSI colours, whose exact shade the user's terminal decides.
  case ansi16
  /// The 256 colours of xterm's palette.
  case indexed256
  /// Any colour.
  case trueColor

  /// Whether cells can carry enough colours to show a picture or a ramp.
  public var hasRamps: Bool { self == .indexed256 || self == .trueColor }
}
