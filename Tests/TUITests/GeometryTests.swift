import Testing

@testable import TUI

@Suite struct GeometryTests {
  private let rect = Rect(column: 2, row: 1, columns: 10, rows: 6)

  @Test(arguments: [-1, 0, 3, 6, 99])
  func splitsAlwaysAddUpToTheWhole(count: Int) {
    let (top, below) = rect.splitTop(count)
    #expect(top.rows + below.rows == 6 && top.bottom == below.row && below.bottom == rect.bottom)
    let (bottom, above) = rect.splitBottom(count)
    #expect(bottom.rows + above.rows == 6 && above.bottom == bottom.row)
    #expect(bottom.rows == top.rows)
    let (left, right) = rect.splitLeft(count)
    #expect(left.columns + right.columns == 10 && left.right == right.column)
    let (last, first) = rect.splitRight(count)
    #expect(last.columns + first.columns == 10 && first.right == last.column)
  }

  @Test func insetsEndAtNothing() {
    #expect(rect.inset(by: 1) == Rect(column: 3, row: 2, columns: 8, rows: 4))
    #expect(rect.inset(by: 9).isEmpty)
    #expect(Size(columns: -3, rows: 2).columns == 0)
  }

  @Test func rectanglesThatDoNotMeetShareNothing() {
    #expect(rect.intersection(Rect(column: 12, row: 1, columns: 5, rows: 5)).isEmpty)
    #expect(
      rect.intersection(Rect(column: 0, row: 3, columns: 4, rows: 99))
        == Rect(column: 2, row: 3, columns: 2, rows: 4))
    #expect(rect.contains(row: 1, column: 2))
    #expect(!rect.contains(row: 7, column: 2))
  }
}
