import Testing

@testable import TUI

@Suite struct HeatMapTests {
  private let map = HeatMap(
    values: (0..<64).map { Float($0 / 8 * ($0 % 8)) / 49 }, rows: 8, columns: 8,
    cursor: GridPosition(row: 5, column: 6), focus: GridPosition(row: 1, column: 1), unit: "share")

  @Test func shadesCarryTheValuesWithoutColour() {
    #expect(
      drawing(20, 11) { map.draw(on: &$0, in: $1) } == """
                     ↓

           ?
                   ░░░░░░
                 ░░░░░░▒▒
               ░░░░▒▒▒▒▒▒
        ▸    ░░░░▒▒▒▒[]▓▓
             ░░░░▒▒▓▓▓▓██
             ░░▒▒▒▒▓▓████
        (5, 6): 0.612 share
        0  ░▒▓█ 1 share
        """)
  }

  @Test func digitsCarryTheValuesInASCII() {
    #expect(
      drawing(20, 11, .ascii) { map.draw(on: &$0, in: $1) } == """
                     v
         0000000000000000
         00?0000000111111
         0000001111222222
         0000111122333344
         0000112233444455
        >001122334455[]77
         0011223344667788
         0011224455778899
        (5, 6): 0.612 share
        0 0123456789 1 share
        """)
  }

  @Test func halfBlocksGiveEveryValueItsColour() {
    let drawn = canvas(20, 8, .unicode, .indexed256) { map.draw(on: &$0, in: $1) }
    #expect(
      drawn.text == """
               ↓
         ▀▀▀▀▀▀▀▀
         ▀▀▀▀▀▀▀▀
        ▸▀▀▀▀▀▀▀▀
         ▀▀▀▀▀▀▀▀

        (5, 6): 0.612 share
        0            1 share
        """)
    for row in 0..<8 {
      for column in 0..<8 {
        let style = drawn.cell(row: 1 + row / 2, column: 1 + column).style
        let share = Double(row * column) / 49
        let expected = ColorRamp.viridis.color(share, depth: .indexed256)
        #expect((row % 2 == 0 ? style.foreground : style.background) == expected)
      }
    }
  }

  @Test func largeCellsCarryMarksInColour() {
    let drawn = canvas(34, 12, .unicode, .trueColor) { map.draw(on: &$0, in: $1) }
    #expect(drawn.text(ofRow: 6) == "▸            []")
    #expect(drawn.cell(row: 2, column: 3).text == "?")
    #expect(drawn.cell(row: 6, column: 13).style.background != nil)
  }

  @Test func theMinimumSizeShowsEveryValue() {
    #expect(map.minimumSize(glyphs: .unicode, depth: .indexed256) == Size(columns: 20, rows: 7))
    #expect(map.minimumSize(glyphs: .ascii, depth: .mono) == Size(columns: 20, rows: 11))
  }

  @Test func aSmallSpaceShowsTheNeighbourhoodOfTheCursor() {
    #expect(
      drawing(6, 6, .ascii) { map.draw(on: &$0, in: $1) } == """
            v
         23445
        >34567
         34678
        (5,...
        0 0123
        """)
  }

  @Test func theLegendHasTheRangeOfTheData() {
    let odd = HeatMap(values: [-3, .infinity, .nan, 12], rows: 2, columns: 2, unit: "dB")
    #expect(odd.range == -3...12)
    #expect(
      drawing(24, 6, .ascii) { odd.draw(on: &$0, in: $1) } == """

         0099
         nn99


        -3 0123456789 12 dB
        """)
    let flat = HeatMap(values: [2, 2], rows: 1, columns: 2)
    #expect(drawing(20, 4, .ascii) { flat.draw(on: &$0, in: $1) }.contains("55"))
  }

  @Test func smallSizesDoNotTrap() {
    drawAtEverySmallSize { map.draw(on: &$0, in: $1) }
    let empty = HeatMap(values: [], rows: 0, columns: 0)
    drawAtEverySmallSize { empty.draw(on: &$0, in: $1) }
  }
}
