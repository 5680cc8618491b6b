import Testing

@testable import ViTDetMini

@Suite struct ROIAlignTests {
  /// `[N, C, H, W]` as the reference stores it, channels last.
  private func channelsLast(_ values: OperationCases.Values) -> Tensor {
    Tensor(shape: values.shape, storage: values.floats).permuted([0, 2, 3, 1])
  }

  @Test(arguments: 0..<4) func agreesWithTorchvisionBothWays(number: Int) throws {
    let cases = try OperationCases()
    let name = "roi_align.\(number)"
    let parameters = try cases.parameters(name)
    let size = try #require(parameters["output_size"] as? [Int])
    let align = ROIAlign(
      outputSize: Extent(height: size[0], width: size[1]),
      samplingRatio: try #require(parameters["sampling_ratio"] as? Int))
    let features = Variable(
      channelsLast(try cases.values("\(name).in.features")), requiresGradient: true)
    let boxes = try cases.values("\(name).in.rois").rows.map { row in
      (image: Int(row[0]), box: Box(row[1], row[2], row[3], row[4]))
    }
    let scale = Float(try #require(parameters["spatial_scale"] as? Double))
    let pooled = align(features, boxes: boxes, scale: scale)
    let expected = channelsLast(try cases.values("\(name).out.pooled"))
    #expect(pooled.value.largestDifference(from: expected) < 1e-4)
    pooled.backward(channelsLast(try cases.values("\(name).in.cotangent")))
    let gradient = try #require(features.gradient)
    let expectedGradient = channelsLast(try cases.values("\(name).out.grad_features"))
    #expect(gradient.largestDifference(from: expectedGradient) < 1e-4)
  }

  @Test func aRampIsReadAtTheCellsCentres() {
    let ramp = Variable(Tensor(shape: [1, 5, 5, 1], storage: (0..<25).map(Float.init)))
    let pooled = ROIAlign(outputSize: 4)(ramp, boxes: [(0, Box(1, 1, 3, 3))], scale: 1)
    let expected: [Float] = [
      4.5, 5, 5.5, 6, 7, 7.5, 8, 8.5, 9.5, 10, 10.5, 11, 12, 12.5, 13, 13.5,
    ]
    #expect(
      pooled.value.largestDifference(from: Tensor(shape: [1, 4, 4, 1], storage: expected)) < 1e-5)
  }

  @Test func aConstantMapStaysConstantInside() {
    let map = Variable(Tensor(shape: [1, 6, 7, 3], repeating: 2.5))
    let pooled = ROIAlign(outputSize: 3)(
      map, boxes: [(0, Box(3, 2, 90, 80)), (0, Box(20, 20, 20.5, 20.5))], scale: 1.0 / 16)
    #expect(
      pooled.value.largestDifference(from: Tensor(shape: [2, 3, 3, 3], repeating: 2.5)) < 1e-5)
  }

  @Test func boxesOutsideAndWithoutAreaGiveZeros() {
    let map = Variable(Tensor(shape: [1, 4, 4, 2], repeating: 1))
    let boxes = [Box(-900, -900, -800, -800), Box(40, 40, 40, 40), Box(9, 9, 3, 3)]
    let pooled = ROIAlign(outputSize: 2)(map, boxes: boxes.map { (0, $0) }, scale: 0.25)
    #expect(pooled.value.storage.allSatisfy { $0 == 0 })
    #expect(ROIAlign(outputSize: 2)(map, boxes: [], scale: 1).shape == [0, 2, 2, 2])
  }

  @Test func samplePointsSpreadEvenlyOverTheBox() {
    let align = ROIAlign(outputSize: 2, samplingRatio: 2)
    let points = align.samplePoints(of: Box(10, 20, 26, 28), scale: 0.25, map: 16)
    #expect(points.count == 4 && points.allSatisfy { $0.count == 4 })
    #expect(points[0].map(\.x) == [12, 16, 12, 16] && points[0].map(\.y) == [21, 21, 23, 23])
    #expect(points[3].map(\.x) == [20, 24, 20, 24] && points[3].map(\.y) == [25, 25, 27, 27])
  }

  @Test func thePoolerReadsEachBoxFromItsLevel() {
    let pooler = ROIPooler(outputSize: 2, scales: [0.25, 0.125, 0.0625, 0.03125])
    #expect(pooler.assignment.levels == 2...5)
    let levels = (0..<4).map { level in
      Variable(Tensor(shape: [2, 64 >> level, 64 >> level, 1], repeating: Float(level + 2)))
    }
    let pooled = pooler(
      levels, boxes: [[Box(0, 0, 20, 20), Box(0, 0, 250, 250)], [Box(0, 0, 120, 120)]])
    #expect(pooled.shape == [3, 2, 2, 1])
    #expect([0, 1, 2].map { pooled.value[$0, 0, 0, 0] } == [2, 4, 3])
  }
}
