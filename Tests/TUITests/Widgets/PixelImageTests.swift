import Testing

@testable import TUI

@Suite struct PixelImageTests {
  private let image: PixelImage = {
    var pixels: [UInt8] = []
    for index in 0..<1024 {
      pixels += [UInt8(index % 32 * 8), UInt8(index / 32 * 8), 128]
    }
    return PixelImage(
      width: 32, height: 32, pixels: pixels, patch: 8, focus: GridPosition(row: 1, column: 2))
  }()

  @Test func patchesAreFramedWhereThereIsRoom() {
    #expect(
      drawing(40, 18, .ascii) { image.draw(on: &$0, in: $1) } == """
                             v

                   ......  ......  ::::::
           ......  ......  ::::::  ::::--
           ....::  ::::::  ::::--  ------
                         ++++++++++
           ::::::  ::----++------++--====
        >  ::----  ------++--====++======
           ------  ======++======++++++++
                         ++++++++++
           ======  ======  ++++++  ++++**
           ====++  ++++++  ++++**  ******
           ++++++  ++****  ******  **####

           ++****  ******  **####  ######
           ******  **####  ######  %%%%%%
           ######  ####%%  %%%%%%  %%%%@@
        """)
  }

  @Test func pointersShowThePatchWhereThereIsNoRoomForFrames() {
    #expect(
      drawing(20, 8, .ascii) { image.draw(on: &$0, in: $1) } == """
                 v
           ........::::
         ..::::::------
        >::------****==
         --======####++
         ==++++++******
         ++******######
         **######%%%%%%
        """)
  }

  @Test func halfBlocksCarryTheColours() {
    let small = PixelImage(width: 2, height: 2, pixels: [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9])
    let drawn = canvas(3, 2, .unicode, .trueColor) { small.draw(on: &$0, in: $1) }
    #expect(drawn.text(ofRow: 1) == " ▀▀")
    let left = drawn.cell(row: 1, column: 1).style
    #expect(left.foreground == RGB(255, 0, 0))
    #expect(left.background == RGB(0, 0, 255))
    #expect(drawn.cell(row: 1, column: 2).style.background == RGB(9, 9, 9))
  }

  @Test func aDotIsTheMeanOfItsPixels() {
    let small = PixelImage(width: 2, height: 2, pixels: [200, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100, 0])
    let drawn = canvas(2, 2, .unicode, .trueColor) { small.draw(on: &$0, in: $1) }
    #expect(drawn.cell(row: 1, column: 1).style.foreground == RGB(50, 25, 0))
  }

  @Test func aTallPictureKeepsItsProportions() {
    let tall = PixelImage(
      width: 10, height: 40, pixels: [UInt8](repeating: 255, count: 1200))
    let lines = drawing(41, 11, .ascii) { tall.draw(on: &$0, in: $1) }.split(separator: "\n")
    #expect(lines.count == 10)
    #expect(lines.allSatisfy { $0 == " @@@@" })
  }

  @Test func smallSizesDoNotTrap() {
    drawAtEverySmallSize { image.draw(on: &$0, in: $1) }
    let dot = PixelImage(
      width: 1, height: 1, pixels: [0, 0, 0], patch: 16, focus: GridPosition(row: 0, column: 0))
    drawAtEverySmallSize { dot.draw(on: &$0, in: $1) }
    let empty = PixelImage(width: 0, height: 0, pixels: [])
    drawAtEverySmallSize { empty.draw(on: &$0, in: $1) }
    #expect(image.minimumSize(glyphs: .ascii, depth: .mono) == Size(columns: 9, rows: 5))
    #expect(image.minimumSize(glyphs: .unicode, depth: .trueColor) == Size(columns: 5, rows: 3))
  }
}
