import TUI
import Testing
import ViTDetMini

@testable import Lessons

@Suite struct ImageContentTests {
  private let content = ImageContent(
    width: 32, height: 32, pixels: [UInt8](repeating: 0, count: 3072), patch: 8,
    focus: Token(row: 0, column: 0), framesPatches: false,
    boxes: [
      BoxMark("a", Box(0, 0, 24, 24), .truth, readOut: "disc"),
      BoxMark("1", Box(8, 8, 16, 16), .found, readOut: "ring 0.9"),
    ], points: [PointMark("x", x: 31, y: 31, .candidate)], elsewhere: "no box")

  private var figure: Figure {
    Figure(
      title: "t", sentence: "s", body: .image(content),
      legend: [LegendEntry("a", "true"), LegendEntry("1", "found")])
  }

  @Test func theCursorReadsTheSmallestBoxUnderIt() {
    #expect(content.readOut(Token(row: 0, column: 0)) == "a disc")
    #expect(content.readOut(Token(row: 1, column: 1)) == "1 ring 0.9")
    #expect(content.readOut(Token(row: 3, column: 3)) == "(3,3) no box")
    #expect(content.readOut(Token(row: 99, column: -4)) == "(3,0) no box")
    #expect(content.readOut(nil) == "1 ring 0.9")
    var own = content
    own.readOuts = (0..<16).map { "cell \($0)" }
    #expect(own.readOut(Token(row: 2, column: 1)) == "cell 9")
  }

  @Test func aPictureWithoutMarksReadsNothing() throws {
    let plain = ImageContent(
      width: 8, height: 8, pixels: [UInt8](repeating: 9, count: 192), patch: 4)
    #expect(plain.readOut(Token(row: 0, column: 0)) == nil)
    #expect(FigureView(figure: try .made("patch-grid")).readOut == nil)
  }

  @Test func movingTheCursorMovesNoBox() {
    let lines = [Token(row: 0, column: 0), Token(row: 1, column: 1)].map { cursor in
      var canvas = Canvas(size: Size(columns: 40, rows: 20), glyphs: .ascii, depth: .mono)
      FigureView(figure: figure, cursor: cursor).draw(on: &canvas, in: canvas.bounds)
      return (0..<20).map { canvas.text(ofRow: $0) }
    }
    let changed = zip(lines[0], lines[1]).filter { $0 != $1 }
    #expect(changed.contains { $0 == ("a disc", "1 ring 0.9") })
    // In the picture only the pointers and the tint of the patch move, never the boxes.
    let boxes = lines.map { $0.dropLast(4).map { line in line.map { $0 == "a" || $0 == "1" } } }
    let width = 40
    func marks(_ rows: [[Bool]]) -> [[Bool]] {
      rows.map { $0 + Array(repeating: false, count: width - $0.count) }
    }
    #expect(marks(boxes[0]) == marks(boxes[1]))
  }

  @Test func plainTextDrawsTheBoxesAndListsThem() {
    let lines = FigureText.lines(figure, columns: 40, glyphs: .ascii)
    #expect(lines.contains("a disc") && lines.contains("1 ring 0.9"))
    #expect(lines.contains { $0.contains("aaaaaaaa") })
    #expect(lines.contains { $0.contains("1111") })
    #expect(lines.allSatisfy { $0.count <= 40 })
  }

  @Test func looksDifferInRole() {
    #expect(Set(MarkLook.allCases.map(\.role)).count == MarkLook.allCases.count)
  }
}
