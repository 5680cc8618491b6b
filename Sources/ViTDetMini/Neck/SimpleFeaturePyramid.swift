/// Maps of several strides, each made from the backbone's last map and from nothing else.
///
/// There is no way from coarse maps to fine ones and none from early blocks, as a feature pyramid network has:
/// the last map of a plain backbone is strong enough by itself. `Pyramid.lastMap` has the first of the two, for comparison.
///
/// Source: ViTDet §3, “Simple feature pyramid”, and Figure 2; detectron2 `SimpleFeaturePyramid`, `FPN`.
struct SimpleFeaturePyramid {
  /// The levels that come from the backbone's map, finest first.
  let branches: [PyramidBranch]
  /// The name of the level made of every second cell of the coarsest, for proposals of large objects.
  let topName: String?
  private let topBlock: String
  private let isTopDown: Bool

  init(_ table: ParameterTable, _ configuration: DetectorConfiguration) {
    topBlock = table.name("top_block")
    branches = configuration.levels.map { PyramidBranch(table, $0) }
    topName = configuration.topLevel?.name
    isTopDown = configuration.pyramid == .lastMap
  }

  /// Makes the maps, `[B, h, w, C]`, finest first.
  ///
  /// - Parameters:
  ///   - map: The backbone's map.
  ///   - pass: What accompanies the values.
  /// - Returns: One map for each level, that of the top block included.
  func callAsFunction(_ map: Variable, _ pass: ForwardPass) -> [Variable] {
    var maps = self.maps(map, pass)
    if let topName, let coarsest = maps.last {
      let top = subsample2x2(coarsest)
      pass.cost?.count(topBlock, .elementwise(count: top.value.count))
      maps.append(pass.record(top, as: topName))
    }
    return maps
  }

  private func maps(_ map: Variable, _ pass: ForwardPass) -> [Variable] {
    guard isTopDown else { return branches.map { $0.smoothed($0.reduced(map, pass), pass) } }
    var coarser: Variable?
    let sums = branches.reversed().map { branch in
      var sum = branch.reduced(map, pass)
      if let coarser {
        sum = sum + enlarged(coarser, to: Extent(height: sum.shape[1], width: sum.shape[2]))
        pass.cost?.count(branch.name + ".top_down", .elementwise(count: 2 * sum.value.count))
      }
      coarser = sum
      return sum
    }
    return zip(branches, sums.reversed()).map { $0.smoothed($1, pass) }
  }

  static func specifications(_ configuration: DetectorConfiguration) -> [ParameterSpecification] {
    configuration.levels.flatMap {
      PyramidBranch.specifications(
        $0, embedDim: configuration.backbone.embedDim, outChannels: configuration.outChannels)
    }
  }
}

/// One level: the step to its size, then a 1×1 and a 3×3 convolution, each with a norm and without activation.
struct PyramidBranch {
  let level: PyramidLevel
  let name: String
  let upsampling: [ConvTranspose2D]
  let between: LayerNorm?
  let reduce: ConvNorm
  let smooth: ConvNorm

  init(_ table: ParameterTable, _ level: PyramidLevel) {
    self.level = level
    name = table.name("simfp_\(level.number)")
    let table = table.scoped("simfp_\(level.number)")
    let names = PyramidBranch.names(level.step)
    upsampling = names.upsampling.map { ConvTranspose2D(table, $0) }
    between = names.between.map { LayerNorm(table, $0) }
    reduce = ConvNorm(table, names.reduce)
    smooth = ConvNorm(table, names.smooth)
  }

  /// The parts' places in detectron2's sequence, where activations and pooling count too.
  private static func names(
    _ step: PyramidLevel.Step
  ) -> (upsampling: [String], between: String?, reduce: String, smooth: String) {
    switch step {
    case .quadruple: (["0", "3"], "1", "4", "5")
    case .double: (["0"], nil, "1", "2")
    case .keep: ([], nil, "0", "1")
    case .halve: ([], nil, "1", "2")
    }
  }

  /// The backbone's map at the level's size and with the pyramid's channels, before it is smoothed.
  func reduced(_ map: Variable, _ pass: ForwardPass) -> Variable {
    var x = map
    for (index, layer) in upsampling.enumerated() {
      if index > 0, let between {
        x = between(x, pass)
        pass.cost?.count(between.name + ".act", .elementwise(count: x.value.count))
        x = gelu(x)
      }
      x = layer(x, pass)
    }
    if level.step == .halve {
      x = maxPool2x2(x)
      pass.cost?.count(name + ".0", .elementwise(count: x.value.count))
    }
    return reduce(x, pass)
  }

  /// The level's map.
  func smoothed(_ x: Variable, _ pass: ForwardPass) -> Variable {
    pass.record(smooth(x, pass), as: level.name)
  }

  static func specifications(
    _ level: PyramidLevel, embedDim: Int, outChannels: Int
  ) -> [ParameterSpecification] {
    let names = names(level.step)
    let prefix = "simfp_\(level.number)."
    var result: [ParameterSpecification] = []
    var channels = embedDim
    for name in names.upsampling {
      result += ConvTranspose2D.specifications(
        prefix + name, inputs: channels, outputs: channels / 2)
      channels /= 2
      if let between = names.between, name == names.upsampling.first {
        result += LayerNorm.specifications(prefix + between, channels: channels)
      }
    }
    return result
      + ConvNorm.specifications(
        prefix + names.reduce, inputs: channels, outputs: outChannels, kernel: 1)
      + ConvNorm.specifications(
        prefix + names.smooth, inputs: outChannels, outputs: outChannels, kernel: 3)
  }
}
