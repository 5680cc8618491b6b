import Testing
import ViTDetMini

@testable import Lessons

@Suite struct InfluenceTests {
  private let cut = WindowGeometry(rows: 16, columns: 16, window: 6)

  @Test(arguments: [
    Token(row: 2, column: 7), Token(row: 8, column: 13), Token(row: 15, column: 15),
  ])
  func windowedBlocksKeepAChangeInItsWindowAtAnyDepth(token: Token) throws {
    let window = cut.tokens(sharedWith: token)
    for change in try Laboratory.shared.changes(of: token, globals: false) {
      let changed = Set(zip(cut.places, change).filter { $0.1 > 0 }.map(\.0))
      #expect(changed == window)
    }
  }

  @Test func theFirstGlobalBlockCarriesAChangeEverywhere() throws {
    let changes = try Laboratory.shared.changes(of: Token(row: 2, column: 7), globals: true)
    #expect(changes.map { $0.filter { $0 > 0 }.count } == [36] + Array(repeating: 256, count: 7))
  }

  @Test func theFigureMarksWhatChanged() throws {
    let token = Token(row: 8, column: 13)
    let grid = try #require(
      try Figure.made("influence", ["propagation": "none"], focus: token).grid)
    #expect(grid.places(of: "#") == cut.tokens(sharedWith: token))
    #expect(grid.muted.count == 256 - 24)
    let global = try #require(try Figure.made("influence", ["blocks": "2"], focus: token).grid)
    #expect(global.places(of: "#").count == 256)
  }

  @Test func invertingAPatchTouchesNoOtherPixel() {
    let picture = Laboratory.shared.picture
    let changed = picture.inverted(patch: Token(row: 1, column: 2), side: 16)
    for y in 0..<48 {
      for x in 0..<64 {
        let inside = (16..<32).contains(y) && (32..<48).contains(x)
        let (a, b) = (picture[x: x, y: y], changed[x: x, y: y])
        #expect((a.red == b.red) == !inside)
      }
    }
  }
}
