import Testing

@testable import ViTDetMini

@Suite struct BoxTests {
  private let unit = Box(0, 0, 1, 1)

  @Test func overlapsOfHandMadeBoxesAreKnown() {
    // The table of detectron2's own test: the shared part of the unit box, over the union.
    #expect(unit.iou(Box(0, 0, 1, 1)) == 1)
    #expect(unit.iou(Box(0, 0, 0.5, 1)) == 0.5)
    #expect(unit.iou(Box(0, 0, 1, 0.5)) == 0.5)
    #expect(unit.iou(Box(0, 0, 0.5, 0.5)) == 0.25)
    #expect(unit.iou(Box(0.5, 0.5, 1, 1)) == 0.25)
    #expect(abs(unit.iou(Box(0.5, 0.5, 1.5, 1.5)) - 0.25 / 1.75) < 1e-7)
  }

  @Test func overlapIsSymmetricAndBounded() {
    var random = SceneRandom(seed: 2)
    func box() -> Box {
      let (x, y) = (Float(random.number(-20...20)), Float(random.number(-20...20)))
      return Box(x, y, x + Float(random.number(0...30)), y + Float(random.number(0...30)))
    }
    for _ in 0..<200 {
      let (a, b) = (box(), box())
      #expect(a.iou(b) == b.iou(a))
      #expect(0...1 ~= a.iou(b))
    }
  }

  @Test func boxesWithoutAreaOverlapNothing() {
    let line = Box(0.2, 0, 0.2, 1)
    #expect(unit.iou(line) == 0 && line.iou(line) == 0)
    #expect(unit.iou(Box(1, 0, 2, 1)) == 0)
    #expect(!line.isLarger() && !Box(2, 2, 1, 1).isLarger() && !Box(.nan, 0, 1, 1).isLarger())
  }

  @Test func clippingKeepsWhatIsInThePicture() {
    #expect(Box(-3, 2, 50, 9).clipped(width: 20, height: 8) == Box(0, 2, 20, 8))
    #expect(Box(30, 30, 50, 50).clipped(width: 20, height: 8) == Box(20, 8, 20, 8))
  }

  @Test func scalingUsesEachFactor() {
    #expect(Box(1, 2, 3, 4).scaled(x: 2, y: 0.5) == Box(2, 1, 6, 2))
  }
}
