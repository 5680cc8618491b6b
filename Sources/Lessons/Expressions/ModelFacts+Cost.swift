internal import ViTDetMini

extension ModelFacts {
  /// Functions about what a block of the small model counts when it runs.
  func costs(_ name: String, _ given: FactArguments) throws -> Value? {
    switch name {
    case "counted":
      try given.expect(3)
      let quantity = try quantity(given, 0)
      let block = try block(given, 1)
      let side = try given.whole(2, 64...1024)
      return try run(name) { .number(quantity(try $0.blockRun(block, side: side))) }
    case "countedSlope":
      try given.expect(3)
      let quantity = try quantity(given, 0)
      let block = try block(given, 1)
      let sides = BlockRun.sides(upTo: try given.whole(2, 192...1024))
      return try run(name) { laboratory in
        let points = try sides.map { side in
          let run = try laboratory.blockRun(block, side: side)
          return (x: Double(run.tokens), y: quantity(run))
        }
        return .number(PowerLaw.slope(points) ?? 0)
      }
    default: return nil
    }
  }

  private func block(_ given: FactArguments, _ index: Int) throws(FactError) -> BlockChoice {
    let word = try given.word(index, of: BlockChoice.allCases.map(\.rawValue))
    return BlockChoice(rawValue: word) ?? .global
  }

  private func quantity(
    _ given: FactArguments, _ index: Int
  ) throws(FactError) -> @Sendable (BlockRun) -> Double {
    switch try given.word(index, of: ["pairs", "multiplyAdds", "bytes"]) {
    case "pairs": { Double($0.cost.pairs) }
    case "multiplyAdds": { Double($0.cost.multiplyAdds) }
    default: { Double($0.cost.bytes) }
    }
  }
}
