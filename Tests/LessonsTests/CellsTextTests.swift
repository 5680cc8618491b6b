import Testing

@testable import Lessons

@Suite struct CellsTextTests {
  @Test func readsCellsAndRectangles() {
    #expect(
      CellsText.cells(in: "7,7 0,1-1,2") == [
        Token(row: 7, column: 7), Token(row: 0, column: 1), Token(row: 0, column: 2),
        Token(row: 1, column: 1), Token(row: 1, column: 2),
      ])
    #expect(CellsText.cells(in: "(2,3)") == [Token(row: 2, column: 3)])
  }

  @Test(arguments: [
    "", "1", "a,b", "1,2-0,0", "1,2-", "1,2-3,4-5,6", "-1,2", "0,0-99999,0", "1,2,3",
  ])
  func refusesWhatNamesNoCells(text: String) { #expect(CellsText.cells(in: text) == nil) }

  @Test func writesTheSameCellsBack() {
    var state: UInt64 = 7
    for _ in 0..<50 {
      var cells: Set<Token> = []
      for _ in 0..<30 {
        state = state &* 6_364_136_223_846_793_005 &+ 1
        cells.insert(Token(row: Int(state >> 60), column: Int(state >> 40 & 7)))
      }
      #expect(CellsText.cells(in: CellsText.text(cells)) == cells)
    }
    let window = CellsText.cells(in: "0,6-5,11") ?? []
    #expect(window.count == 36 && CellsText.text(window) == "0,6-5,11")
  }
}
