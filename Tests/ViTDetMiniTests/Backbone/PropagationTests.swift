import Testing

@testable import ViTDetMini

@Suite struct PropagationTests {
  @Test func placesAreThePapers() {
    #expect(ViTConfiguration.tiny.with(.global(.even)) == .tiny)
    for (name, preset) in ViTConfiguration.presets {
      #expect(
        preset.with(.global(.even)).globalBlockIndexes == preset.globalBlockIndexes, "\(name)")
    }
    #expect(ViTConfiguration.base.with(.global(.first)).globalBlockIndexes == [0, 1, 2, 3])
    #expect(ViTConfiguration.base.with(.global(.last)).globalBlockIndexes == [8, 9, 10, 11])
    #expect(ViTConfiguration.tiny.with(.none).globalBlockIndexes.isEmpty)
    let conv = ViTConfiguration.large.with(.conv(.naive))
    #expect(conv.globalBlockIndexes.isEmpty && conv.residualBlock == .naive)
    #expect(conv.residualBlockIndexes == [5, 11, 17, 23])
  }

  @Test func shallowNetworksHaveAllTheirBlocksGlobal() {
    for placement in GlobalPlacement.allCases {
      #expect((1...4).allSatisfy { placement.blocks(depth: $0) == Array(0..<$0) })
      #expect(placement.blocks(depth: 7).count == 4)
    }
  }

  @Test func oneWayReplacesAnother() {
    let conv = ViTConfiguration.tiny.with(.conv(.bottleneck))
    #expect(conv.with(.global(.even)) == .tiny)
    #expect(conv.with(.none).residualBlockIndexes.isEmpty)
  }

  /// Four tokens wide, windows of two, so that each way has something to connect.
  private func configuration(_ propagation: Propagation) -> ViTConfiguration {
    var configuration = ViTConfiguration.small
    configuration.depth = 5
    return configuration.with(propagation)
  }

  /// How far the first token's output depends on the last pixel.
  private func reach(_ propagation: Propagation) -> Float {
    let configuration = configuration(propagation)
    var parameters = Parameters()
    for specification in configuration.parameterSpecifications() {
      var random = RandomNumbers(seed: 1, for: specification.name)
      parameters[specification.name] = Initialization.normal(standardDeviation: 0.3)
        .tensor(shape: specification.shape, random: &random)
    }
    do {
      let model = try ViT(configuration, parameters: parameters, trainable: true)
      let image = Variable(numbers([1, 20, 20, 3]), requiresGradient: true)
      let map = model(image)
      var chosen = Tensor(zeros: map.shape)
      chosen[0, 0, 0, 0] = 1
      map.dot(chosen).backward()
      for specification in configuration.parameterSpecifications() {
        #expect(model.variable(named: specification.name)?.gradient != nil, "\(specification.name)")
      }
      return abs(image.gradient?[0, 19, 19, 0] ?? 0)
    } catch {
      Issue.record(error)
      return 0
    }
  }

  @Test func onlyWindowsWithoutAWayBetweenThemStayApart() {
    #expect(reach(.none) == 0)
    for placement in GlobalPlacement.allCases { #expect(reach(.global(placement)) > 0) }
    // Four 3×3 convolutions with windows of two between them reach over five tokens.
    for kind in ResidualBlockKind.allCases { #expect(reach(.conv(kind)) > 0, "\(kind)") }
  }

  /// Blocks that are inserted begin as the identity, to the bit.
  @Test func convolutionsChangeNothingAtFirst() {
    let image = Variable(numbers([1, 20, 20, 3]))
    let before = ViT(configuration(.none), seed: 3)(image).value
    for kind in ResidualBlockKind.allCases {
      let isSame = ViT(configuration(.conv(kind)), seed: 3)(image).value == before
      #expect(isSame, "\(kind)")
    }
  }
}
