/// Leaves out a whole branch of a block for some images while training, and scales the others up.
///
/// A dropped image keeps only the shortcut, so that deep networks train as if they were
/// shallower ones. It acts on images, not on windows: windows are joined before.
///
/// Source: Huang et al., Deep Networks with Stochastic Depth; timm `DropPath`.
public struct DropPath: Sendable {
  /// The probability of leaving an image's branch out.
  public let rate: Float

  /// Creates the rule of one block.
  public init(rate: Float) { self.rate = rate }

  /// What an image's branch is multiplied with: 0 if it is left out, else 1 / (1 − rate), so that its mean stays.
  public func factor(using random: inout RandomNumbers) -> Float {
    random.uniform() >= rate ? 1 / (1 - rate) : 0
  }

  /// Whether a branch may be left out or scaled.
  func acts(in pass: ForwardPass) -> Bool { rate > 0 && pass.randomNumbers != nil }

  func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable {
    guard rate > 0, var random = pass.randomNumbers else { return x }
    let factors = (0..<x.shape[0]).map { _ in factor(using: &random) }
    pass.randomNumbers = random
    return x.scaledByImage(factors)
  }
}

extension Variable {
  /// The variable with each entry of the first axis times a factor of its own.
  ///
  /// - Precondition: There is a factor for each.
  func scaledByImage(_ factors: [Float]) -> Variable {
    precondition(factors.count == shape[0], "scaledByImage: \(factors.count) for \(shape)")
    func scaled(_ tensor: Tensor) -> Tensor {
      Tensor.joined(
        factors.enumerated().map { image, factor in tensor.rows(image..<(image + 1)) * factor })
    }
    return Variable(scaled(value), from: [self]) { [scaled($0)] }
  }
}
