import TUI
import Testing

/// The part of a terminal that ncurses uses with xterm's and tmux' entries: enough to read a screen.
struct TerminalEmulator {
  /// What one column shows.
  struct Spot: Equatable {
    var text = " "
    /// 2 for the left half of a wide character, 0 for its right half.
    var width = 1
    /// As the escape sequence gave it, such as `31` or `5;196`; empty for the standard colour.
    var foreground = ""
    var background = ""
    var isReversed = false
    var isBold = false
  }

  private(set) var size: Size
  private(set) var grid: [[Spot]]
  /// Whether a full-screen program has the screen.
  private(set) var isAlternate = false
  /// Private modes that are on: 25 cursor, 1000 and 1006 mouse, 2004 bracketed paste.
  private(set) var modes: Set<Int> = [25]
  /// Sequences that this emulator does not know; a test expects none.
  private(set) var unknown: [String] = []

  private var parser = EscapeParser()
  private var row = 0
  private var column = 0
  private var pen = Spot()
  private var last = Unicode.Scalar(UInt8(32))
  private var wrapsNext = false
  private var scrollTop = 0
  private var scrollBottom: Int
  private var saved = (row: 0, column: 0)
  private var mainGrid: [[Spot]] = []

  init(size: Size) {
    self.size = size
    scrollBottom = size.rows - 1
    grid = Self.empty(size)
  }

  /// A row as text, trailing blanks cut.
  func line(_ row: Int) -> String {
    var text = grid[row].filter { $0.width > 0 }.map(\.text).joined()
    while text.last == " " { text.removeLast() }
    return text
  }

  /// The screen as text.
  var text: String {
    var lines = grid.indices.map(line)
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// Whether no mode is left on that a shell would suffer from.
  var isRestored: Bool {
    !isAlternate && modes.contains(25) && modes.isDisjoint(with: [1000, 1002, 1003, 1006, 2004])
      && pen == Spot()
  }

  mutating func feed(_ bytes: some Sequence<UInt8>) {
    for byte in bytes {
      for command in parser.add(byte) { perform(command) }
    }
  }

  mutating func resize(_ new: Size) {
    let old = grid
    grid = Self.empty(new)
    for row in 0..<min(new.rows, size.rows) {
      for column in 0..<min(new.columns, size.columns) { grid[row][column] = old[row][column] }
    }
    size = new
    (scrollTop, scrollBottom) = (0, new.rows - 1)
    (row, column) = (min(row, new.rows - 1), min(column, new.columns - 1))
    wrapsNext = false
  }

  private static func empty(_ size: Size) -> [[Spot]] {
    Array(repeating: Array(repeating: Spot(), count: size.columns), count: size.rows)
  }

  /// What erasing leaves: a blank in the pen's background.
  private var blank: Spot { Spot(background: pen.background) }

  private mutating func perform(_ command: EscapeParser.Command) {
    switch command {
    case .print(let scalar): put(scalar)
    case .control(let byte): control(byte)
    case .escape(let final): escape(final)
    case .sequence(let isPrivate, let numbers, let final):
      if final != "m" { wrapsNext = false }
      if final == "m" {
        setPen(numbers)
      } else if isPrivate {
        setModes(numbers, final)
      } else {
        sequence(numbers, final)
      }
    }
  }

  private mutating func control(_ byte: UInt8) {
    switch byte {
    case 8: column = max(0, column - 1)
    case 9: column = min(size.columns - 1, (column / 8 + 1) * 8)
    case 10: lineFeed()
    case 13: column = 0
    default: return
    }
    if byte != 10 { wrapsNext = false }
  }

  private mutating func escape(_ final: Character) {
    switch final {
    case "7": saved = (row, column)
    case "8": (row, column) = saved
    case "M" where row == scrollTop: scroll(-1)
    case "M": row = max(0, row - 1)
    case "=", ">", "(", ")", "]": break
    default: unknown.append("ESC \(final)")
    }
  }

  private mutating func lineFeed() {
    if row == scrollBottom {
      scroll(1)
    } else {
      row = min(row + 1, size.rows - 1)
    }
  }

  /// Moves the lines of the scroll region up, or down for a negative count.
  private mutating func scroll(_ count: Int) {
    for _ in 0..<abs(count) {
      let fresh = Array(repeating: blank, count: size.columns)
      grid.remove(at: count > 0 ? scrollTop : scrollBottom)
      grid.insert(fresh, at: count > 0 ? scrollBottom : scrollTop)
    }
  }
}

// MARK: - Characters

extension TerminalEmulator {
  private mutating func put(_ scalar: Unicode.Scalar) {
    let width = TextWidth.columns(of: scalar)
    guard width > 0 else {
      addMark(scalar)
      return
    }
    if wrapsNext || column + width > size.columns {
      column = 0
      lineFeed()
      wrapsNext = false
    }
    for place in column..<min(column + width, size.columns) { cut(place) }
    var spot = pen
    spot.text = String(Character(scalar))
    spot.width = width
    grid[row][column] = spot
    if width == 2 {
      spot.text = ""
      spot.width = 0
      grid[row][column + 1] = spot
    }
    last = scalar
    column += width
    if column >= size.columns {
      column = size.columns - 1
      wrapsNext = true
    }
  }

  private mutating func addMark(_ scalar: Unicode.Scalar) {
    var place = wrapsNext ? column : column - 1
    if place > 0, grid[row][place].width == 0 { place -= 1 }
    if place >= 0 { grid[row][place].text.unicodeScalars.append(scalar) }
  }

  /// Blanks the wide character that a column belongs to.
  private mutating func cut(_ place: Int) {
    if grid[row][place].width == 0, place > 0 {
      grid[row][place - 1].text = " "
      grid[row][place - 1].width = 1
    }
    if grid[row][place].width == 2, place + 1 < size.columns {
      grid[row][place + 1].text = " "
      grid[row][place + 1].width = 1
    }
  }
}

// MARK: - Control sequences

extension TerminalEmulator {
  private mutating func sequence(_ numbers: [Int], _ final: Character) {
    func argument(_ index: Int, _ standard: Int = 1) -> Int {
      index < numbers.count && numbers[index] > 0 ? numbers[index] : standard
    }
    let count = argument(0)
    switch final {
    case "H", "f":
      row = min(size.rows, argument(0)) - 1
      column = min(size.columns, argument(1)) - 1
    case "A": row = max(0, row - count)
    case "B": row = min(size.rows - 1, row + count)
    case "C": column = min(size.columns - 1, column + count)
    case "D": column = max(0, column - count)
    case "G": column = min(size.columns, count) - 1
    case "d": row = min(size.rows, count) - 1
    case "J": eraseScreen(numbers.first ?? 0)
    case "K": eraseLine(numbers.first ?? 0)
    case "X": erase(column..<min(size.columns, column + count))
    case "@", "P", "L", "M": shift(count, final)
    case "S": scroll(count)
    case "T": scroll(-count)
    case "b": for _ in 0..<count { put(last) }
    case "r":
      (scrollTop, scrollBottom) = (argument(0) - 1, min(size.rows, argument(1, size.rows)) - 1)
      (row, column) = (0, 0)
    case "t", "c", "n", "q", "p", "h", "l": break
    default: unknown.append("CSI \(numbers)\(final)")
    }
  }

  private mutating func erase(_ columns: Range<Int>) {
    for place in columns {
      cut(place)
      grid[row][place] = blank
    }
  }

  private mutating func eraseLine(_ part: Int) {
    erase((part == 0 ? column : 0)..<(part == 1 ? column + 1 : size.columns))
  }

  private mutating func eraseScreen(_ part: Int) {
    let here = row
    for other in grid.indices {
      row = other
      if other == here {
        eraseLine(part)
      } else if part == 2 || (part == 0) == (other > here) {
        erase(0..<size.columns)
      }
    }
    row = here
  }

  /// Inserts or deletes characters in the line, or lines in the scroll region.
  private mutating func shift(_ count: Int, _ final: Character) {
    for _ in 0..<count {
      switch final {
      case "@":
        grid[row].insert(blank, at: column)
        grid[row].removeLast()
      case "P":
        grid[row].remove(at: column)
        grid[row].append(blank)
      case "L":
        grid.insert(Array(repeating: blank, count: size.columns), at: row)
        grid.remove(at: scrollBottom + 1)
      default:
        grid.remove(at: row)
        grid.insert(Array(repeating: blank, count: size.columns), at: scrollBottom)
      }
    }
  }

  private mutating func setModes(_ numbers: [Int], _ final: Character) {
    guard final == "h" || final == "l" else { return }
    for mode in numbers {
      if final == "h" { modes.insert(mode) } else { modes.remove(mode) }
      guard mode == 1049, (final == "h") != isAlternate else { continue }
      isAlternate.toggle()
      if isAlternate {
        mainGrid = grid
        grid = Self.empty(size)
      } else {
        let (main, wanted) = (mainGrid, size)
        size = Size(columns: main.first?.count ?? 0, rows: main.count)
        grid = main
        resize(wanted)
      }
    }
  }

  private mutating func setPen(_ numbers: [Int]) {
    var rest = (numbers.isEmpty ? [0] : numbers)[...]
    while let code = rest.popFirst() {
      switch code {
      case 0: pen = Spot()
      case 1: pen.isBold = true
      case 22: pen.isBold = false
      case 7: pen.isReversed = true
      case 27: pen.isReversed = false
      case 30...37, 90...97: pen.foreground = "\(code)"
      case 40...47, 100...107: pen.background = "\(code)"
      case 38, 48:
        let count = rest.first == 5 ? 2 : 4
        let color = rest.prefix(count).map(String.init).joined(separator: ";")
        rest = rest.dropFirst(count)
        if code == 38 { pen.foreground = color } else { pen.background = color }
      case 39: pen.foreground = ""
      case 49: pen.background = ""
      default: break
      }
    }
  }
}

extension TerminalEmulator: CustomTestStringConvertible {
  var testDescription: String {
    "alternate: \(isAlternate), modes: \(modes.sorted()), screen:\n\(text)"
  }
}
