import Testing

@testable import TUI

@Suite struct ParagraphTests {
  private let prose = Paragraph(blocks: [
    .init([Run("The grid has 16×16 tokens, the window is 6×6.")]),
    .init([Run("not masked at all, really")], marker: Run("* ")),
    .init([Run("let x = 1  // long code line here")], indent: 2, isVerbatim: true),
  ])

  @Test func blocksWrapHangAndStayVerbatim() {
    #expect(
      drawing(20, 12) { prose.draw(on: &$0, in: $1) } == """
        The grid has 16×16
        tokens, the window
        is 6×6.

        * not masked at all,
          really

          let x = 1  // long
        """)
    #expect(prose.height(columns: 20, glyphs: .unicode) == 8)
    #expect(prose.minimumSize(columns: 20, glyphs: .unicode) == Size(columns: 35, rows: 8))
  }

  @Test func arrowsSayThatTheTextGoesOn() {
    var scrolled = prose
    scrolled.scroll = 2
    #expect(
      drawing(20, 4) { scrolled.draw(on: &$0, in: $1) } == """
        is 6×6.            ↑

        * not masked at
          all, really      ↓
        """)
    scrolled.scroll = 99
    let size = Size(columns: 20, rows: 4)
    #expect(scrolled.maximumScroll(in: size, glyphs: .unicode) == 4)
    #expect(drawing(20, 4) { scrolled.draw(on: &$0, in: $1) }.hasSuffix("let x = 1  // long"))
  }

  @Test func smallSizesDoNotTrap() {
    drawAtEverySmallSize { prose.draw(on: &$0, in: $1) }
    drawAtEverySmallSize { Paragraph([]).draw(on: &$0, in: $1) }
  }
}
