/// Joins bytes to characters, however a slow line has split them.
struct UTF8Joiner {
  private var bytes: [UInt8] = []

  /// Whether a character has begun and not ended.
  var isInside: Bool { !bytes.isEmpty }

  /// Takes a byte and returns the characters that are complete with it; what is not UTF-8 is dropped.
  mutating func add(_ byte: UInt8) -> [Unicode.Scalar] {
    let isContinuation = byte & 0xC0 == 0x80
    if isContinuation, bytes.isEmpty { return [] }
    if !isContinuation { bytes = [] }
    bytes.append(byte)
    guard bytes.count >= UTF8Joiner.length(lead: bytes[0]) else { return [] }
    defer { bytes = [] }
    let text = String(decoding: bytes, as: UTF8.self)
    return text.unicodeScalars.filter { $0 != "\u{FFFD}" }
  }

  /// Forgets a character that will not be completed.
  mutating func reset() { bytes = [] }

  private static func length(lead: UInt8) -> Int {
    lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }
}
