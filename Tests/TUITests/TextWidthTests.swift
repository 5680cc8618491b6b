import Testing

@testable import TUI

@Suite struct TextWidthTests {
  @Test(arguments: [
    ("窗口注意力", 10), ("abc", 3), ("e\u{301}", 1), ("▀▄░▒▓█", 6), ("⠁⣿", 2), ("，。", 4),
    ("…—“”·", 5), ("한", 2), ("\u{1F600}", 2), ("\u{1F1E8}\u{1F1F3}", 1), ("", 0), ("\u{301}", 1),
  ])
  func columnsAreThoseOfATerminal(text: String, columns: Int) {
    #expect(TextWidth.columns(of: text) == columns)
    var canvas = Canvas(size: Size(columns: 20, rows: 1))
    #expect(canvas.write(text, row: 0, column: 0) == columns)
  }
}
