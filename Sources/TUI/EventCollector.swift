/// Turns what a terminal sends, a character or a key at a time, into events.
struct EventCollector {
  private(set) var events: [TerminalEvent] = []
  private var joiner = UTF8Joiner()
  private var pasted: [Unicode.Scalar]?

  /// A paste without an end must not swallow all that is typed after it.
  private static let longestPaste = 1 << 20

  /// Takes one byte of text.
  mutating func add(byte: UInt8) {
    if byte < 0x80, !joiner.isInside {
      add(Unicode.Scalar(byte))
    } else {
      for scalar in joiner.add(byte) { add(scalar) }
    }
  }

  /// Takes a key that the terminal's entry describes.
  mutating func add(key: Key) {
    joiner.reset()
    append(.key(key))
  }

  /// Takes any other event.
  mutating func append(_ event: TerminalEvent) {
    // Escape and a character in one go are that character with Alt.
    if case .key(.char(let character)) = event, events.last == .key(.escape) {
      events[events.count - 1] = .key(.alt(character))
    } else {
      events.append(event)
    }
  }

  /// The terminal begins to send pasted text.
  mutating func beginPaste() { pasted = [] }

  /// The terminal has sent the last of the pasted text.
  mutating func endPaste() {
    if let pasted {
      var text = String.UnicodeScalarView()
      text.append(contentsOf: pasted)
      events.append(.paste(String(text)))
    }
    pasted = nil
  }

  /// Forgets the keys, except the one that interrupts.
  mutating func dropKeys() {
    events.removeAll { event in
      guard case .key(let key) = event else { return false }
      return key != .ctrl("c")
    }
  }

  /// Returns what there is and forgets it; an unfinished character or paste is kept.
  mutating func take() -> [TerminalEvent] {
    defer { events = [] }
    return events
  }

  private mutating func add(_ scalar: Unicode.Scalar) {
    if pasted != nil {
      pasted?.append(scalar == "\r" ? "\n" : scalar)
      if pasted?.count ?? 0 > EventCollector.longestPaste { endPaste() }
    } else if let key = EventCollector.key(for: scalar) {
      append(.key(key))
    }
  }

  private static func key(for scalar: Unicode.Scalar) -> Key? {
    switch scalar.value {
    case 27: return .escape
    case 10, 13: return .enter
    case 9: return .tab
    case 8, 127: return .backspace
    case 1...26: return .ctrl(Character(Unicode.Scalar(UInt8(scalar.value + 96))))
    case 0...31: return nil
    default: return .char(Character(scalar))
    }
  }
}
