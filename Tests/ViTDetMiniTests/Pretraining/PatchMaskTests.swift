import Testing

@testable import ViTDetMini

@Suite struct PatchMaskTests {
  @Test(arguments: [(0.75, 16), (0.5, 32), (0.74, 16), (0.0, 63), (1.0, 1)])
  func everyPatchIsEitherSeenOrHidden(ratio: Double, seen: Int) {
    var random = RandomNumbers(seed: 3)
    let mask = PatchMask(hiding: ratio, of: 64, using: &random)
    #expect(mask.visible.count == seen)
    #expect((mask.visible + mask.hidden).sorted() == Array(0..<64))
    #expect(mask.visible == mask.visible.sorted() && mask.hidden == mask.hidden.sorted())
  }

  /// 400 masks of a quarter show each of 16 patches about 100 times.
  @Test func allPatchesAreEquallyLikely() {
    var random = RandomNumbers(seed: 5)
    var seen = [Int](repeating: 0, count: 16)
    for _ in 0..<400 {
      for patch in PatchMask(hiding: 0.75, of: 16, using: &random).visible { seen[patch] += 1 }
    }
    #expect(seen.allSatisfy { (60...140).contains($0) }, "\(seen)")
  }
}
