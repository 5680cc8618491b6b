/// Splits a terminal's input into characters and commands, whatever pieces it arrives in.
struct EscapeParser {
  enum Command {
    case print(Unicode.Scalar)
    case control(UInt8)
    /// `ESC` and a character; character sets and titles are reported by their first character.
    case escape(Character)
    case sequence(isPrivate: Bool, numbers: [Int], final: Character)
  }

  private enum State {
    case ground
    case escape
    case sequence
    /// `ESC (` and one character.
    case characterSet
    /// `ESC ]` up to `BEL` or `ESC \`.
    case title
  }

  private var state = State.ground
  private var bytes: [UInt8] = []

  mutating func add(_ byte: UInt8) -> [Command] {
    switch state {
    case .ground: return ground(byte)
    case .escape: return escape(byte)
    case .sequence:
      guard (0x40...0x7E).contains(byte) else {
        bytes.append(byte)
        return []
      }
      state = .ground
      return [sequence(final: Character(Unicode.Scalar(byte)))]
    case .characterSet:
      state = .ground
      return []
    case .title:
      if byte == 7 || (byte == UInt8(ascii: "\\") && bytes.last == 27) { state = .ground }
      bytes = [byte]
      return []
    }
  }

  private mutating func ground(_ byte: UInt8) -> [Command] {
    if byte == 27 {
      (state, bytes) = (.escape, [])
      return []
    }
    if byte < 32 || byte == 127 { return [.control(byte)] }
    if byte < 0x80 { return [.print(Unicode.Scalar(byte))] }
    bytes.append(byte)
    let length = bytes[0] < 0xE0 ? 2 : bytes[0] < 0xF0 ? 3 : 4
    guard bytes.count >= length else { return [] }
    defer { bytes = [] }
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.map { .print($0) }
  }

  private mutating func escape(_ byte: UInt8) -> [Command] {
    let character = Character(Unicode.Scalar(byte))
    switch character {
    case "[": state = .sequence
    case "(", ")": state = .characterSet
    case "]": state = .title
    default:
      state = .ground
      return [.escape(character)]
    }
    return []
  }

  private mutating func sequence(final: Character) -> Command {
    defer { bytes = [] }
    var text = String(decoding: bytes, as: UTF8.self)
    let isPrivate = text.hasPrefix("?")
    if isPrivate { text.removeFirst() }
    let parts = text.split(whereSeparator: { $0 == ";" || $0 == ":" })
    return .sequence(isPrivate: isPrivate, numbers: parts.map { Int($0) ?? 0 }, final: final)
  }
}
