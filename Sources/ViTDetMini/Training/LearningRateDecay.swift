internal import Glibc

/// What an optimiser does with one parameter.
public struct ParameterRate: Sendable, Hashable {
  /// The factor of the learning rate.
  public let multiplier: Double
  /// How strongly the parameter is drawn to 0.
  public let weightDecay: Double
}

/// Layer-wise learning rates and the parameters that do not decay, by the parameters' names.
///
/// What was pre-trained and stands near the pixels changes least: with `r` the decay and `L` the number of blocks, block
/// `i` learns at `r^(L − i)` of the rate, the patch and position embedding at `r^(L + 1)`, and all that is new at the full rate.
///
/// Source: ViTDet, appendix A.2; detectron2 `projects/ViTDet/configs/common/optim.py`, `get_vit_lr_decay_rate`.
public struct LearningRateDecay: Sendable, Hashable {
  /// The factor from one layer to the one before; 1 for none.
  public var rate: Double
  /// The number of blocks.
  public var layers: Int
  /// The decay of weights.
  public var weightDecay: Double
  /// The decay of scale and shift of the blocks' norms.
  public var normWeightDecay: Double
  /// The decay of parameters by the last part of their name.
  public var overrides: [String: Double]

  /// Creates the paper's rule.
  ///
  /// - Parameters:
  ///   - rate: The factor from one layer to the one before.
  ///   - layers: The number of blocks.
  ///   - weightDecay: The decay of weights.
  ///   - normWeightDecay: The decay of scale and shift of the blocks' norms.
  ///   - overrides: The decay of parameters by the last part of their name.
  public init(
    rate: Double, layers: Int, weightDecay: Double, normWeightDecay: Double = 0,
    overrides: [String: Double] = ["pos_embed": 0]
  ) {
    self.rate = rate
    self.layers = layers
    self.weightDecay = weightDecay
    self.normWeightDecay = normWeightDecay
    self.overrides = overrides
  }

  /// What the optimiser does with a parameter of a detector.
  public subscript(name: String) -> ParameterRate {
    ParameterRate(
      multiplier: pow(rate, Double(layers + 1 - layer(of: name))), weightDecay: decay(of: name))
  }

  /// 0 for the embeddings, `i + 1` for block `i`, and one more than the last for everything new.
  func layer(of name: String) -> Int {
    guard name.hasPrefix("backbone") else { return layers + 1 }
    if name.contains(".pos_embed") || name.contains(".patch_embed") { return 0 }
    guard !name.contains(".residual."), let block = blockIndex(name) else { return layers + 1 }
    return block + 1
  }

  private func decay(of name: String) -> Double {
    let parts = name.split(separator: ".")
    if let last = parts.last, let own = overrides[String(last)] { return own }
    // Norms over channels of maps, as residual blocks, pyramid and heads have, decay like weights.
    let isBlockNorm =
      blockIndex(name) != nil && !name.contains(".residual.")
      && parts.dropLast().last?.hasPrefix("norm") == true
    return isBlockNorm ? normWeightDecay : weightDecay
  }

  private func blockIndex(_ name: String) -> Int? {
    let parts = name.split(separator: ".")
    guard let place = parts.firstIndex(of: "blocks"), place + 1 < parts.count else { return nil }
    return Int(parts[place + 1])
  }
}
