import Lessons
import Testing
import ViTDetMini

@Suite struct WindowGeometryTests {
  @Test(arguments: [
    (16, 6, 18, 9), (16, 4, 16, 16), (64, 14, 70, 25), (16, 16, 16, 1), (7, 8, 8, 1),
  ])
  func padsToTheNextMultipleAndCuts(side: Int, window: Int, padded: Int, windows: Int) {
    let cut = WindowGeometry(rows: side, columns: side, window: window)
    #expect(cut.paddedRows == padded)
    #expect(cut.paddedColumns == padded)
    #expect(cut.windows == windows)
    #expect(cut.padding == padded * padded - side * side)
  }

  @Test func thePapersGridCosts17TimesFewerPairsInWindows() {
    let cut = WindowGeometry(rows: 64, columns: 64, window: 14)
    #expect(cut.pairs == 960_400)
    #expect(cut.tokens * cut.tokens == 16_777_216)
  }

  @Test func aTokenAtTheEdgeSharesItsWindowWithPadding() {
    let cut = WindowGeometry(rows: 16, columns: 16, window: 6)
    let query = Token(row: 1, column: 15)
    #expect(cut.slots(sharedWith: query).count == 36)
    #expect(cut.tokens(sharedWith: query).count == 24)
    #expect(cut.windowIndex(of: query) == 2)
  }

  @Test(arguments: [(16, 16, 6), (9, 12, 5), (5, 7, 3), (8, 8, 4)])
  func agreesWithThePartitionThatTheModelRuns(rows: Int, columns: Int, window: Int) {
    let cut = WindowGeometry(rows: rows, columns: columns, window: window)
    let numbered = Tensor(
      shape: [1, rows, columns, 1], storage: (1...rows * columns).map(Float.init))
    let windows = windowPartition(numbered, windowSize: window).windows
    #expect(windows.shape == [cut.windows, window, window, 1])
    for (index, number) in windows.storage.enumerated() where number > 0 {
      let token = Token(row: (Int(number) - 1) / columns, column: (Int(number) - 1) % columns)
      #expect(cut.windowIndex(of: token) == index / cut.slotsPerWindow)
    }
    #expect(windows.storage.filter { $0 == 0 }.count == cut.padding)
  }
}
