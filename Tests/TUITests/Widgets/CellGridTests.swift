import Testing

@testable import TUI

@Suite struct CellGridTests {
  private let grid: CellGrid = {
    let classes: [Character] = ["a", "b", "c", "d"]
    var letters: [Character] = []
    var muted: Set<GridPosition> = []
    for row in 0..<8 {
      for column in 0..<8 {
        letters.append(classes[row / 4 * 2 + column / 4])
        if row > 6 || column > 6 { muted.insert(GridPosition(row: row, column: column)) }
      }
    }
    return CellGrid(
      letters: letters, rows: 8, columns: 8, realRows: 7, realColumns: 7, ruleEvery: 4,
      focus: GridPosition(row: 1, column: 5), cursor: GridPosition(row: 2, column: 4),
      marks: [
        GridPosition(row: 2, column: 4): .painted, GridPosition(row: 2, column: 5): .right,
        GridPosition(row: 2, column: 6): .extra, GridPosition(row: 2, column: 7): .missed,
      ], muted: muted)
  }()

  @Test func windowsMarksAndPaddingShowInText() {
    let minimum = grid.minimumSize(glyphs: .ascii)
    #expect(minimum == Size(columns: 13, rows: 9))
    #expect(
      drawing(minimum.columns, minimum.rows, .ascii) { grid.draw(on: &$0, in: $1) } == """
        y\\x 0123 456p
         0  aaaa bbb.
         1  aaaa b?b.
         2  aaaa #+xo
         3  aaaa bbb.
         4  cccc ddd.
         5  cccc ddd.
         6  cccc ddd.
         p  .... ....
        """)
  }

  @Test func rowsPartWhereThereIsRoom() {
    let drawn = drawing(20, 12) { grid.draw(on: &$0, in: $1) }
    #expect(
      drawn == """
        y\\x 0123 456p
         0  aaaa bbb.
         1  aaaa b?b.
         2  aaaa ■✓✗○
         3  aaaa bbb.

         4  cccc ddd.
         5  cccc ddd.
         6  cccc ddd.
         p  .... ....
        """)
  }

  @Test func aSmallSpaceShowsTheNeighbourhoodOfTheCursor() {
    #expect(
      drawing(8, 4, .ascii) { grid.draw(on: &$0, in: $1) } == """
        y\\x 2345
         1  aab?
         2  aa#+
         3  aabb
        """)
  }

  @Test func theCursorShowsWithoutColour() {
    let drawn = canvas(13, 9) { grid.draw(on: &$0, in: $1) }
    let look = Theme.look(of: drawn.cell(row: 3, column: 9).style, depth: .mono)
    #expect(look.attributes.contains(.reverse))
  }

  @Test func smallSizesDoNotTrap() {
    drawAtEverySmallSize { grid.draw(on: &$0, in: $1) }
    let empty = CellGrid(letters: [], rows: 0, columns: 0)
    drawAtEverySmallSize { empty.draw(on: &$0, in: $1) }
    #expect(empty.minimumSize(glyphs: .ascii).rows == 1)
  }
}
