import Testing

@testable import TUI

@Suite struct PictureMarkTests {
  /// A dark picture of 32 × 32 with patches of 8 that are not framed.
  private func image(_ marks: [PictureMark]) -> PixelImage {
    PixelImage(
      width: 32, height: 32, pixels: [UInt8](repeating: 0, count: 3072), patch: 8,
      framesPatches: false, marks: marks)
  }

  private func box(
    _ left: Double, _ top: Double, _ right: Double, _ bottom: Double, _ letter: Character,
    _ role: Role = .right, isDashed: Bool = false
  ) -> PictureMark {
    PictureMark(
      .box(left: left, top: top, right: right, bottom: bottom), letter: letter, role: role,
      isDashed: isDashed)
  }

  @Test func linesAreLettersWithoutColour() {
    let image = image([
      box(0, 0, 16, 8, "a"), box(8, 12, 32, 32, "B", .muted, isDashed: true),
      PictureMark(.point(x: 31.9, y: 0), letter: "x", role: .hint),
    ])
    let lines = drawing(17, 9, .ascii) { image.draw(on: &$0, in: $1) }
      .split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.dropFirst() == [
        " aaaaaaaa       x", " aaaaaaaa", "", "     B B B B B BB", "", "     B          B", "",
        "     B B B B B BB",
      ])
  }

  @Test func anEdgeOutsideThePictureIsNotDrawn() {
    let lines = drawing(17, 9, .ascii) {
      image([box(-10, -10, 16, 16, "a"), box(40, 0, 60, 9, "b")]).draw(on: &$0, in: $1)
    }.split(separator: "\n", omittingEmptySubsequences: false)
    // The letter stands at the corner that can be seen, though no line is there.
    #expect(lines.dropFirst().prefix(4) == [" a      a", "        a", "        a", " aaaaaaaa"])
  }

  @Test func aBoxSmallerThanADotIsItsLetter() {
    let text = drawing(17, 9, .ascii) { image([box(17, 17, 18, 18, "q")]).draw(on: &$0, in: $1) }
    #expect(text.filter { $0 == "q" }.count == 1)
  }

  @Test func coloursTellTheRolesApartAndLabelsTheBoxes() {
    let image = image([box(0, 0, 16, 16, "a", .right), box(0, 0, 16, 16, "1", .hint)])
    let drawn = canvas(17, 9, .unicode, .trueColor) { image.draw(on: &$0, in: $1) }
    #expect(drawn.cell(row: 1, column: 3).style.foreground == box(0, 0, 1, 1, "x", .hint).lineColor)
    // Both letters are there, at two corners.
    let letters = (0..<9).map { drawn.text(ofRow: $0) }.joined()
    #expect(letters.contains("a") && letters.contains("1"))
    #expect(Set(Role.allCases.map { box(0, 0, 1, 1, "x", $0).lineColor }).count >= 5)
    var own = box(0, 0, 16, 16, "o")
    own.color = RGB(1, 2, 3)
    let painted = canvas(17, 9, .unicode, .trueColor) { self.image([own]).draw(on: &$0, in: $1) }
    #expect(painted.cell(row: 1, column: 3).style.foreground == RGB(1, 2, 3))
  }

  @Test func framesOfPatchesMoveTheMarksAlong() {
    var framed = image([box(8, 8, 16, 16, "a")])
    framed.framesPatches = true
    // Four patches of 2 dots and 5 lines are 13 dots, two characters each.
    let lines = drawing(27, 14, .ascii) { framed.draw(on: &$0, in: $1) }
      .split(separator: "\n", omittingEmptySubsequences: false)
    // The box begins with the patch's first dot and ends on the line where the next patch begins.
    #expect(lines[5] == "         aaaaaa")
    #expect(lines[6] == "         a    a")
    #expect(lines[7] == "         aaaaaa")
  }

  @Test func marksWithoutAPlaceAreLeftOut() {
    let marks = [
      box(.nan, 0, 5, 5, "n"), box(0, 0, .infinity, 9, "i"), box(-1e9, -1e9, 1e9, 1e9, "h"),
      PictureMark(.point(x: .nan, y: 3), letter: "p", role: .text),
      PictureMark(.point(x: -5, y: 99), letter: "o", role: .text),
    ]
    let text = drawing(17, 9, .ascii) { image(marks).draw(on: &$0, in: $1) }
    #expect(text.allSatisfy { !$0.isLetter })
    drawAtEverySmallSize { image(marks + [box(3, 3, 9, 9, "k")]).draw(on: &$0, in: $1) }
  }
}
