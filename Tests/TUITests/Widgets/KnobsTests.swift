import Testing

@testable import TUI

@Suite struct KnobsTests {
  private let knobs = Knobs(
    [
      .init(name: "window", settings: ["2", "4", "6", "8", "16"], selection: 2),
      .init(name: "位置", settings: ["on", "off"], selection: 1),
    ], focus: 0)

  @Test func arrowsShowWhereASettingCanGo() {
    #expect(
      drawing(24, 2) { knobs.draw(on: &$0, in: $1) } == """
        ▸ window ◂  6  ▸
          位置   ◂ off
        """)
    #expect(
      drawing(24, 2, .ascii) { knobs.draw(on: &$0, in: $1) } == """
        > window <  6  >
          位置   < off
        """)
  }

  @Test func theMinimumSizeIsWhatIsDrawn() {
    #expect(knobs.minimumSize(glyphs: .unicode) == Size(columns: 16, rows: 2))
  }

  @Test func theFocusStaysInSight() {
    var low = knobs
    low.focus = 1
    #expect(drawing(24, 1) { low.draw(on: &$0, in: $1) } == "▸ 位置   ◂ off")
  }

  @Test func smallSizesDoNotTrap() {
    drawAtEverySmallSize { knobs.draw(on: &$0, in: $1) }
    drawAtEverySmallSize { Knobs([]).draw(on: &$0, in: $1) }
  }
}
