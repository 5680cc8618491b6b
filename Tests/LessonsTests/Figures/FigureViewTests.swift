import TUI
import Testing

@testable import Lessons

@Suite struct FigureViewTests {
  /// What a view draws in a size, blanks at line ends cut.
  private func drawn(
    _ view: FigureView, _ columns: Int, _ rows: Int, _ glyphs: Glyphs = .ascii,
    _ depth: ColorDepth = .mono
  ) -> String {
    var canvas = Canvas(size: Size(columns: columns, rows: rows), glyphs: glyphs, depth: depth)
    view.draw(on: &canvas, in: canvas.bounds)
    return canvas.text
  }

  private let heat = Figure(
    title: "Warmth of the tiles", sentence: "The warm ones are at the right.",
    body: .grid(
      GridContent(
        rows: 4, columns: 6, cells: .heat((0..<24).map { Float($0 % 6) / 5 }, range: 0...1),
        unit: "K", focus: Token(row: 1, column: 2), muted: [Token(row: 3, column: 5)], realRows: 3,
        realColumns: 5, ruleEvery: 3)),
    legend: [LegendEntry("?", "the query")], caution: "random weights")

  @Test func aGridOfLettersStandsBesideItsLegendInANarrowPane() throws {
    let view = FigureView(figure: try .made("window-map"), cursor: Token(row: 1, column: 15))
    #expect(view.minimumSize(glyphs: .ascii, depth: .mono) == Size(columns: 33, rows: 20))
    #expect(
      drawn(view, 33, 20) == """
        y\\x 012345 6789AB CDEFpp a-i 9
         0  aaaaaa bbbbbb cccc.. windows,
         1  aaaaaa bbbbbb cccc.. a letter
         2  aaaaaa b?bbbb cccc.. each
         3  aaaaaa bbbbbb cccc.. .
         4  aaaaaa bbbbbb cccc.. padding,
         5  aaaaaa bbbbbb cccc.. 68 slots
         6  dddddd eeeeee ffff.. ? query
         7  dddddd eeeeee ffff.. (2,7)
         8  dddddd eeeeee ffff..
         9  dddddd eeeeee ffff..
        10  dddddd eeeeee ffff..
        11  dddddd eeeeee ffff..
        12  gggggg hhhhhh iiii..
        13  gggggg hhhhhh iiii..
        14  gggggg hhhhhh iiii..
        15  gggggg hhhhhh iiii..
         p  ...... ...... ......
         p  ...... ...... ......
        (1,15) c: 24 tokens, 12 padding
        """)
  }

  @Test func theChineseFigureKeepsTheGridAndItsColumns() throws {
    let view = FigureView(figure: try .made("window-map", language: .zh))
    let lines = drawn(view, 33, 20, .unicode).split(separator: "\n")
    #expect(lines[0].hasPrefix("y\\x 012345 6789AB CDEFpp a–i"))
    #expect(lines[3].hasPrefix(" 2  aaaaaa b?bbbb cccc.."))
    #expect(lines[19] == "(2,7) b：36 个 token，0 个填充")
    for line in lines { #expect(TextWidth.columns(of: line) <= 33) }
  }

  @Test func aHeatMapIsDigitsWithoutColour() {
    #expect(
      drawn(FigureView(figure: heat, cursor: Token(row: 0, column: 4)), 34, 11) == """
        Warmth of the tiles
        y\\x 012 34p
         0  024 689
         1  02? 689
         2  024 689

         p  024 68.
        (0,4) 0.8 K
        0-9 0 ... 1 K
        ? the query
        random weights
        """)
  }

  @Test func aHeatMapIsHalfBlocksInColour() {
    #expect(
      drawn(FigureView(figure: heat), 40, 20, .unicode, .trueColor) == """
        Warmth of the tiles
        The warm ones are at the right.

            0   1   2   3   4   p

         0

         1▸        [  ]

         2

         p                     ·
        (1,2) 0.4 K
        0            1 K
        ? the query
        random weights
        """)
    #expect(
      drawn(FigureView(figure: heat), 33, 9, .unicode, .indexed256) == """
        Warmth of the tiles
           01234p
         1▸▀▀▀▀▀▀
         2 ▀▀▀▀▀▀
        (1,2) 0.4 K
        0            1 K
        ? the query
        random weights
        """)
  }

  @Test func paintHasMarksOfItsOwnForEachGrade() throws {
    let grid = GridContent(
      rows: 2, columns: 4, cells: .classes([0, 0, 0, 0, 0, 0, 0, 0], letters: ["a"]),
      focus: Token(row: 1, column: 3))
    let figure = Figure(title: "t", sentence: "s", body: .grid(grid))
    let marks: [Token: CellGrid.Mark] = [
      Token(row: 0, column: 0): .painted, Token(row: 0, column: 1): .right,
      Token(row: 0, column: 2): .extra, Token(row: 0, column: 3): .missed,
    ]
    let view = FigureView(figure: figure, marks: marks)
    #expect(drawn(view, 20, 4).hasPrefix("y\\x 0123\n 0  #+xo\n 1  aaa?"))
    #expect(drawn(view, 20, 4, .unicode, .trueColor).hasPrefix("y\\x 0123\n 0  ■✓✗○\n 1  aaa?"))
  }

  @Test func movingTheCursorMovesNothingElse() throws {
    let figure = try Figure.made("influence", ["propagation": "none"])
    let lines = [Token(row: 0, column: 0), Token(row: 2, column: 8)].map { cursor in
      drawn(FigureView(figure: figure, cursor: cursor), 33, 19).split(
        separator: "\n", omittingEmptySubsequences: false)
    }
    #expect(zip(lines[0], lines[1]).filter { $0 != $1 }.count == 1)
  }

  @Test func whatDoesNotFitIsCutAroundTheCursor() throws {
    let figure = try Figure.made("window-map")
    let shown = drawn(FigureView(figure: figure, cursor: Token(row: 17, column: 17)), 33, 12)
    #expect(shown.contains("15  gggggg hhhhhh iiii.."))
    #expect(!shown.contains(" 0  aaaaaa"))
    #expect(shown.hasSuffix("(17,17) padding, window i"))
    for size in [(1, 1), (3, 2), (10, 4), (33, 3), (200, 60)] {
      #expect(!drawn(FigureView(figure: figure), size.0, size.1).contains("fatal"))
    }
  }

  @Test func aCursorOutsideTheGridReadsTheNearestCell() throws {
    let figure = try Figure.made("window-map")
    let view = FigureView(figure: figure, cursor: Token(row: 99, column: -3))
    #expect(view.readOut == "(17,0) padding, window g")
  }

  @Test func aFlowIsWalkedRowByRow() throws {
    let rows = (0..<12).map {
      FlowRow(name: "m\($0)", shape: [1, $0], remark: "step \($0)", readOut: "Module \($0).")
    }
    let figure = Figure(title: "A flow", sentence: "Twelve.", body: .flow(rows))
    #expect(figure.extent == (12, 1))
    func drawn(_ row: Int?, _ columns: Int, _ rows: Int) -> String {
      let view = FigureView(figure: figure, cursor: row.map { Token(row: $0, column: 0) })
      return self.drawn(view, columns, rows)
    }
    #expect(FigureView(figure: figure).minimumSize(glyphs: .ascii, depth: .mono).rows == 9)
    #expect(
      drawn(6, 33, 5) == """
        ^ m4   1x4
          m5   1x5
        > m6   1x6
        v m7   1x7
        Module 6.
        """)
    #expect(drawn(6, 33, 16).hasPrefix("A flow\nTwelve.\n\n  m0   1x0   step 0"))
    #expect(drawn(nil, 33, 5).hasPrefix("  m0   1x0\n"))
    // A read-out of several lines shows whole where everything fits.
    let long = Figure(
      title: "A flow", sentence: "Short.",
      body: .flow([FlowRow(name: "m", shape: [1], readOut: "One two three four five six.")]))
    #expect(self.drawn(FigureView(figure: long), 12, 4).hasSuffix("One two\nthree four\nfive six."))
    #expect(drawn(99, 33, 5).hasSuffix("Module 11."))
    #expect(drawn(0, 12, 3).contains("> m0   1x0\n"))
    let plain = Figure(
      title: "t", sentence: "s", body: .flow([FlowRow(name: "a", shape: [1])]))
    #expect(plain.extent == (1, 1))
    #expect(FigureView(figure: plain).readOut == nil)
  }

  @Test func aFineMapScrollsInAPartOfItsSize() throws {
    let figure = try Figure.made(
      "pyramid-maps", ["level": "p2"], focus: Token(row: 40, column: 50), view: 1)
    for (glyphs, depth) in [(Glyphs.ascii, ColorDepth.mono), (.unicode, .trueColor)] {
      let view = FigureView(figure: figure, cursor: Token(row: 40, column: 50))
      let least = view.minimumSize(glyphs: glyphs, depth: depth)
      #expect(least.columns == 33 && least.rows <= 20, "\(least)")
      let text = drawn(view, 33, 20, glyphs, depth)
      #expect(text.contains(" y 160"))
      #expect(text.contains("40"))
    }
    let shown = drawn(FigureView(figure: figure, cursor: Token(row: 63, column: 63)), 33, 20)
    #expect(shown.contains("\n63  ") && !shown.contains("\n 0  "))
  }

  @Test func aTableStandsAboveItsLegend() throws {
    let view = FigureView(figure: try .made("token-count"))
    #expect(
      drawn(view, 40, 12) == """
        Tokens of an image, patch 16
        From side 224 to 1024 the tokens grow
        20.9x, and the pairs of tokens by the
        square of that.

        side   grid  tokens       pairs
        -------------------------------
         224  14x14     196      38,416
         256  16x16     256      65,536
         512  32x32   1,024   1,048,576
        1024  64x64   4,096  16,777,216
        """)
  }
}
