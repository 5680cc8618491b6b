import Testing

@testable import TUI

@Suite struct EventCollectorTests {
  private func events(_ bytes: [UInt8]) -> [TerminalEvent] {
    var collector = EventCollector()
    for byte in bytes { collector.add(byte: byte) }
    return collector.take()
  }

  @Test func bytesBecomeCharactersHoweverTheyAreTaken() {
    var collector = EventCollector()
    var found: [TerminalEvent] = []
    for byte in "aé窗😀".utf8 {
      collector.add(byte: byte)
      found += collector.take()
    }
    #expect(found == "aé窗😀".map { .key(.char($0)) })
  }

  @Test func brokenCharactersAreDropped() {
    #expect(events([0xE7, 0xAA, 0x61]) == [.key(.char("a"))])
    #expect(events([0x97, 0x61]) == [.key(.char("a"))])
    #expect(events([0xC3, 0xC3, 0xA9]) == [.key(.char("é"))])
    #expect(events([0xFF, 0x61]) == [.key(.char("a"))])
  }

  @Test func controlCharactersAreKeys() {
    #expect(
      events([13, 10, 9, 127, 8, 3, 27, 0]) == [
        .key(.enter), .key(.enter), .key(.tab), .key(.backspace), .key(.backspace),
        .key(.ctrl("c")), .key(.escape),
      ])
  }

  @Test func escapeAndACharacterAreAlt() {
    #expect(events([27, 0x78]) == [.key(.alt("x"))])
    #expect(events([27, 13]) == [.key(.escape), .key(.enter)])
  }

  @Test func pastedTextIsOneEvent() {
    var collector = EventCollector()
    collector.beginPaste()
    for byte in "two\rlines 窗\u{3}".utf8 { collector.add(byte: byte) }
    #expect(collector.take().isEmpty)
    collector.endPaste()
    collector.add(byte: 0x61)
    #expect(collector.take() == [.paste("two\nlines 窗\u{3}"), .key(.char("a"))])
  }

  @Test func aPasteWithoutEndDoesNotSwallowKeysForEver() {
    var collector = EventCollector()
    collector.beginPaste()
    for _ in 0...1 << 20 { collector.add(byte: 0x61) }
    collector.add(byte: 0x62)
    #expect(collector.take().last == .key(.char("b")))
  }

  @Test func onlyTheInterruptSurvivesDroppingKeys() {
    var collector = EventCollector()
    for byte: UInt8 in [0x61, 3, 0x62] { collector.add(byte: byte) }
    collector.append(.resumed)
    collector.dropKeys()
    #expect(collector.take() == [.key(.ctrl("c")), .resumed])
  }
}
