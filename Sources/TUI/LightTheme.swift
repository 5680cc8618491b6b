internal import Glibc

/// Dark text on white, for projectors in rooms that are not dark.
///
/// It brings its own background, whatever the terminal has, and every text reaches a contrast of 4.5:1, also where a
/// figure chose the colour.
///
/// Source: WCAG 2.2, success criterion 1.4.3.
enum LightTheme {
  /// The contrast that text has at least.
  static let leastContrast = 4.5

  /// The look of a style at a colour depth.
  static func look(of style: Style, depth: ColorDepth) -> Look {
    var attributes = Theme.attributes(of: style.role, isPlain: depth == .mono)
    guard depth != .mono else {
      // Reversed as a whole, so that most terminals come out dark on light.
      return Look(attributes: attributes.symmetricDifference(.reverse))
    }
    // Fainter text would lose the contrast that its colour has.
    attributes.remove(.dim)
    let paper = style.background ?? white
    let ink = legible(
      style.foreground ?? ink(of: style.role, depth: depth), on: paper, depth: depth)
    return Look(
      foreground: Theme.color(ink, depth: depth), background: Theme.color(paper, depth: depth),
      attributes: attributes)
  }

  private static let white = RGB(255, 255, 255)
  private static let black = RGB(0, 0, 0)

  private static func ink(of role: Role, depth: ColorDepth) -> RGB {
    let (many, few): (UInt8, UInt8) =
      switch role {
      case .text, .keyLabel, .title, .strong, .keyName, .emphasis, .selected, .cursor: (16, 0)
      case .dim, .border, .barTrack, .keyOff, .muted: (240, 0)
      case .heading, .prompt, .focusBorder, .accent, .barFill: (25, 4)
      case .code: (23, 4)
      case .right: (22, 0)
      case .wrong, .error: (124, 1)
      case .hint, .notice: (94, 5)
      }
    return Palette.color(at: depth == .ansi16 ? few : many)
  }

  /// The colour, or where it is too faint on a background the nearest on the way to black or white that is not.
  private static func legible(_ ink: RGB, on paper: RGB, depth: ColorDepth) -> RGB {
    let goal = contrast(black, paper) > contrast(white, paper) ? black : white
    for step in 0...10 {
      let mixed = mix(ink, goal, Double(step) / 10)
      // What counts is the colour that the terminal shows.
      let shown = shown(mixed, depth)
      if contrast(shown, self.shown(paper, depth)) >= leastContrast { return shown }
    }
    return goal
  }

  private static func shown(_ color: RGB, _ depth: ColorDepth) -> RGB {
    switch depth {
    case .mono, .trueColor: color
    case .ansi16: Palette.color(at: Palette.nearest16(color))
    case .indexed256: Palette.color(at: Palette.nearest256(color))
    }
  }

  private static func mix(_ a: RGB, _ b: RGB, _ share: Double) -> RGB {
    func part(_ channel: KeyPath<RGB, UInt8>) -> UInt8 {
      let (from, to) = (Double(a[keyPath: channel]), Double(b[keyPath: channel]))
      return UInt8((from + (to - from) * share).rounded())
    }
    return RGB(part(\.red), part(\.green), part(\.blue))
  }

  /// `(L1 + 0.05) / (L2 + 0.05)` of the relative luminances, 1…21.
  static func contrast(_ a: RGB, _ b: RGB) -> Double {
    let (one, other) = (luminance(a), luminance(b))
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
  }

  private static func luminance(_ color: RGB) -> Double {
    func linear(_ value: UInt8) -> Double {
      let share = Double(value) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)
  }
}
