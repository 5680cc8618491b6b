import Testing

@testable import ViTDetMini

@Suite struct MaskPastingTests {
  @Test(arguments: ["paste_masks.0", "paste_masks.1"])
  func agreesWithTheReference(name: String) throws {
    let cases = try OperationCases()
    let cells = try cases.values("\(name).in.mask_probs")
    let boxes = try cases.values("\(name).in.boxes").rows
    let soft = try cases.values("\(name).out.soft")
    let pasted = try cases.values("\(name).out.pasted").bytes
    let (height, width, side) = (soft.shape[1], soft.shape[2], cells.shape[2])
    var worst: Float = 0
    for (index, row) in boxes.enumerated() {
      let mask = PastedMask(
        cells: Array(cells.floats[index * side * side..<(index + 1) * side * side]), side: side,
        box: Box(row[0], row[1], row[2], row[3]), width: width, height: height)
      let start = index * height * width
      for y in 0..<height {
        for x in 0..<width {
          let wanted = Float(soft.numbers[start + y * width + x])
          worst = max(worst, abs(mask.probability(x: x, y: y) - wanted))
        }
      }
      let bits = mask.mask(width: width, height: height).bitmap
      #expect(bits == Array(pasted[start..<start + height * width]), "mask \(index)")
    }
    #expect(worst < 1e-5, "worst difference \(worst)")
  }

  @Test func aFullMaskOnWholePixelsIsItsBox() {
    let mask = PastedMask(
      cells: [Float](repeating: 1, count: 16), side: 4, box: Box(2, 3, 10, 9), width: 20, height: 12
    ).mask(width: 20, height: 12)
    #expect(mask.bounds == Box(2, 3, 10, 9) && mask.area == 48)
  }

  @Test func boxesOutsideOrWithoutAreaGiveNothing() {
    let cells = [Float](repeating: 1, count: 4)
    for box in [
      Box(-50, -50, -40, -40), Box(100, 0, 120, 5), Box(3, 3, 3, 9), Box(5, 5, 2, 2),
      Box(.nan, 0, 1, 1), Box(-.infinity, 0, 4, 4),
    ] {
      let pasted = PastedMask(cells: cells, side: 2, box: box, width: 20, height: 10)
      #expect(pasted.mask(width: 20, height: 10).area == 0, "\(box)")
    }
  }

  @Test func aVeryThinBoxIsNoTrouble() {
    let pasted = PastedMask(
      cells: [1, 1, 1, 1], side: 2, box: Box(5, 0, (5 as Float).nextUp, 9), width: 20, height: 10)
    #expect(pasted.mask(width: 20, height: 10).area == 0)
  }
}
