internal import ViTDetMini

extension ModelFacts {
  /// Functions whose answer the running model gives.
  func measured(_ name: String, _ given: FactArguments) throws -> Value? {
    let grid = WindowGeometry(
      rows: configuration.grid.height, columns: configuration.grid.width, window: 1)
    switch name {
    case "padShare":
      let query = try given.onlyToken(in: grid)
      return try run(name) { laboratory in
        let model = laboratory.configuration.with(window: configuration.windowSize)
        return .number(try laboratory.padShares(model)[query] ?? 0)
      }
    case "projectionError":
      try given.expect(0)
      return try run(name) { .number(try $0.projection().relativeDifference) }
    case "permutationError":
      try given.expect(0)
      return try run(name) { .number(try $0.permutation().largestDifference) }
    case "shiftError":
      try given.expect(2)
      let (pixels, position) = (try given.whole(0, 0...64), try given.whole(1, 0...1) == 1)
      return try run(name) {
        .number(try $0.shift(pixels, position: position, stage: .tokens).error)
      }
    case "influenceCells":
      try given.expect(2)
      let token = try given.token(0, in: grid)
      let blocks = try given.whole(1, 1...configuration.depth)
      // The knob of the figure of that name decides; without it the model is as it is.
      let globals = knobs["propagation"] != .text("none")
      return try run(name) { laboratory in
        let change = try laboratory.changes(of: token, globals: globals)[blocks - 1]
        return .tokens(Set(zip(grid.places, change).filter { $0.1 > 0 }.map(\.0)))
      }
    default: return nil
    }
  }

  /// Why a measured function has no value without a laboratory.
  static func needsModel(_ name: String) -> FactError {
    FactError("\(name) runs the model, and there is none here")
  }

  /// A measurement from the laboratory, which keeps what it measured.
  private func run(_ name: String, _ measure: (Laboratory) throws -> Value) throws -> Value {
    guard let laboratory else {
      throw Self.needsModel(name)
    }
    return try measure(laboratory)
  }
}
