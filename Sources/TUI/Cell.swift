/// One character cell: a base character with its marks, and a style.
///
/// Plain numbers instead of a `Character`, because two frames of 12 000 cells are compared at every
/// key. A cell holds what ncurses can show in one: a base and up to three marks.
public struct Cell: Sendable, Hashable {
  /// The base scalar's value; never a control character.
  public private(set) var base: UInt32
  /// Up to three marks, 21 bits each, from the lowest bits up.
  private var marks: UInt64 = 0
  /// 1, 2 for the left half of a wide character, 0 for its right half.
  public internal(set) var width: UInt8
  /// The style.
  public internal(set) var style: Style

  /// A space.
  static func blank(_ style: Style = Style(.text)) -> Cell {
    Cell(base: 0x20, width: 1, style: style)
  }

  /// The right half of a wide character.
  static func rightHalf(_ style: Style) -> Cell {
    Cell(base: 0x20, width: 0, style: style)
  }

  /// What a terminal would show for a grapheme, which is never a control or format character.
  ///
  /// Of a joined sequence (an emoji family) the first member is shown, because terminals advance by
  /// single scalars; a lone mark is carried by `◌`.
  init(_ character: Character, style: Style) {
    self.init(base: 0x20, width: 1, style: style)
    var scalars = character.unicodeScalars.makeIterator()
    guard let first = scalars.next() else { return }
    if first.value < 0x20 || first.value == 0x7F {
      let isSpace = first == "\t" || first == "\n" || first == "\r"
      base = isSpace ? 0x20 : Cell.replacement
      return
    }
    if first.value < 0x7F {
      base = first.value
    } else if !Cell.isDrawable(first) {
      base = Cell.replacement
    } else if TextWidth.columns(of: first) == 0 {
      base = 0x25CC
      add(mark: first)
    } else {
      base = first.value
      width = UInt8(TextWidth.columns(of: first))
    }
    while let scalar = scalars.next(), scalar.value != 0x200D {
      if TextWidth.columns(of: scalar) == 0, Cell.isDrawable(scalar) { add(mark: scalar) }
    }
  }

  private init(base: UInt32, width: UInt8, style: Style) {
    self.base = base
    self.width = width
    self.style = style
  }

  /// Makes a space of the cell and keeps its style.
  mutating func clear() {
    base = 0x20
    marks = 0
    width = 1
  }

  /// The scalars to draw: the base, then the marks.
  public var scalars: [UInt32] {
    var values = [base]
    var rest = marks
    while rest != 0 {
      values.append(UInt32(rest & 0x1F_FFFF))
      rest >>= 21
    }
    return values
  }

  /// Whether the cell is a base without marks.
  public var isSingle: Bool { marks == 0 }

  /// The character as text; empty for the right half of a wide one.
  public var text: String {
    guard width > 0 else { return "" }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars.compactMap(Unicode.Scalar.init))
    return String(view)
  }

  private mutating func add(mark: Unicode.Scalar) {
    for shift: UInt64 in [0, 21, 42] where marks >> shift == 0 {
      marks |= UInt64(mark.value) << shift
      return
    }
  }

  /// U+FFFD, for what may not be stored.
  private static let replacement: UInt32 = 0xFFFD

  /// Controls could move the cursor, format characters could reorder the line (bidirectional
  /// overrides), and what is unassigned or private has no agreed width.
  private static func isDrawable(_ scalar: Unicode.Scalar) -> Bool {
    if (0x2000...0x9FFF).contains(scalar.value), !(0x2028...0x206F).contains(scalar.value),
      !(0x200B...0x200F).contains(scalar.value)
    {
      return scalar.properties.generalCategory != .unassigned
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      return false
    default:
      return !(0xFE00...0xFE0F).contains(scalar.value)
    }
  }
}
