import Testing

@testable import ViTDetMini

@Suite struct CostCounterTests {
  @Test(arguments: ResidualBlockKind.allCases)
  func theTableTellsWhatIsReallyExecuted(kind: ResidualBlockKind) {
    var configuration = ViTConfiguration.small
    configuration.residualBlock = kind
    let cost = CostCounter()
    _ = ViT(configuration, seed: 1)(Variable(numbers([1, 28, 12, 3])), cost: cost)
    let modules = configuration.modules(image: Extent(height: 28, width: 12))
    let leaves = modules.flatMap(\.leaves)
    #expect(Set(leaves.map(\.name)) == Set(cost.modules))
    for leaf in leaves { #expect(cost[leaf.name] == leaf.cost, "\(leaf.name)") }
    for module in modules { #expect(cost[module.name] == module.cost, "\(module.name)") }
    #expect(modules.reduce(Cost()) { $0 + $1.cost } == cost.total)
    #expect(modules.reduce(0) { $0 + $1.parameters } == configuration.parameterCount)
  }

  @Test func aBlockByItselfCostsWhatItCostsAmongAll() {
    let vit = ViT(.small, seed: 1)
    let image = Variable(numbers([1, 28, 12, 3]))
    let whole = CostCounter()
    _ = vit(image, cost: whole)
    for index in 0..<vit.configuration.depth {
      let alone = CostCounter()
      let recorder = Recorder { $0 == "blocks.\(index).attn" }
      _ = vit(
        tokens: vit.embed(image), blocks: index..<index + 1, recorder: recorder, cost: alone)
      #expect(alone.total == whole["blocks.\(index)"] && alone.total.pairs > 0)
      #expect(recorder.tensors.count == 1)
    }
  }

  @Test func windowsMeetFewerPairsThanTheWholeGrid() {
    // 25 windows of 196 tokens against 4096 tokens.
    let modules = ViTConfiguration.base.modules()
    #expect(modules[2].cost.pairs == 960_400)
    #expect(modules[4].cost.pairs == 16_777_216)
    #expect(
      ViTConfiguration.base.attentionBytes(image: 1024) == 4 * 12 * (8 * 960_400 + 4 * 16_777_216))
  }

  @Test func aBatchCostsAsMuchAsItsImages() {
    func cost(_ images: Int) -> Cost {
      let counter = CostCounter()
      _ = ViT(.small, seed: 1)(Variable(numbers([images, 20, 20, 3])), cost: counter)
      return counter.total
    }
    #expect(cost(3).multiplyAdds == 3 * cost(1).multiplyAdds && cost(3).pairs == 3 * cost(1).pairs)
  }
}
