internal import ViTDetMini

/// What lessons can say about the ways between windows.
extension ModelFacts {
  /// Functions about global blocks and inserted convolutions.
  func propagation(_ name: String, _ given: FactArguments) throws -> Value? {
    switch name {
    case "gradientCells":
      try given.expect(4)
      let grid = WindowGeometry(
        rows: configuration.grid.height, columns: configuration.grid.width, window: 1)
      let token = try given.token(0, in: grid)
      let way = WayAcross(rawValue: try given.word(1, of: WayAcross.settings())) ?? .none
      let first = try given.whole(2, 0...configuration.depth - 1)
      let last = try given.whole(3, first...configuration.depth - 1)
      return try run(name) { laboratory in
        let lengths = try laboratory.gradients(at: token, way, from: first, scale: 1)[last - first]
        return .tokens(Set(zip(grid.places, lengths).filter { $0.1 > 0 }.map(\.0)))
      }
    case "addedParameters":
      try given.expect(2)
      let preset = try given.word(0, of: Self.presets.keys.sorted())
      let kind = try given.word(1, of: ResidualBlockKind.allCases.map(\.rawValue))
      guard let model = Self.presets[preset], let kind = ResidualBlockKind(rawValue: kind) else {
        return nil
      }
      return .number(Double(model.parametersAdded(by: kind)))
    case "changedNumbers":
      try given.expect(2)
      let word = try given.word(0, of: ResidualBlockKind.allCases.map(\.rawValue))
      let scale = Float(try given.number(1, 0...1))
      return try run(name) { laboratory in
        let kind = ResidualBlockKind(rawValue: word) ?? .bottleneck
        return .number(Double(try laboratory.insertion(kind, scale: scale).changed))
      }
    default: return nil
    }
  }
}
