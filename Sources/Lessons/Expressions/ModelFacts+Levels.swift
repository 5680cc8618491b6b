internal import Synchronization
internal import ViTDetMini

extension ModelFacts {
  /// How the names of the pyramid follow from a detector.
  static let neckSizes: [String: @Sendable (DetectorConfiguration) -> Int] = {
    var sizes: [String: @Sendable (DetectorConfiguration) -> Int] = [
      "canonicalSide": { Int($0.boxHead.canonicalSize) },
      "neckChannels": { $0.outChannels },
      "neckParameters": { $0.parameterCount(of: $0.neckLevels) },
      "neckMultiplyAdds": { MultiplyAdds.of($0).neck },
      "backboneMultiplyAdds": { MultiplyAdds.of($0).backbone },
    ]
    for (index, name) in levelNames.enumerated() {
      sizes["level.\(name).h"] = { $0.neckLevels[index].rows }
      sizes["level.\(name).w"] = { $0.neckLevels[index].columns }
      sizes["level.\(name).stride"] = { $0.neckLevels[index].stride }
      sizes["level.\(name).anchor"] = { Int($0.neckLevels[index].anchors.first ?? 0) }
      sizes["level.\(name).parameters"] = { $0.parameterCount(of: [$0.neckLevels[index]]) }
    }
    return sizes
  }()

  /// The levels of every preset, whose patches all have 16 pixels.
  private static let levelNames = ["p2", "p3", "p4", "p5", "p6"]

  /// The value of a name of the pyramid around a backbone.
  static func neckSize(_ name: String, _ backbone: ViTConfiguration) -> Value? {
    guard let size = neckSizes[name] else { return nil }
    let detector = DetectorConfiguration.around(backbone)
    // A knob can give the picture patches that no pyramid of these levels belongs to.
    guard detector.neckLevels.map(\.name) == levelNames else { return nil }
    return .number(Double(size(detector)))
  }

  /// Functions about levels and boxes.
  func neck(_ name: String, _ given: FactArguments) throws -> Value? {
    let detector = DetectorConfiguration.around(configuration)
    switch name {
    case "featureLevel":
      try given.expect(2)
      let (width, height) = (try given.whole(0, 1...1 << 14), try given.whole(1, 1...1 << 14))
      return .number(
        Double(detector.levelAssignment.level(of: Box(0, 0, Float(width), Float(height)))))
    case "anchorLevel":
      try given.expect(1)
      let side = try given.whole(0, 1...1 << 14)
      guard let level = AnchorFit(detector).bestLevel(side: Float(side)) else { return nil }
      return .number(Double(level.number))
    default: return nil
    }
  }
}

/// The multiply-adds of a detector's backbone and neck; kept, because many expressions of a step ask for them.
private struct MultiplyAdds {
  let backbone: Int
  let neck: Int

  private static let kept = Mutex<[DetectorConfiguration: MultiplyAdds]>([:])
  /// Knobs make more configurations than anybody looks at twice.
  private static let limit = 16

  static func of(_ detector: DetectorConfiguration) -> MultiplyAdds {
    if let known = kept.withLock({ $0[detector] }) { return known }
    let stops = FlowStop.stops(of: detector)
    let made = MultiplyAdds(
      backbone: FlowTotal(stops.filter { $0.level == nil }).multiplyAdds,
      neck: FlowTotal(stops.filter { $0.level != nil }).multiplyAdds)
    kept.withLock { kept in
      if kept.count >= limit { kept.removeAll() }
      kept[detector] = made
    }
    return made
  }
}
