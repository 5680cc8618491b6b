import Testing

@testable import ViTDetMini

@Suite struct ViTTests {
  @Test func aMapOfPatchesComesOut() {
    let model = ViT(.small, seed: 1)
    // Surplus rows and columns of pixels are ignored.
    #expect(model(Variable(numbers([2, 21, 15, 3]))).shape == [2, 5, 3, 8])
  }

  @Test func theSameSeedGivesTheSameNumbers() {
    #expect(ViT(.small, seed: 1).parameters == ViT(.small, seed: 1).parameters)
    #expect(ViT(.small, seed: 1).parameters != ViT(.small, seed: 2).parameters)
  }

  @Test func recordingAndCountingChangeNoMoreThanRounding() {
    let model = ViT(.small, seed: 1, relativePositionDeviation: 0.5)
    let image = Variable(numbers([1, 20, 20, 3]))
    let recorder = Recorder()
    let recorded = model(image, recorder: recorder, cost: CostCounter()).value
    expectClose(recorded, model(image).value, tolerance: 2e-6)
    #expect(recorder["blocks.2"] == recorded)
    #expect(recorder["blocks.0.windows"]?.shape == [9, 2, 2, 8])
    #expect(recorder["blocks.0.attn"]?.shape == [9, 2, 4, 4])
    #expect(recorder["blocks.1.attn"]?.shape == [1, 2, 25, 25])
    #expect(recorder["blocks.1.qkv"]?.shape == [1, 25, 24])
    #expect(recorder["pos_embed"]?.shape == [1, 5, 5, 8])
    #expect(Array(recorder.names.prefix(3)) == ["patch_embed.proj", "pos_embed", "patch_embed"])
  }

  @Test func aRecorderTakesOnlyWhatItWants() {
    let recorder = Recorder { $0 == "blocks.1" }
    _ = ViT(.small, seed: 1)(Variable(numbers([1, 20, 20, 3])), recorder: recorder)
    #expect(recorder.names == ["blocks.1"])
  }

  @Test func imagesOfABatchDoNotSeeEachOther() {
    let model = ViT(.small, seed: 1)
    let (first, second) = (numbers([1, 20, 16, 3]), numbers([1, 20, 16, 3], seed: 2))
    let both = model(Variable(Tensor.joined([first, second]))).value
    expectClose(both.rows(1..<2), model(Variable(second)).value, tolerance: 1e-5)
  }

  @Test(arguments: ResidualBlockKind.allCases)
  func aNewConvolutionBlockIsTheIdentity(kind: ResidualBlockKind) throws {
    var with = ViTConfiguration.small
    with.residualBlock = kind
    var without = with
    without.residualBlockIndexes = []
    let parameters = ViT(with, seed: 1).parameters
    let image = Variable(numbers([1, 20, 20, 3]))
    let found = try ViT(with, parameters: parameters)(image).value
    #expect(found == (try ViT(without, parameters: parameters)(image).value))
    let names = parameters.names.filter { $0.hasPrefix("blocks.1.residual.norm") }
    let zeros = names.filter { parameters[$0]?.largestMagnitude == 0 }
    #expect(zeros.contains(try #require(names.last)))
  }

  @Test(arguments: ResidualBlockKind.allCases)
  func insertingConvolutionBlocksChangesNoBit(kind: ResidualBlockKind) throws {
    let before = ViTConfiguration.tiny.with(.none)
    let after = ViTConfiguration.tiny.with(.conv(kind))
    var parameters = ViT(before, seed: 1, relativePositionDeviation: 0.5).parameters
    let inserted = after.parameterSpecifications().filter { parameters[$0.name] == nil }
    #expect(inserted.count == 4 * 3 * kind.convolutions(channels: 64).count)
    let fresh = Parameters(inserted, seed: 2)
    for name in fresh.names { parameters[name] = fresh[name] }

    let image = Variable(numbers([1, 256, 256, 3]))
    func bits(_ configuration: ViTConfiguration) throws -> [UInt32] {
      try ViT(configuration, parameters: parameters)(image).value.storage.map(\.bitPattern)
    }
    #expect(try bits(before) == bits(after))
    // One scale that is not 0, and everything changes.
    parameters["blocks.1.residual.norm\(kind.convolutions(channels: 64).count).weight"]?[0] = 1
    #expect(try bits(before) != bits(after))
  }

  @Test func blocksOneByOneMakeTheWholeBackbone() throws {
    let model = ViT(.small, seed: 1, relativePositionDeviation: 0.5)
    let image = Variable(numbers([1, 20, 16, 3]))
    var tokens = model.embed(image)
    for block in 0..<3 { tokens = model(tokens: tokens, blocks: block..<block + 1) }
    #expect(tokens.value == model(image).value)
    #expect(model(tokens: tokens, blocks: 1..<1).value == tokens.value)
  }

  @Test func theGradientOfTheTokensIsADifferenceQuotient() throws {
    let model = ViT(.small, seed: 1, relativePositionDeviation: 0.5)
    expectGradients(of: [numbers([1, 3, 4, 8])], tolerance: 1e-2) {
      model(tokens: $0[0], blocks: 1..<3)
    }
  }

  @Test(arguments: ResidualBlockKind.allCases)
  func aConvolutionBlockOfZerosIsDead(kind: ResidualBlockKind) throws {
    var configuration = ViTConfiguration.small
    configuration.residualBlock = kind
    var parameters = ViT(configuration, seed: 1).parameters
    let names = parameters.names.filter { $0.contains(".residual.") }
    for name in names { parameters[name] = parameters[name].map { Tensor(zeros: $0.shape) } }
    let last = "blocks.1.residual.norm\(kind.convolutions(channels: 8).count).bias"
    // The last bias moves and is alone for ever: a norm makes zeros of the zeros before it.
    for _ in 0..<2 {
      let model = try ViT(configuration, parameters: parameters, trainable: true)
      model(Variable(numbers([1, 20, 20, 3]))).dot(numbers([1, 5, 5, 8], seed: 2)).backward()
      for name in names {
        let gradient = try #require(model.variable(named: name)?.gradient)
        #expect((gradient.largestMagnitude > 0) == (name == last), "\(name)")
      }
      parameters[last] = model.variable(named: last)?.gradient
    }
  }

  @Test(arguments: ResidualBlockKind.allCases)
  func aNewConvolutionBlockCanLearn(kind: ResidualBlockKind) throws {
    var configuration = ViTConfiguration.small
    configuration.residualBlock = kind
    let model = try ViT(
      configuration, parameters: ViT(configuration, seed: 1).parameters, trainable: true)
    model(Variable(numbers([1, 20, 20, 3]))).dot(numbers([1, 5, 5, 8], seed: 2)).backward()
    let last = kind.convolutions(channels: 8).count
    for part in ["weight", "bias"] {
      let gradient = model.variable(named: "blocks.1.residual.norm\(last).\(part)")?.gradient
      #expect((gradient?.largestMagnitude ?? 0) > 0)
    }
  }

  @Test func theGradientOfThePixelsIsADifferenceQuotient() throws {
    let model = ViT(.small, seed: 1, relativePositionDeviation: 0.5)
    expectGradients(of: [numbers([1, 8, 12, 3])], tolerance: 1e-2) { model($0[0]) }
  }

  @Test func dropPathLeavesOutWholeImages() {
    let pass = ForwardPass(randomNumbers: RandomNumbers(seed: 1))
    let x = Variable(Tensor(shape: [200, 2], repeating: 1))
    let y = DropPath(rate: 0.25)(x, pass).value
    for image in 0..<200 { #expect(y[image, 0] == y[image, 1]) }
    #expect(Set(y.storage) == [0, 1 / 0.75])
    #expect((35...65).contains(y.storage.count { $0 == 0 } / 2))
    #expect(DropPath(rate: 0.25)(x, ForwardPass()).value == x.value)
  }

  @Test func missingAndMisshapenParametersAreNamed() {
    var parameters = ViT(.small, seed: 1).parameters
    parameters["blocks.1.mlp.fc1.weight"] = Tensor(zeros: [2, 2])
    #expect(
      throws: ModelError.shape("blocks.1.mlp.fc1.weight", found: [2, 2], expected: [32, 8])
    ) { try ViT(.small, parameters: parameters) }
    parameters["blocks.1.mlp.fc1.weight"] = nil
    #expect(throws: ModelError.missing("blocks.1.mlp.fc1.weight")) {
      try ViT(.small, parameters: parameters)
    }
  }
}
