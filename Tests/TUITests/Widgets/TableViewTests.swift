import Testing

@testable import TUI

@Suite struct TableViewTests {
  private let table = TableView(
    columns: ["preset", "tokens", "pairs", "说明"],
    rows: [["tiny", "256", "65,536", "小"], ["base", "4096", "16.8M", "基础模型"]], selection: 1)

  @Test func numbersAreFlushRight() {
    #expect(
      drawing(40, 5) { table.draw(on: &$0, in: $1) } == """
        preset  tokens   pairs  说明
        ────────────────────────────────
        tiny       256  65,536  小
        base      4096   16.8M  基础模型
        """)
    #expect(table.minimumSize(glyphs: .unicode) == Size(columns: 32, rows: 4))
  }

  @Test func narrowTablesCutTheWidestColumns() {
    #expect(
      drawing(20, 4) { table.draw(on: &$0, in: $1) } == """
        pre…  tok…  pa…  说…
        ────────────────────
        tiny   256  65…  小
        base  4096  16…  基…
        """)
  }

  @Test func theSelectionStaysInSight() {
    let text = drawing(40, 3) { table.draw(on: &$0, in: $1) }
    #expect(text.hasSuffix("base      4096   16.8M  基础模型"))
  }

  @Test func rowsMayBeShort() {
    let ragged = TableView(columns: ["a", "b"], rows: [["1"], [], ["x", "2"]])
    #expect(drawing(8, 5, .ascii) { ragged.draw(on: &$0, in: $1) } == "a  b\n----\n1\n\nx  2")
  }

  @Test func smallSizesDoNotTrap() {
    drawAtEverySmallSize { table.draw(on: &$0, in: $1) }
    drawAtEverySmallSize { TableView(columns: [], rows: []).draw(on: &$0, in: $1) }
  }
}
