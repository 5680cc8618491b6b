internal import ViTDetMini

/// The settings by which figures and expressions name the ways between windows.
enum WayAcross: String, CaseIterable {
  case none, even, first, last, naive, basic, bottleneck

  /// The ways that let existing blocks attend globally, and the one that lets none.
  static let byBlocks: [WayAcross] = [.none, .even, .first, .last]
  /// The ways that insert convolution blocks, and the one that inserts none.
  static let byConvolutions: [WayAcross] = [.none, .naive, .basic, .bottleneck]
  /// The settings of a knob over some of them.
  static func settings(_ ways: [WayAcross] = allCases) -> [String] { ways.map(\.rawValue) }

  /// The same for the engine.
  var propagation: Propagation {
    switch self {
    case .none: .none
    case .even: .global(.even)
    case .first: .global(.first)
    case .last: .global(.last)
    case .naive: .conv(.naive)
    case .basic: .conv(.basic)
    case .bottleneck: .conv(.bottleneck)
    }
  }

  /// The convolution block that it inserts.
  var inserted: ResidualBlockKind? {
    if case .conv(let kind) = propagation { kind } else { nil }
  }

  /// The way in a few words.
  var name: Localized {
    switch self {
    case .none: Localized("windows only", "只有窗口")
    case .even: Localized("4 global, evenly", "4 个全局，均匀")
    case .first: Localized("4 global, first", "4 个全局，最前")
    case .last: Localized("4 global, last", "4 个全局，最后")
    case .naive: Localized("4 convolutions, naive", "4 个卷积，朴素型")
    case .basic: Localized("4 convolutions, basic", "4 个卷积，基本型")
    case .bottleneck: Localized("4 convolutions, bottleneck", "4 个卷积，瓶颈型")
    }
  }
}

extension ExperimentInput {
  /// The way between windows that a knob names.
  func way(_ knob: String = "propagation") -> WayAcross {
    guard let way = WayAcross(rawValue: self[knob]) else {
      preconditionFailure("knob \(knob) is set to «\(self[knob])», which is no way across")
    }
    return way
  }

  /// What happens to tokens in a block, in one or two words.
  func kind(ofBlock index: Int, in model: ViTConfiguration) -> String {
    if model.isGlobal(index) { return say("global", "全局") }
    return model.residualBlockIndexes.contains(index)
      ? say("windowed + conv", "窗口＋卷积") : say("windowed", "窗口")
  }
}

extension Laboratory {
  /// The tiny model with a way between its windows, and weights for it.
  ///
  /// Every block keeps the weights it has. Inserted blocks are fresh from a fixed seed; only the scale of their last
  /// norm is set, which begins with 0 and with anything else lets something pass.
  func model(_ way: WayAcross, scale: Float) -> (
    configuration: ViTConfiguration, parameters: Parameters
  ) {
    let model = configuration.with(way.propagation)
    var parameters = fitted(to: model)
    let inserted = model.parameterSpecifications().filter { $0.name.contains(".residual.") }
    let fresh = Parameters(inserted, seed: Self.seed)
    for name in fresh.names { parameters[name] = fresh[name] }
    if let kind = way.inserted {
      for block in model.residualBlockIndexes {
        let name = "blocks.\(block).residual.norm\(kind.convolutionCount).weight"
        parameters[name] = parameters[name]?.map { _ in scale }
      }
    }
    return (model, parameters)
  }
}
