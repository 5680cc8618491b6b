/// Which patches of a picture an autoencoder sees, and which it has to guess.
struct PatchMask: Equatable {
  /// The patches that are seen, in rising order.
  let visible: [Int]
  /// The others, in rising order.
  let hidden: [Int]

  /// Hides patches at random.
  ///
  /// Source: He et al., Masked Autoencoders, `random_masking`: `count · (1 − ratio)` patches stay, rounded down.
  ///
  /// - Parameters:
  ///   - ratio: The part that is hidden; one patch at least is seen and one hidden.
  ///   - count: The number of patches, at least two.
  ///   - random: Chooses them.
  init(hiding ratio: Double, of count: Int, using random: inout RandomNumbers) {
    precondition(count > 1, "a mask over \(count) patches")
    let kept = min(max(1, Int(Double(count) * (1 - ratio))), count - 1)
    let order = (0..<count).shuffled(using: &random)
    visible = order.prefix(kept).sorted()
    hidden = order.dropFirst(kept).sorted()
  }
}
