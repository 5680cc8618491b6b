/// Numbers for pairs of colours, as ncurses wants them: each pair keeps its number.
///
/// A pair that gets another meaning makes ncurses search the whole screen, so numbers are never
/// reused one by one; when they run out, all are forgotten.
struct ColorPairs {
  /// What was found for a pair.
  enum Entry: Equatable {
    /// It has this number.
    case known(Int32)
    /// It got this number just now, and ncurses has to be told.
    case new(Int32)
    /// There are no numbers left.
    case full
  }

  private let limit: Int32
  private var numbers: [UInt64: Int32] = [:]

  /// Creates numbers from 1 up to `limit`, exclusive; 0 means the terminal's own colours.
  init(limit: Int32) { self.limit = limit }

  /// The number of a pair of ncurses' colour values.
  mutating func entry(foreground: Int32, background: Int32) -> Entry {
    if foreground == -1, background == -1 { return .known(0) }
    let key =
      UInt64(UInt32(bitPattern: foreground)) << 32 | UInt64(UInt32(bitPattern: background))
    if let number = numbers[key] { return .known(number) }
    let number = Int32(numbers.count) + 1
    guard number < limit else { return .full }
    numbers[key] = number
    return .new(number)
  }

  /// Forgets all numbers.
  mutating func removeAll() { numbers.removeAll(keepingCapacity: true) }

  /// ncurses' value for a colour, and what to add where there are only eight colours.
  static func value(of color: TerminalColor?, colors: Int32) -> (value: Int32, added: Attributes) {
    switch color {
    case nil: return (-1, [])
    case .indexed(let index) where index >= 8 && colors < 16:
      // Bright black is the grey of unimportant text; the other bright colours are bold.
      return index == 8 ? (-1, .dim) : (Int32(index) - 8, .bold)
    case .indexed(let index): return (Int32(index), [])
    case .direct(let rgb):
      let value = Int32(rgb.red) << 16 | Int32(rgb.green) << 8 | Int32(rgb.blue)
      // Direct entries keep 1…7 for the ANSI colours.
      return ((1...7).contains(value) ? 8 : value, [])
    }
  }
}
