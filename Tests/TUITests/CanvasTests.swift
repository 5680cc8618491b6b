import Testing

@testable import TUI

@Suite struct CanvasTests {
  private func canvas(_ columns: Int, _ rows: Int, _ glyphs: Glyphs = .unicode) -> Canvas {
    Canvas(size: Size(columns: columns, rows: rows), glyphs: glyphs)
  }

  @Test func aWideCharacterLosesBothHalvesWhenOneIsOverwritten() {
    var canvas = canvas(6, 3)
    canvas.write("注意力", row: 0, column: 0)
    canvas.write("x", row: 0, column: 1)
    canvas.write("注意力", row: 1, column: 0)
    canvas.write("x", row: 1, column: 2)
    canvas.write("窗", row: 2, column: 1)
    canvas.write("口", row: 2, column: 2)
    #expect(
      canvas.text == """
         x意力
        注x 力
          口
        """)
  }

  @Test func aWideCharacterNeverStraddlesAnEdge() {
    var canvas = canvas(5, 2)
    let used = canvas.write("ab窗口c", row: 0, column: 0)
    #expect(used == 4)
    canvas.region(Rect(column: 1, row: 1, columns: 3, rows: 1)) { part in
      part.write("窗口窗", row: 0, column: -1)
    }
    #expect(canvas.text == "ab窗\n  口")
  }

  @Test func aRegionHasItsOwnOriginAndClips() {
    var canvas = canvas(8, 4)
    canvas.fill(canvas.bounds, with: ".")
    canvas.region(Rect(column: 2, row: 1, columns: 4, rows: 2)) { part in
      #expect(part.size == Size(columns: 4, rows: 2))
      part.write("abcdefgh", row: 0, column: 0)
      part.region(Rect(column: 2, row: 1, columns: 9, rows: 9)) { inner in
        inner.fill(inner.bounds, with: "#")
      }
      part.write("no", row: 2, column: 0)
    }
    #expect(
      canvas.text == """
        ........
        ..abcd..
        ....##..
        ........
        """)
  }

  @Test func scrolledContentShowsItsMiddle() {
    var canvas = canvas(3, 2)
    canvas.region(Rect(column: 0, row: -1, columns: 3, rows: 4)) { part in
      for row in 0..<4 { part.write("r\(row)", row: row, column: 0) }
    }
    #expect(canvas.text == "r1\nr2")
  }

  @Test(arguments: [
    ("a\u{1B}[2Jb", "a\u{FFFD}[2Jb"), ("a\tb\nc", "a b c"), ("x\u{202E}y", "x\u{FFFD}y"),
    ("\u{7F}\u{9B}1m", "\u{FFFD}\u{FFFD}1m"), ("e\u{301}", "e\u{301}"),
    ("\u{301}", "◌\u{301}"), ("\u{E000}", "\u{FFFD}"), ("👩\u{200D}🚀", "👩"), ("\r\n!", " !"),
  ])
  func controlCharactersAreNeverStored(text: String, shown: String) {
    var canvas = canvas(12, 1)
    canvas.write(text, row: 0, column: 0)
    #expect(canvas.text == shown)
  }

  @Test func drawingOutsideIsIgnored() {
    for size in [Size(columns: 0, rows: 0), Size(columns: 1, rows: 1)] {
      var canvas = Canvas(size: size)
      canvas.write("窗x", row: 0, column: 0)
      canvas.write("x", row: -1, column: -1)
      canvas.write("x", row: 5, column: 5)
      canvas.fill(Rect(column: -3, row: -3, columns: 9, rows: 9))
      canvas.box(Rect(column: 0, row: 0, columns: 9, rows: 9), title: "title")
      canvas.restyle(Rect(column: -1, row: -1, columns: 9, rows: 9), role: .cursor)
      #expect(canvas.fullSize == size)
    }
  }

  @Test func aBoxCarriesItsTitle() {
    var canvas = canvas(14, 3)
    canvas.box(canvas.bounds, title: "Window map")
    #expect(
      canvas.text == """
        ┌─ Window … ─┐
        │            │
        └────────────┘
        """)
    canvas = self.canvas(14, 3, .ascii)
    canvas.box(canvas.bounds, title: "窗口")
    #expect(
      canvas.text == """
        +- 窗口 -----+
        |            |
        +------------+
        """)
  }

  @Test func theASCIISetAdaptsWhatIsWritten() {
    var canvas = canvas(30, 1, .ascii)
    canvas.write("16×16 → O(n²) “窗” …", row: 0, column: 0)
    #expect(canvas.text == "16x16 -> O(n^2) \"窗\" ...")
  }

  @Test func ansiCarriesColoursAtEveryDepth() {
    var canvas = canvas(10, 2)
    canvas.write("ok", row: 0, column: 2, style: Style(.right))
    canvas.write(
      "▀", row: 1, column: 0, style: Style(foreground: RGB(255, 0, 0), background: RGB(0, 0, 95)))
    #expect(
      canvas.ansi(depth: .indexed256)
        == "  \u{1B}[0;1;38;5;34mok\u{1B}[0m\n\u{1B}[0;38;5;196;48;5;17m▀\u{1B}[0m")
    #expect(canvas.ansi(depth: .ansi16) == "  \u{1B}[0;1;32mok\u{1B}[0m\n\u{1B}[0;91;40m▀\u{1B}[0m")
    #expect(canvas.ansi(depth: .mono) == "  \u{1B}[0;1mok\u{1B}[0m\n▀")
    #expect(canvas.ansi().hasSuffix("\u{1B}[0;38;2;255;0;0;48;2;0;0;95m▀\u{1B}[0m"))
  }
}
