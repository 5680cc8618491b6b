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
    case "levelCells":
      try given.expect(2)
      let levels = DetectorConfiguration.tiny.neckLevels
      let name = try given.word(0, of: levels.map(\.name))
      let cell = try given.token(1, in: levels.first { $0.name == name })
      return try run("levelCells") { laboratory in
        let level = try laboratory.level(name)
        let change = try laboratory.changes(of: level, under: cell)
        return .tokens(
          Set(
            change.indices.filter { change[$0] > 0 }
              .map { Token(row: $0 / level.columns, column: $0 % level.columns) }))
      }
    case "coverage":
      try given.expect(3)
      let size = try given.word(0, of: SizeClass.allCases.map(\.rawValue))
      let percent = try given.whole(1, 0...100)
      let pyramid = try given.word(2, of: ["simple", "last"])
      return try run(name) { laboratory in
        let share = laboratory.anchorCoverage().share(
          SizeClass(rawValue: size) ?? .small, above: Float(percent) / 100)
        return .number(pyramid == "simple" ? share.simple : share.lastMap)
      }
    default: return nil
    }
  }

  /// Why a measured function has no value without a laboratory.
  static func needsModel(_ name: String) -> FactError {
    FactError("\(name) runs the model, and there is none here")
  }

  /// A measurement from the laboratory, which keeps what it measured.
  func run(_ name: String, _ measure: (Laboratory) throws -> Value) throws -> Value {
    guard let laboratory else {
      throw Self.needsModel(name)
    }
    return try measure(laboratory)
  }
}
