import Testing

@testable import ViTDetMini

@Suite struct LargeScaleJitterTests {
  private let scene = ShapesScene(seed: 5, size: 64)

  private func jitter(
    _ augmentation: LargeScaleJitter, seed: UInt64 = 1
  ) -> (image: Image, objects: [LargeScaleJitter.Object]) {
    var random = RandomNumbers(seed: seed)
    return augmentation(scene.image, scene.trainingObjects, side: 64, using: &random)
  }

  @Test func theIdentityChangesNothing() {
    let found = jitter(LargeScaleJitter())
    #expect(found.image == scene.image)
    #expect(found.objects == scene.trainingObjects)
  }

  @Test func twoFlipsChangeNothing() {
    let flip = LargeScaleJitter(flip: 1)
    let once = jitter(flip)
    #expect(once.image != scene.image)
    var random = RandomNumbers(seed: 9)
    let twice = flip(once.image, once.objects, side: 64, using: &random)
    #expect(twice.image == scene.image)
    #expect(twice.objects == scene.trainingObjects)
  }

  @Test func aFlipMovesPixelsAndMasksAlike() throws {
    let flipped = jitter(LargeScaleJitter(flip: 1))
    for (before, after) in zip(scene.trainingObjects, flipped.objects) {
      let (old, new) = (before.mask.bitmap, after.mask.bitmap)
      for y in 0..<64 {
        let row = old[y * 64..<y * 64 + 64]
        #expect(Array(new[y * 64..<y * 64 + 64]) == Array(row.reversed()))
      }
    }
    #expect(flipped.image[x: 0, y: 10] == scene.image[x: 63, y: 10])
  }

  @Test(arguments: [0.5, 2.0]) func scalesChangeAreasBySquares(scale: Double) throws {
    let found = jitter(LargeScaleJitter(scales: scale...scale))
    let side = min(64, Int(64 * scale))
    #expect((found.image.width, found.image.height) == (side, side))
    #expect(found.objects.allSatisfy { $0.mask.width == side && $0.mask.height == side })
    #expect(found.objects.count <= scene.objects.count)
    if scale < 1 {
      let areas = (
        before: scene.trainingObjects.map(\.mask.area).reduce(0, +),
        after: found.objects.map(\.mask.area).reduce(0, +)
      )
      #expect(abs(Double(areas.after) / Double(areas.before) - scale * scale) < 0.05)
    }
  }

  /// What is painted is what is annotated, also after a crop: pixels inside a mask are those of the enlarged shape.
  @Test func cropsKeepMasksOnTheirPixels() throws {
    let scale = LargeScaleJitter(scales: 2...2)
    var random = RandomNumbers(seed: 4)
    // Black with one white square, so that the mask can be read from the picture.
    var image = Image(width: 64, height: 64, color: (0, 0, 0))
    for y in 20..<50 { for x in 25..<45 { image[x: x, y: y] = (255, 255, 255) } }
    let mask = RunLengthMask(width: 64, height: 64) { x, y in
      (25..<45).contains(x) && (20..<50).contains(y)
    }
    let found = scale(
      image, [.init(classIndex: 0, mask: mask)], side: 64, using: &random)
    let bits = try #require(found.objects.first).mask.bitmap
    let wrong = (0..<64 * 64).count { place in
      let bright = found.image[x: place % 64, y: place / 64].red > 127
      return bright != (bits[place] == 1)
    }
    #expect(wrong == 0)
  }

  @Test func whatIsTooSmallToLearnIsLeftOut() throws {
    let empty = RunLengthMask(width: 8, height: 8, counts: [64])
    let example = try TrainingExample(
      Image(width: 8, height: 8, color: (0, 0, 0)), [.init(classIndex: 0, mask: empty)],
      PicturePreparation(square: 16))
    #expect(example.truths.isEmpty)
  }
}
