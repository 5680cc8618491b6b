internal import CNCurses
internal import Glibc

/// The user's terminal through ncurses; the only file that knows ncurses.
///
/// While it is open, standard error is collected and written after it closes. However the process
/// ends, short of SIGKILL, the terminal is given back as it was.
///
/// 24-bit colours need a terminal entry with direct colours (see ``TerminalChoices``); without one
/// the screen gets the nearest 256 colours, also where `COLORTERM` says `truecolor`.
public final class NCursesTerminal: Terminal {
  /// What the command line may ask for.
  public struct Options: Sendable {
    /// The colours; nil chooses by the environment and the terminal's entry.
    public var depth: ColorDepth?
    /// Whether to draw in ASCII although the locale has more.
    public var isASCII: Bool

    /// Whether to draw dark on white, whatever the terminal's background is.
    public var isLight: Bool

    /// Creates options.
    public init(depth: ColorDepth? = nil, isASCII: Bool = false, isLight: Bool = false) {
      self.isLight = isLight
      self.depth = depth
      self.isASCII = isASCII
    }
  }

  /// The screen's size.
  public private(set) var size: Size
  /// The drawing characters.
  public let glyphs: Glyphs
  /// The colours.
  public let depth: ColorDepth
  /// Whether it shows dark text on white.
  public let isLight: Bool
  /// The entry of the terminal database in use.
  public let entry: String

  private let screen: OpaquePointer
  /// Keys are read from a pad: reading from a window refreshes it first.
  private let pad: UnsafeMutablePointer<WINDOW>
  private let isUTF8: Bool
  private let hasPaste: Bool
  private var pairs: ColorPairs
  private var pens: [UInt64: Pen] = [:]
  private var shown: Canvas?
  private var line: [cchar_t] = []
  private var collector = EventCollector()
  private var emptyReads = 0
  private var hasAllPairs = true
  private var isOpen = true

  private static let input: Int32 = 0
  private static let output: Int32 = 1
  private static let pasteBegin: Int32 = 0x1001
  private static let pasteEnd: Int32 = 0x1002

  /// Opens the screen; nothing is printed and nothing changed when it cannot be.
  ///
  /// - Throws: A ``TerminalError`` that says what is missing.
  public init(options: Options = Options()) throws(TerminalError) {
    guard isatty(Self.input) == 1 else { throw .notATerminal("standard input") }
    guard isatty(Self.output) == 1 else { throw .notATerminal("standard output") }
    let environment = Self.environment
    let term = environment["TERM"] ?? ""
    guard let colors = Self.colors(ofEntry: term) else { throw .unknownTerminal(term) }
    guard Self.string("cup") != nil else { throw .cannotPosition(term) }
    isUTF8 = Self.chooseLocale(environment)

    let wish = TerminalChoices.depth(
      explicit: options.depth, environment: environment, entryColors: colors)
    let entries = TerminalChoices.entries(term: term, depth: wish)
    // The direct entry is of use only if it has direct colours; otherwise any that is known.
    entry =
      entries.first { name in
        guard let colors = Self.colors(ofEntry: name) else { return false }
        return TerminalChoices.depth(ofColors: colors) == wish
      } ?? term

    guard guard_install(Self.input) else { throw .unavailable("no pipe for signals") }
    _ = set_escdelay(25)
    guard let screen = cn_open_screen(entry, Self.output, Self.input), let pad = newpad(1, 1) else {
      guard_uninstall()
      throw .unknownTerminal(entry)
    }
    self.screen = screen
    self.pad = pad
    _ = guard_capture_errors()
    guard_arm(true)
    // raw: Ctrl-C, -Z, -S and -Q arrive as keys.
    _ = raw()
    _ = noecho()
    _ = nonl()
    _ = curs_set(0)
    _ = leaveok(cn_stdscr(), true)
    _ = keypad(pad, true)
    _ = nodelay(pad, true)
    _ = meta(pad, true)

    depth = Self.startColors(wish)
    if options.isLight, depth != .mono {
      // The last cell, which is never written, has these too.
      let look = Theme.look(of: Style(.text), depth: depth, isLight: true)
      let (ink, paper) = (look.foreground, look.background)
      _ = assume_default_colors(
        ColorPairs.value(of: ink, colors: cn_colors()).value,
        ColorPairs.value(of: paper, colors: cn_colors()).value)
    }
    pairs = ColorPairs(limit: depth == .mono ? 1 : min(cn_color_pairs(), 65536))
    isLight = options.isLight
    glyphs = options.isASCII || !isUTF8 ? .ascii : .unicode
    size = Size(columns: Int(cn_columns()), rows: Int(cn_lines()))
    // The entry of screen has no such capability, though both screen and tmux understand it.
    hasPaste = Self.string("BE") != nil || term.hasPrefix("screen")
    Self.defineKeys()
    _ = mousemask(CN_PRESSED | CN_RELEASED | CN_WHEEL_UP | CN_WHEEL_DOWN, nil)
    // Otherwise presses wait a sixth of a second in case they become clicks.
    _ = mouseinterval(0)
    _ = wrefresh(cn_stdscr())
    setPaste(true)
  }

  deinit { close() }

  /// Gives the terminal back.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    setPaste(false)
    _ = mousemask(0, nil)
    _ = endwin()
    guard_arm(false)
    guard_release_errors()
    guard_uninstall()
    delscreen(screen)
  }

  // MARK: Showing

  /// Shows a frame.
  public func show(_ canvas: Canvas) {
    if !tryShow(canvas) {
      // Rows that were written already refer to the forgotten pairs: write all again.
      pairs.removeAll()
      pens.removeAll()
      reset_color_pairs()
      shown = nil
      _ = tryShow(canvas)
    }
    shown = canvas
    _ = wnoutrefresh(cn_stdscr())
    _ = doupdate()
  }

  /// Writes the rows that changed; false if the colour pairs ran out.
  private func tryShow(_ canvas: Canvas) -> Bool {
    hasAllPairs = true
    let rows = min(canvas.fullSize.rows, size.rows)
    let columns = min(canvas.fullSize.columns, size.columns)
    let former = shown?.fullSize == canvas.fullSize ? shown : nil
    for row in 0..<rows {
      let cells = canvas.cells(inRow: row)
      if let former, former.cells(inRow: row) == cells { continue }
      // The last cell of the screen stays blank: terminals without «rmam» (tmux, screen) reach it
      // by inserting a character, which goes wrong beside a wide one.
      show(cells.prefix(row == size.rows - 1 ? columns - 1 : columns), row: row)
    }
    return hasAllPairs
  }

  private func show(_ cells: ArraySlice<Cell>, row: Int) {
    line.removeAll(keepingCapacity: true)
    for (index, cell) in zip(cells.indices, cells) where cell.width > 0 {
      let pen = pen(for: cell.style)
      let fits = index + Int(cell.width) <= cells.endIndex
      var stored = cchar_t()
      if fits, cell.isSingle, isShowable(cell) {
        cn_cell_single(&stored, wchar_t(bitPattern: cell.base), pen.attributes, pen.pair)
        line.append(stored)
      } else if fits, isShowable(cell) {
        let text = cell.scalars.map(wchar_t.init(bitPattern:)) + [0]
        _ = cn_cell(&stored, text, pen.attributes, pen.pair)
        line.append(stored)
      } else {
        // One mark for each column, or all that follows would shift.
        let mark: Unicode.Scalar = fits ? "?" : " "
        cn_cell_single(&stored, wchar_t(bitPattern: mark.value), pen.attributes, pen.pair)
        line += Array(repeating: stored, count: fits ? Int(cell.width) : 1)
      }
    }
    _ = line.withUnsafeBufferPointer { buffer in
      mvwadd_wchnstr(cn_stdscr(), Int32(row), 0, buffer.baseAddress, Int32(buffer.count))
    }
  }

  private struct Pen {
    var attributes: attr_t
    var pair: Int32
  }

  private func pen(for style: Style) -> Pen {
    // A frame asks twelve thousand times: a packed key hashes in a fraction of the style's time.
    let key = style.packed
    if let known = pens[key] { return known }
    let look = Theme.look(of: style, depth: depth, isLight: isLight)
    let (foreground, added) = ColorPairs.value(of: look.foreground, colors: cn_colors())
    let (background, _) = ColorPairs.value(of: look.background, colors: cn_colors())
    var pen = Pen(attributes: Self.bits(look.attributes.union(added)), pair: 0)
    if depth != .mono {
      switch pairs.entry(foreground: foreground, background: background) {
      case .known(let pair): pen.pair = pair
      case .new(let pair):
        _ = init_extended_pair(pair, foreground, background)
        pen.pair = pair
      case .full:
        hasAllPairs = false
        return pen
      }
    }
    if pens.count > 100_000 { pens.removeAll() }
    pens[key] = pen
    return pen
  }

  /// Whether the C library, which ncurses asks, agrees with us about the width.
  private func isShowable(_ cell: Cell) -> Bool {
    if cell.base < 0x7F { return true }
    return isUTF8 && wcwidth(wchar_t(bitPattern: cell.base)) == Int32(cell.width)
  }

  private func repaint() {
    shown = nil
    _ = clearok(cn_curscr(), true)
  }

  // MARK: Events

  /// Waits for something to report and returns all there is.
  public func events(wakingOn signal: WakeSignal, timeout: Int?) -> [TerminalEvent] {
    let limit = timeout.map(Int32.init(clamping:)) ?? -1
    let cause = guard_wait(Self.input, signal.readEnd, limit)
    let signals = Int(guard_take())
    if signals & GUARD_RESIZED != 0 { resize() }
    if signals & GUARD_STOP != 0 {
      suspend()
    } else if signals & GUARD_CONTINUED != 0 {
      resume()
    }
    let countBefore = collector.events.count
    readKeys()
    if cause & Int32(GUARD_INPUT) != 0, collector.events.count == countBefore {
      emptyReads += 1
    } else {
      emptyReads = 0
    }
    if signals & GUARD_INTERRUPT != 0 { collector.append(.key(.ctrl("c"))) }
    if signals & GUARD_TERMINATE != 0 { collector.append(.terminate(signal: SIGTERM)) }
    if signals & GUARD_QUIT != 0 { collector.append(.terminate(signal: SIGQUIT)) }
    // A terminal that is readable again and again without giving anything is at its end.
    let isGone = cause & Int32(GUARD_GONE) != 0 || emptyReads > 100
    if signals & GUARD_HANG_UP != 0 || isGone { collector.append(.hungUp) }
    return collector.take()
  }

  /// Forgets what was typed and not yet reported.
  public func dropPendingKeys() {
    readKeys()
    collector.dropKeys()
  }

  private func readKeys() {
    while true {
      let code = wgetch(pad)
      switch code {
      case ERR: return
      case KEY_RESIZE: continue
      case 0..<256: readByte(UInt8(code))
      case Self.pasteBegin: collector.beginPaste()
      case Self.pasteEnd: collector.endPaste()
      case KEY_MOUSE: readMouse()
      default: if let key = Self.key(for: code) { collector.add(key: key) }
      }
    }
  }

  private func readByte(_ byte: UInt8) {
    let controlZ: UInt8 = 26
    let controlL: UInt8 = 12
    switch byte {
    case controlZ: suspend()
    case controlL:
      repaint()
      collector.append(.resumed)
    default: collector.add(byte: byte)
    }
  }

  private func readMouse() {
    var event = MEVENT()
    while getmouse(&event) == OK {
      let actions: [(mmask_t, Mouse.Action)] = [
        (CN_WHEEL_UP, .wheelUp), (CN_WHEEL_DOWN, .wheelDown), (CN_PRESSED, .press),
        (CN_RELEASED, .release),
      ]
      guard let action = actions.first(where: { event.bstate & $0.0 != 0 })?.1 else { continue }
      collector.append(.mouse(Mouse(action, row: Int(event.y), column: Int(event.x))))
    }
  }

  private func resize() {
    var window = winsize()
    guard ioctl(Self.output, UInt(TIOCGWINSZ), &window) == 0, window.ws_row > 0, window.ws_col > 0
    else { return }
    let new = Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
    guard new != size else { return }
    _ = resizeterm(Int32(new.rows), Int32(new.columns))
    size = Size(columns: Int(cn_columns()), rows: Int(cn_lines()))
    shown = nil
    collector.append(.resize(size))
  }

  private func suspend() {
    setPaste(false)
    _ = endwin()
    guard_arm(false)
    guard_suspend()
    // The signal that continued us is dealt with here.
    _ = guard_take()
    resume()
  }

  private func resume() {
    guard_arm(true)
    // Stopped by SIGSTOP, the shell has its own modes set behind our back.
    if !isendwin() { _ = reset_prog_mode() }
    resize()
    repaint()
    _ = wrefresh(cn_stdscr())
    setPaste(true)
    collector.append(.resumed)
  }

  private func setPaste(_ on: Bool) {
    guard hasPaste else { return }
    let sequence = on ? "\u{1B}[?2004h" : "\u{1B}[?2004l"
    _ = write(Self.output, sequence, sequence.utf8.count)
  }
}

// MARK: - What ncurses calls things

extension NCursesTerminal {
  private static var environment: [String: String] {
    let names = ["TERM", "NO_COLOR", "COLORTERM", "LC_ALL", "LC_CTYPE", "LANG"]
    let pairs = names.compactMap { name in getenv(name).map { (name, String(cString: $0)) } }
    return Dictionary(pairs) { first, _ in first }
  }

  /// The number of colours of a terminal entry, and makes it the one that ``string(_:)`` asks; nil
  /// if it is not known.
  private static func colors(ofEntry name: String) -> Int? {
    var error: Int32 = 0
    // With a place for the error it returns; without one it would print and exit.
    guard !name.isEmpty, setupterm(name, output, &error) == OK else { return nil }
    return Int(tigetnum("colors"))
  }

  /// A string capability, nil if the entry has none.
  private static func string(_ name: String) -> UnsafeMutablePointer<CChar>? {
    let value = tigetstr(name)
    return value == UnsafeMutablePointer(bitPattern: -1) ? nil : value
  }

  /// Chooses the locale of characters and returns whether it is UTF-8.
  private static func chooseLocale(_ environment: [String: String]) -> Bool {
    func isUTF8() -> Bool { String(cString: nl_langinfo(Int32(CODESET))).uppercased() == "UTF-8" }
    // Only the characters: the rest would change how C reads and writes numbers.
    let isInstalled = setlocale(LC_CTYPE, "") != nil
    switch TerminalChoices.localeRule(environment: environment, isInstalled: isInstalled) {
    case .keep: return isInstalled && isUTF8()
    case .fallBack: return setlocale(LC_CTYPE, "C.UTF-8") != nil && isUTF8()
    }
  }

  /// Starts colours and returns how many of those wished for there are.
  private static func startColors(_ wish: ColorDepth) -> ColorDepth {
    guard wish != .mono, has_colors(), start_color() == OK else { return .mono }
    _ = use_default_colors()
    let possible = TerminalChoices.depth(ofColors: Int(cn_colors()))
    let order: [ColorDepth] = [.mono, .ansi16, .indexed256, .trueColor]
    return order.first { $0 == wish || $0 == possible } ?? .mono
  }

  private static func bits(_ attributes: Attributes) -> attr_t {
    var bits: attr_t = 0
    if attributes.contains(.bold) { bits |= CN_BOLD }
    if attributes.contains(.dim) { bits |= CN_DIM }
    if attributes.contains(.underline) { bits |= CN_UNDERLINE }
    if attributes.contains(.reverse) { bits |= CN_REVERSE }
    return bits
  }

  /// Both spellings of the arrows (some terminals and scripts ignore «application» mode), and the
  /// marks around pasted text.
  private static func defineKeys() {
    let arrows = [
      ("A", KEY_UP), ("B", KEY_DOWN), ("C", KEY_RIGHT), ("D", KEY_LEFT), ("H", KEY_HOME),
      ("F", KEY_END),
    ]
    for (letter, code) in arrows {
      _ = define_key("\u{1B}[" + letter, code)
      _ = define_key("\u{1B}O" + letter, code)
    }
    _ = define_key("\u{1B}[200~", pasteBegin)
    _ = define_key("\u{1B}[201~", pasteEnd)
  }

  private static func key(for code: Int32) -> Key? {
    switch code {
    case KEY_UP: return .up
    case KEY_DOWN: return .down
    case KEY_LEFT: return .left
    case KEY_RIGHT: return .right
    case KEY_HOME: return .home
    case KEY_END: return .end
    case KEY_PPAGE: return .pageUp
    case KEY_NPAGE: return .pageDown
    case KEY_BACKSPACE: return .backspace
    case KEY_DC: return .delete
    case KEY_ENTER: return .enter
    case KEY_BTAB: return .backTab
    default:
      return (1...12).first { cn_function_key(Int32($0)) == code }.map(Key.function)
    }
  }
}
