import Testing

@testable import TUI

@Suite struct KeyBarTests {
  private let bar = KeyBar([
    KeyHint(key: "Arrows", label: "move"), KeyHint(key: "Space", label: "paint"),
    KeyHint(key: "Enter", label: "commit", rank: 80),
    KeyHint(key: "h", label: "hint", isOn: false, offReason: "no hints here"),
    KeyHint(key: "?", label: "keys", rank: .max), KeyHint(key: "q", label: "quit", rank: .max),
  ])

  @Test(arguments: [
    (60, "Arrows move  Space paint  Enter commit  ? keys  q quit"),
    (42, "Arrows move  Enter commit  ? keys  q quit"),
    (30, "Enter commit  ? keys  q quit"), (14, "? keys  q quit"),
  ])
  func lowRanksLeaveFirst(columns: Int, line: String) {
    #expect(drawing(columns, 1) { bar.draw(on: &$0, in: $1) } == line)
  }

  @Test func theMinimumKeepsHelpAndQuit() {
    #expect(bar.minimumSize(glyphs: .ascii) == Size(columns: 14, rows: 1))
  }

  @Test func smallSizesDoNotTrap() {
    drawAtEverySmallSize { bar.draw(on: &$0, in: $1) }
  }

  @Test func helpListsAllKeysWithReasons() {
    let help = HelpOverlay(title: "Keys", hints: bar.hints)
    #expect(help.minimumSize(glyphs: .ascii) == Size(columns: 32, rows: 8))
    #expect(
      drawing(34, 9) { help.draw(on: &$0, in: $1) } == """
         ┌─ Keys ───────────────────────┐
         │ Arrows  move                 │
         │ Space   paint                │
         │ Enter   commit               │
         │ h       hint (no hints here) │
         │ ?       keys                 │
         │ q       quit                 │
         └──────────────────────────────┘
        """)
    #expect(
      drawing(20, 6, .ascii) { help.draw(on: &$0, in: $1) } == """
        +- Keys -----------+
        | Arrows  move     |
        | Space   paint    |
        | Enter   commit   |
        | h       hint   v |
        +------------------+
        """)
    drawAtEverySmallSize { help.draw(on: &$0, in: $1) }
  }
}
