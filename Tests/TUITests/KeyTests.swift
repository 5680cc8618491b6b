import Testing

@testable import TUI

@Suite struct KeyTests {
  @Test(arguments: [
    Key.enter, .tab, .backTab, .backspace, .delete, .escape, .up, .down, .left, .right, .home,
    .end, .pageUp, .pageDown, .space, .char("a"), .char("?"), .char("窗"), .ctrl("c"), .alt("x"),
    .function(1), .function(12),
  ])
  func everyKeyIsFoundByItsName(key: Key) {
    #expect(Key(named: key.name) == key)
  }

  @Test(arguments: ["", "Nothing", "F13", "F0", "Ctrl-", "ab"])
  func otherNamesAreNoKeys(name: String) {
    #expect(Key(named: name) == nil)
  }

  @Test func aTableActsAndExplains() {
    let table = KeyTable([
      KeyBinding([.enter, .char("o")], "open", 1), KeyBinding([.enter], "second", 2),
      KeyBinding([.char("h")], "hint", nil, offReason: "no hints here"),
      KeyBinding([.up, .down], "move", 3, shownKey: "Arrows", rank: 90),
      KeyBinding([.char("z")], "", 4),
    ])
    #expect(table.message(for: .enter) == 1)
    #expect(table.message(for: .char("o")) == 1)
    #expect(table.message(for: .char("h")) == nil)
    #expect(table.offReason(for: .char("h")) == "no hints here")
    #expect(table.offReason(for: .enter) == nil)
    #expect(table.message(for: .char("z")) == 4)
    #expect(table.hints.map(\.key) == ["Enter", "Enter", "h", "Arrows"])
    #expect(table.hints.map(\.isOn) == [true, true, false, true])
  }
}
