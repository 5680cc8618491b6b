import Testing

@testable import ViTDetMini

@Suite struct ViTConfigurationTests {
  // Counted by hand from the paper's sizes; the whole detectors are 111M, 331M and 662M in its Table 9.
  @Test(arguments: [(1, 85_889_024), (2, 303_432_704), (3, 631_116_800)])
  func thePublishedSizesHaveTheirParameters(preset: Int, count: Int) {
    #expect(ViTConfiguration.presets[preset].configuration.parameterCount == count)
  }

  @Test func globalBlocksAreTheLastOfEachQuarter() {
    #expect(ViTConfiguration.base.globalBlockIndexes == [2, 5, 8, 11])
    #expect(ViTConfiguration.large.globalBlockIndexes == [5, 11, 17, 23])
    #expect(ViTConfiguration.huge.globalBlockIndexes == [7, 15, 23, 31])
    #expect(ViTConfiguration.tiny.globalBlockIndexes == [1, 3, 5, 7])
  }

  @Test func theTinyModelHasSixteenBySixteenTokens() {
    let tiny = ViTConfiguration.tiny
    #expect(tiny.grid == 16 && tiny.positionRows == 65 && tiny.headDim == 16)
    #expect(ViT(tiny, seed: 1).parameters.count == tiny.parameterCount)
  }

  @Test func addedConvolutionBlocksHaveTheirParameters() {
    // Four bottleneck blocks add 4.1 % to the 331M of ViT-L’s detector, the 1.04× of Table 3.
    func added(_ configuration: ViTConfiguration, _ kind: ResidualBlockKind) -> Int {
      var with = configuration
      with.residualBlockIndexes = configuration.globalBlockIndexes
      with.residualBlock = kind
      return with.parameterCount - configuration.parameterCount
    }
    #expect(added(.base, .bottleneck) == 7_680_000)
    #expect(added(.large, .bottleneck) == 13_647_872)
    #expect(added(.large, .basic) / 100_000 == 755)
    #expect(added(.large, .naive) / 100_000 == 377)
  }

  @Test func dropPathRisesEvenly() {
    let rates = (0..<12).map(ViTConfiguration.base.dropPathRate(_:))
    expectClose(rates, (0..<12).map { Float($0) * 0.1 / 11 }, tolerance: 1e-7)
  }

  @Test func impossibleConfigurationsAreRefused() {
    let faults: [(inout ViTConfiguration) -> Void] = [
      { $0.embedDim = 0 }, { $0.embedDim = -64 }, { $0.depth = 1 << 40 }, { $0.numHeads = 7 },
      { $0.numHeads = 0 }, { $0.patchSize = 0 }, { $0.patchSize = 32 }, { $0.windowSize = -1 },
      { $0.mlpRatio = -1 }, { $0.mlpRatio = 1e300 }, { $0.mlpRatio = .nan },
      { $0.imgSize = Extent(height: -1, width: 20) }, { $0.pretrainImgSize = 0 },
      { $0.inChans = 0 }, { $0.normEps = -1 }, { $0.dropPathRate = 1 },
      { $0.pretrainImgSize = 3 },
    ]
    for fault in faults {
      var configuration = ViTConfiguration.small
      fault(&configuration)
      #expect(throws: ModelError.self) { try configuration.validate() }
    }
    #expect(throws: Never.self) { try ViTConfiguration.small.validate() }
  }
}
