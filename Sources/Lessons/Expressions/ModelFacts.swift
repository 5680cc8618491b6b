public import ViTDetMini

/// What lessons can say about a model: names and functions that expressions look up.
///
/// The sizes follow from the configuration by arithmetic; the measured functions run the model in a
/// `Laboratory` the first time, so evaluate them away from the screen's thread. A step's knobs override the sizes that carry their name, and whatever follows from them:
/// with `window = 4` the names `windows`, `padded.h` and `pairs.window` change too.
public struct ModelFacts: Environment {
  /// The model, with the knobs' settings applied.
  public let configuration: ViTConfiguration
  /// The settings of the step's knobs, by name.
  public let knobs: [String: Value]
  /// Where measured functions run; without it they throw.
  public let laboratory: Laboratory?

  /// Creates the facts of a model under the knobs of a step.
  ///
  /// A knob named `window`, `patch` or `image` replaces that size when it is a whole number that the model
  /// can have; every other knob is a name of its own.
  public init(
    configuration: ViTConfiguration, knobs: [String: Value] = [:], laboratory: Laboratory? = nil
  ) {
    self.configuration = Self.apply(knobs, to: configuration)
    self.knobs = knobs
    self.laboratory = laboratory
  }

  /// Every plain name; `base.` and the other presets' prefixes take the same ones.
  public static var names: [String] {
    (Array(sizes.keys) + neckSizes.keys + boxSizes.keys).sorted()
  }

  /// Every name and function, with and without a preset's prefix.
  public var vocabulary: [String] {
    let prefixed = Self.presets.keys.sorted().flatMap { preset in
      Self.names.map { "\(preset).\($0)" }
    }
    return Self.names + knobs.keys.sorted() + prefixed + Self.functions
  }

  /// The value of a name, or nil if no knob and no size has it.
  public func value(of name: String) -> Value? {
    if let size = Self.size(name, of: configuration) { return size }
    if let knob = knobs[name] { return knob }
    guard let dot = name.firstIndex(of: "."), let preset = Self.presets[String(name[..<dot])]
    else { return nil }
    return Self.size(String(name[name.index(after: dot)...]), of: preset)
  }

  private static func size(_ name: String, of configuration: ViTConfiguration) -> Value? {
    sizes[name].map { .number(Double($0(configuration))) }
      ?? neckSize(name, configuration) ?? boxSize(name, configuration)
  }

  /// The configurations whose sizes a prefix selects.
  static let presets: [String: ViTConfiguration] = [
    "tiny": .tiny, "base": .base, "large": .large, "huge": .huge,
  ]

  /// How each name follows from a configuration.
  static let sizes: [String: @Sendable (ViTConfiguration) -> Int] = [
    "image": { $0.imgSize.width },
    "patch": { $0.patchSize },
    "patchValues": { $0.patchSize * $0.patchSize * $0.inChans },
    "grid.h": { $0.grid.height },
    "grid.w": { $0.grid.width },
    "tokens": { $0.windowGeometry.tokens },
    "window": { $0.windowSize },
    "padded.h": { $0.windowGeometry.paddedRows },
    "padded.w": { $0.windowGeometry.paddedColumns },
    "windows": { $0.windowGeometry.windows },
    "windowTokens": { $0.windowGeometry.slotsPerWindow },
    "padTokens": { $0.windowGeometry.padding },
    "dim": { $0.embedDim },
    "heads": { $0.numHeads },
    "headDim": { $0.headDim },
    "depth": { $0.depth },
    "mlp": { $0.mlpHidden },
    "globals": { $0.globalBlockIndexes.count },
    "firstGlobal": { $0.globalBlockIndexes.first ?? $0.depth },
    "posRows": { $0.positionRows },
    "posGrid": { $0.pretrainGrid },
    "parameters": { $0.parameterCount },
    "blockParameters": { $0.parameterCount(ofBlock: 0) },
    "pairs.global": { $0.windowGeometry.tokens * $0.windowGeometry.tokens },
    "pairs.window": { $0.windowGeometry.pairs },
  ]

  /// The configuration with the knobs that name one of its sizes.
  static func apply(_ knobs: [String: Value], to configuration: ViTConfiguration)
    -> ViTConfiguration
  {
    var changed = configuration
    if let image = size(of: knobs["image"], within: 1...1 << 14) {
      changed.imgSize = Extent(side: image)
    }
    if let patch = size(of: knobs["patch"], within: 1...changed.imgSize.width) {
      changed.patchSize = patch
    }
    if let window = size(of: knobs["window"], within: 1...1 << 14) { changed.windowSize = window }
    return changed
  }

  /// A knob's setting as a whole number in a range.
  private static func size(of knob: Value?, within range: ClosedRange<Int>) -> Int? {
    guard case .number(let number) = knob, let size = Int(exactly: number), range.contains(size)
    else { return nil }
    return size
  }
}

extension ViTConfiguration {
  /// How windowed blocks cut the grid; with no windows, the whole grid is one.
  var windowGeometry: WindowGeometry { geometry(window: windowSize) }

  /// How a block cuts the grid; a global block is one window over all of it.
  func geometry(ofBlock index: Int) -> WindowGeometry {
    geometry(window: isGlobal(index) ? 0 : windowSize)
  }

  /// The grid cut into windows of a side; 0 leaves it whole.
  private func geometry(window: Int) -> WindowGeometry {
    WindowGeometry(
      rows: grid.height, columns: grid.width,
      window: window > 0 ? window : max(grid.height, grid.width))
  }

  /// How many numbers one block learns; blocks differ only in their relative positions and residual parts.
  func parameterCount(ofBlock index: Int) -> Int {
    parameterSpecifications().filter { $0.name.hasPrefix("blocks.\(index).") }
      .reduce(0) { $0 + $1.count }
  }
}
