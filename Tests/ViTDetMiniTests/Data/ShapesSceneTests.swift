import Testing

@testable import ViTDetMini

@Suite struct ShapesSceneTests {
  private static let scenes = (0..<40).map { ShapesScene(seed: $0, size: 96) }

  @Test func theSameSeedGivesTheSameScene() {
    let (first, second) = (ShapesScene(seed: 7, size: 64), ShapesScene(seed: 7, size: 64))
    #expect(first.image == second.image && first.objects == second.objects)
    #expect(ShapesScene(seed: 8, size: 64).image != first.image)
  }

  @Test func masksAreDisjointAndBoxesFitThem() {
    for scene in Self.scenes {
      var seen = [UInt8](repeating: 0, count: 96 * 96)
      for object in scene.objects {
        #expect(object.mask.width == 96 && object.mask.height == 96)
        #expect(object.box == object.mask.bounds && object.mask.area >= 12)
        for (place, bit) in object.mask.bitmap.enumerated() { seen[place] += bit }
      }
      #expect(seen.allSatisfy { $0 <= 1 })
    }
  }

  @Test func everyClassAppearsAndEveryPictureHasAGem() {
    let shapes = Self.scenes.flatMap { $0.objects.map(\.shape) }
    #expect(Set(shapes) == Set(ShapeClass.allCases))
    let withGem = Self.scenes.filter { $0.objects.contains { $0.shape.needsContext } }
    #expect(withGem.count >= 38)
  }

  @Test func theSignDecidesTheGemsFromFarAway() {
    for scene in Self.scenes {
      let gems = scene.objects.filter { $0.shape.needsContext }
      #expect(gems.allSatisfy { $0.shape == (scene.sign == .sun ? .dayGem : .nightGem) })
      for gem in gems {
        let beside = max(scene.signBox.x0 - gem.box.x1, gem.box.x0 - scene.signBox.x1)
        let below = max(scene.signBox.y0 - gem.box.y1, gem.box.y0 - scene.signBox.y1)
        #expect(max(beside, below) > 96 * Float(ShapesScene.contextDistance) - 1)
      }
    }
  }

  @Test func aGemNeverSharesAWindowWithTheSign() {
    for seed in UInt64(0)..<60 {
      let scene = ShapesScene(seed: seed, size: 256)
      // Windows of 6 tokens of 16 pixels, from the top left.
      func windows(_ box: Box) -> Set<[Int]> {
        let columns = Int(max(0, box.x0)) / 96...Int(min(255, box.x1)) / 96
        let rows = Int(max(0, box.y0)) / 96...Int(min(255, box.y1)) / 96
        return Set(rows.flatMap { row in columns.map { [row, $0] } })
      }
      for gem in scene.objects where gem.shape.needsContext {
        #expect(windows(gem.box).isDisjoint(with: windows(scene.signBox)), "seed \(seed)")
      }
    }
  }

  @Test func sizesSpreadOverAFactorOfTen() {
    let sides = (UInt64(0)..<40).flatMap { ShapesScene(seed: $0, size: 256).objects }
      .map { max($0.box.width, $0.box.height) }
    let (smallest, largest) = (sides.min() ?? 0, sides.max() ?? 0)
    #expect(largest / smallest > 8, "\(smallest) to \(largest)")
  }

  @Test func somethingIsHiddenSomewhere() {
    // A disc of which a part is hidden has fewer pixels than the ellipse in its box.
    let hidden = Self.scenes.flatMap(\.objects).filter { object in
      object.shape == .disc
        && Float(object.mask.area) < 0.9 * 0.785 * object.box.width * object.box.height
    }
    #expect(!hidden.isEmpty)
  }

  @Test func classNamesAreDifferent() {
    #expect(Set(ShapeClass.allCases.map(\.name)).count == ShapeClass.allCases.count)
  }
}
