import Testing

@testable import ViTDetMini

@Suite struct MaskTargetTests {
  @Test(arguments: 0..<2) func bothFormsAgreeWithTheReference(number: Int) throws {
    let cases = try OperationCases()
    let name = "mask_targets.\(number)"
    let parameters = try cases.parameters(name)
    let side = try #require(parameters["mask_size"] as? Int)
    let polygons = try #require(parameters["polygons"] as? [[[Double]]])
    let boxes = try cases.values("\(name).in.boxes").rows.map { Box($0[0], $0[1], $0[2], $0[3]) }
    let bitmasks = try cases.values("\(name).in.bitmasks")
    let (height, width) = (bitmasks.shape[1], bitmasks.shape[2])
    let fromPolygons = try cases.values("\(name).out.polygon").bytes
    let fromBitmaps = try cases.values("\(name).out.bitmask").bytes
    for (index, box) in boxes.enumerated() {
      let cells = index * side * side..<(index + 1) * side * side
      #expect(
        MaskTarget.cells(polygons[index], in: box, side: side) == Array(fromPolygons[cells]))
      let bitmap = Array(bitmasks.bytes[index * width * height..<(index + 1) * width * height])
      #expect(
        MaskTarget.cells(bitmap: bitmap, width: width, height: height, in: box, side: side)
          == Array(fromBitmaps[cells]))
      let runs = RunLengthMask(width: width, height: height) { bitmap[$1 * width + $0] == 1 }
      #expect(MaskTarget.cells(.mask(runs), in: box, side: side) == Array(fromBitmaps[cells]))
    }
  }

  @Test func theWholeObjectInItsOwnBoxIsFull() {
    let square: [Double] = [10, 20, 40, 20, 40, 50, 10, 50]
    let cells = MaskTarget.cells([square], in: Box(10, 20, 40, 50), side: 28)
    #expect(cells.allSatisfy { $0 == 1 })
    let half = MaskTarget.cells([square], in: Box(25, 20, 55, 50), side: 28)
    #expect(half.reduce(0) { $0 + Int($1) } == 28 * 14)
  }

  @Test func boxesWithoutAreaAreNoTrouble() {
    let square: [Double] = [10, 20, 40, 20, 40, 50, 10, 50]
    for box in [Box(12, 22, 12, 22), Box(-9000, -9000, -9000, -8000), Box(30, 30, 20, 20)] {
      #expect(MaskTarget.cells([square], in: box, side: 14).count == 196)
      #expect(
        MaskTarget.cells(
          bitmap: [UInt8](repeating: 1, count: 600), width: 30, height: 20, in: box, side: 14
        ).count == 196)
    }
  }
}
