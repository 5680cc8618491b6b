import Testing

@testable import ViTDetMini

@Suite struct SimpleFeaturePyramidTests {
  private func pyramid(_ configuration: DetectorConfiguration) throws -> SimpleFeaturePyramid {
    let specifications = SimpleFeaturePyramid.specifications(configuration)
    var parameters = Parameters()
    for specification in specifications {
      // Large numbers keep the norms away from their bend at 0.
      parameters[specification.name] = numbers(
        specification.shape, seed: UInt64(parameters.names.count), scale: 2)
    }
    let table = try ParameterTable(specifications, parameters, trainable: false)
    return SimpleFeaturePyramid(table, configuration)
  }

  @Test func everyLevelHasItsSize() throws {
    let recorder = Recorder()
    let maps = try pyramid(.small)(
      Variable(numbers([2, 5, 7, 8])), ForwardPass(recorder: recorder))
    // The odd last row and column are left out by pooling, and kept by taking every second cell.
    #expect(
      maps.map(\.shape) == [
        [2, 20, 28, 4], [2, 10, 14, 4], [2, 5, 7, 4], [2, 2, 3, 4], [2, 1, 2, 4],
      ])
    #expect(recorder.names == ["p2", "p3", "p4", "p5", "p6"])
  }

  @Test func theTopLevelIsEverySecondCell() throws {
    let maps = try pyramid(.small)(Variable(numbers([1, 8, 8, 8])), ForwardPass())
    #expect(maps[4].value[0, 1, 0, 2] == maps[3].value[0, 2, 0, 2])
  }

  /// Table 1's second row: the coarser map, every cell four times, is added before the 3×3 convolution.
  @Test func coarseMapsFlowIntoFineOnes() throws {
    let configuration = DetectorConfiguration.small.with(.lastMap)
    let pyramid = try pyramid(configuration)
    let map = Variable(numbers([1, 4, 4, 8]))
    let maps = pyramid(map, ForwardPass()).map(\.value)
    let pass = ForwardPass()
    let branches = pyramid.branches
    let reduced = branches.map { $0.reduced(map, pass).value }
    var p4 = reduced[2]
    for row in 0..<4 {
      for column in 0..<4 {
        for channel in 0..<4 {
          p4[0, row, column, channel] += reduced[3][0, row / 2, column / 2, channel]
        }
      }
    }
    expectClose(maps[2], branches[2].smoothed(Variable(p4), pass).value, tolerance: 1e-5)
    expectClose(maps[3], branches[3].smoothed(Variable(reduced[3]), pass).value, tolerance: 0)
    let simple = try self.pyramid(.small)(map, ForwardPass()).map(\.value)
    #expect(
      simple[3] == maps[3] && simple[0] != maps[0] && simple.map(\.shape) == maps.map(\.shape))
    #expect(
      SimpleFeaturePyramid.specifications(configuration).map(\.name)
        == SimpleFeaturePyramid.specifications(.small).map(\.name))
  }

  @Test func thePyramidOfAnOddMapFitsTogether() throws {
    let maps = try pyramid(.small.with(.lastMap))(Variable(numbers([2, 5, 7, 8])), ForwardPass())
    #expect(maps.map(\.shape).first == [2, 20, 28, 4])
  }

  @Test func pyramidsAreExchangedAndBack() {
    let tiny = DetectorConfiguration.tiny
    #expect(tiny.with(.none).proposals.anchors.sizes == [[8, 16, 32, 64, 128]])
    #expect(tiny.with(.none).proposals.anchors.strides == [16])
    #expect(tiny.with(.none).with(.lastMap).with(.simple) == tiny)
    for pyramid in Pyramid.allCases {
      #expect(throws: Never.self) { try tiny.with(pyramid).validate() }
    }
  }

  @Test func theLastMapAloneIsOneLevel() throws {
    var configuration = DetectorConfiguration(.tiny, pyramid: .none)
    configuration.outChannels = 4
    let maps = try pyramid(configuration)(Variable(numbers([1, 6, 6, 64])), ForwardPass())
    #expect(maps.map(\.shape) == [[1, 6, 6, 4]])
  }

  @Test func levelsDoNotShareParameters() {
    let names = SimpleFeaturePyramid.specifications(.small).map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.contains("simfp_2.3.weight") && names.contains("simfp_5.2.norm.bias"))
    #expect(!names.contains("simfp_4.2.weight"))
  }

  @Test(arguments: Pyramid.allCases)
  func theReportTellsWhatTheLevelsReallyCost(pyramid: Pyramid) {
    let configuration = DetectorConfiguration.small.with(pyramid)
    let side = configuration.preparation.square / configuration.backbone.patchSize
    let cost = CostCounter()
    let maps = ViTDet(configuration, seed: 1).levels(of: numbers([1, side, side, 8]), cost: cost)
    let neck = configuration.modules().filter {
      $0.name.hasPrefix("backbone.simfp_") || $0.name == "backbone.top_block"
    }
    #expect(neck.map(\.output) == maps.map(\.shape))
    for module in neck { #expect(module.cost == cost[module.name], "\(module.name)") }
    for leaf in neck.flatMap(\.leaves) { #expect(cost[leaf.name] == leaf.cost, "\(leaf.name)") }
    #expect(neck.reduce(Cost()) { $0 + $1.cost } == cost.total)
  }

  @Test(arguments: [Pyramid.simple, .lastMap])
  func gradientsAreDifferenceQuotients(kind: Pyramid) throws {
    let pyramid = try pyramid(.small.with(kind))
    expectGradients(of: [numbers([1, 2, 2, 8], scale: 4)], step: 4e-3, tolerance: 1e-2) { inputs in
      let maps = pyramid(inputs[0], ForwardPass())
      return Variable.joined(maps.map { $0.reshaped(to: [$0.value.count]) })
    }
  }

  @Test func onlyPowersOfTwoAreLevels() {
    #expect(PyramidLevel(scaleFactor: 4, mapStride: 16)?.name == "p2")
    #expect(PyramidLevel(scaleFactor: 0.5, mapStride: 16)?.stride == 32)
    #expect(PyramidLevel(scaleFactor: 3, mapStride: 16) == nil)
    #expect(PyramidLevel(scaleFactor: 4, mapStride: 2) == nil)
    #expect(PyramidLevel(scaleFactor: 1, mapStride: 12) == nil)
  }
}
