import Testing

@testable import TUI

@Suite struct ListMenuTests {
  private let list = ListMenu(
    [
      .init("Patch tokens", details: ["held", "8/8"], mark: "1"),
      .init("Window partition of a grid that is long", details: ["new", ""], mark: "2"),
      .init("全局块", details: ["shaky", "4/7"], mark: "3"),
    ], selection: 1)

  @Test func entriesWrapBesideTheirDetails() {
    #expect(
      drawing(40, 5) { list.draw(on: &$0, in: $1) } == """
          1 Patch tokens              held   8/8
        ▸ 2 Window partition of a     new
            grid that is long
          3 全局块                    shaky  4/7
        """)
    #expect(list.height(columns: 40, glyphs: .unicode) == 4)
    #expect(list.minimumSize(glyphs: .unicode) == Size(columns: 55, rows: 3))
  }

  @Test func theCurrentEntryStaysInSight() {
    #expect(
      drawing(20, 3, .ascii) { list.draw(on: &$0, in: $1) } == """
        > 2 Window partition
            of a grid that
            is long
        """)
  }

  @Test func theCurrentEntryIsReversedOnlyInFocus() {
    let focused = canvas(40, 5) { list.draw(on: &$0, in: $1) }
    #expect(focused.cell(row: 1, column: 4).style.role == .selected)
    var other = list
    other.isFocused = false
    let unfocused = canvas(40, 5) { other.draw(on: &$0, in: $1) }
    #expect(unfocused.cell(row: 1, column: 4).style.role == .text)
    #expect(unfocused.text == focused.text)
  }

  @Test func smallSizesDoNotTrap() {
    drawAtEverySmallSize { list.draw(on: &$0, in: $1) }
    drawAtEverySmallSize { ListMenu([], selection: 3).draw(on: &$0, in: $1) }
  }
}
