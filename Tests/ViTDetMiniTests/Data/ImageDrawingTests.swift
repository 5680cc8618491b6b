import Testing

@testable import ViTDetMini

@Suite struct ImageDrawingTests {
  private let blank = Image(width: 40, height: 30, color: (10, 10, 10))

  private func painted(_ image: Image) -> [(x: Int, y: Int)] {
    (0..<image.height).flatMap { y in (0..<image.width).map { (x: $0, y: y) } }
      .filter { image[x: $0.x, y: $0.y] != (10, 10, 10) }
  }

  @Test func aBoxIsItsEdges() {
    var image = blank
    image.stroke(Box(5, 6, 15, 12), thickness: 1, (200, 0, 0))
    #expect(painted(image).count == 2 * 10 + 2 * 6 - 4)
    #expect(image[x: 5, y: 6] == (200, 0, 0) && image[x: 14, y: 11] == (200, 0, 0))
    #expect(image[x: 10, y: 9] == (10, 10, 10) && image[x: 15, y: 9] == (10, 10, 10))
  }

  @Test func boxesBeyondThePictureAreCut() {
    var image = blank
    image.stroke(Box(-50, -50, 90, 90), thickness: 2, (200, 0, 0))
    #expect(painted(image).count == 40 * 30 - 36 * 26)
    image = blank
    for box in [
      Box(90, 90, 99, 99), Box(9, 9, 2, 2), Box(.nan, 0, 1, 1), Box(-.infinity, 0, 1, 1),
    ] {
      image.stroke(box, thickness: 3, (200, 0, 0))
    }
    #expect(image == blank)
  }

  @Test func aMaskTintsItsPixelsOnly() {
    var image = blank
    let mask = RunLengthMask(width: 40, height: 30) { x, y in x < 4 && y < 5 }
    image.tint(mask, opacity: 0.5, (210, 110, 10))
    #expect(painted(image).count == 20 && image[x: 3, y: 4] == (110, 60, 10))
  }

  @Test func labelsStayInsideAndCanBeRead() {
    for (x, y) in [(0, 0), (39, 29), (-20, 90), (10, 15)] {
      var image = blank
      image.label("I", x: x, above: y, scale: 1, (0, 0, 200))
      let strip = painted(image)
      #expect(strip.count == 7 * 9, "at \(x), \(y)")
      let ink = strip.filter { image[x: $0.x, y: $0.y] == (255, 255, 255) }
      #expect(ink.count == 3 + 5 + 3)
    }
    var image = blank
    image.label("a very long label", x: 5, above: 20, scale: 2, (0, 0, 200))
    #expect(!painted(image).isEmpty)
  }

  @Test func everyGlyphHasThirtyFiveDots() {
    for character in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcxyz0123456789 .,-_:%()/+日" {
      #expect(BitmapFont.pixels(of: character).count == 35, "\(character)")
    }
    #expect(BitmapFont.pixels(of: "a") == BitmapFont.pixels(of: "A"))
  }

  @Test func detectionsAreDrawnAndListed() {
    let mask = RunLengthMask(width: 40, height: 30) { x, y in 10..<20 ~= x && 15..<25 ~= y }
    let detections = [
      Detection(box: Box(10, 15, 20, 25), score: 0.87654, classIndex: 1, mask: mask),
      Detection(box: Box(2.25, 3, 9, 29.5), score: 0.5, classIndex: 5),
    ]
    let names = ClassNames(count: 7)
    #expect(blank.drawing(detections, names: names) != blank)
    #expect(blank.drawing([], names: names) == blank)
    #expect(
      Detection.table(detections, names: names) == """
        class    score  left   top  right  bottom    mask
        ring     0.877  10.0  15.0   20.0    25.0  100 px
        day gem  0.500   2.3   3.0    9.0    29.5       -
        """)
    #expect(
      Detection.table(detections, names: names, marks: ["1"]) == """
        #  class    score  left   top  right  bottom    mask
        1  ring     0.877  10.0  15.0   20.0    25.0  100 px
           day gem  0.500   2.3   3.0    9.0    29.5       -
        """)
    // Names come from whoever made the checkpoint, and a terminal obeys some characters.
    let hostile = ClassNames(["", "r\u{1B}[31m\u{9B}"])
    for text in [
      Detection.table(detections, names: hostile), Detection.json(detections, names: hostile),
    ] {
      #expect(
        text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    }
    #expect(
      Detection.json([detections[1]], names: names)
        == #"[{"box": [2.25, 3.0, 9.0, 29.5], "score": 0.5, "class": 5, "class_name": "day gem"}]"#)
    #expect(Detection.json([], names: names) == "[]")
    #expect(Detection.table([], names: names) == "nothing found")
  }

  @Test func classNamesFollowTheNumberOfClasses() {
    #expect(ClassNames(count: 80)[79] == "toothbrush")
    #expect(ClassNames(count: 7)[0] == "disc" && ClassNames(count: 4)[3] == "class 3")
    #expect(ClassNames(["a"])[9] == "class 9")
  }
}
