import CNCurses
import Glibc
import TUI
import Testing

@Suite struct WidthTests {
  /// ncurses lays text out by the C library's widths, and the canvas by its own.
  @Test func widthsAgreeWithTheCLibrary() throws {
    try #require(setlocale(LC_CTYPE, "C.UTF-8") != nil)
    var differing: [String] = []
    for value in UInt32(0xA0)...0x3FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let known = wcwidth(wchar_t(value))
      // What the C library does not know is replaced before it is drawn.
      guard known >= 0, scalar.properties.generalCategory != .unassigned else { continue }
      if Int(known) != TextWidth.columns(of: scalar) {
        differing.append("U+\(String(value, radix: 16)): \(known)")
      }
    }
    #expect(differing.count < 20, "\(differing.prefix(40))")
    for value: UInt32 in [0x2500, 0x2580, 0x28FF, 0x3002, 0x4E00, 0x9FA5, 0xFF0C, 0x2713, 0x25B8] {
      #expect(!differing.contains { $0.hasPrefix("U+\(String(value, radix: 16)):") })
    }
  }
}
