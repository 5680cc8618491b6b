/// How many columns text takes in a terminal.
///
/// The widths agree with those of the C library (glibc 2.36, C.UTF-8), which ncurses asks; having
/// them here keeps every layout independent of the locale. East Asian characters of «ambiguous»
/// width (box lines, `…`, `·`) count one column.
public enum TextWidth {
  /// The columns of a text, grapheme by grapheme.
  public static func columns(of text: some StringProtocol) -> Int {
    text.reduce(into: 0) { $0 += columns(of: $1) }
  }

  /// The columns of one grapheme: 1 or 2.
  ///
  /// A grapheme takes the width of its first scalar, and marks add nothing; what has no width of
  /// its own (a lone mark, a control character) is drawn as a replacement of one column.
  public static func columns(of character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    return max(columns(of: first), 1)
  }

  /// The columns of one scalar: 0 for marks and format characters, else 1 or 2.
  public static func columns(of scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 { return 1 }
    if isInvisible(scalar) { return 0 }
    return isWide(scalar) ? 2 : 1
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if (0x4E00...0x9FFF).contains(value) || (0x2500...0x25FF).contains(value) { return false }
    // The vowels and final consonants that combine with a Hangul initial.
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FB).contains(value) { return true }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return true
    default: return false
    }
  }

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x1100: false
    case 0x1100...0x115F: true
    case 0x2329, 0x232A: true
    case 0x231A..<0x2E80: scalar.properties.isEmojiPresentation
    case 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3: true
    case 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6: true
    case 0x16FE0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x3FFFD: true
    // Regional indicators: a terminal shows letters, not flags.
    case 0x1F1E6...0x1F1FF: false
    case 0x1F000...0x1FAFF: scalar.properties.isEmojiPresentation
    default: false
    }
  }
}
