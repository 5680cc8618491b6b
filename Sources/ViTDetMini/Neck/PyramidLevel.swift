/// The maps that the heads see: what the paper's Table 1 compares.
public enum Pyramid: String, Sendable, Hashable, CaseIterable {
  /// Four maps of strides 4 to 32 made from the last one, and a fifth for proposals.
  case simple
  /// The same maps with a feature pyramid network's way from coarse to fine: each is added to the next finer one before
  /// that is smoothed.
  case lastMap
  /// The backbone's last map alone: every size of object is found on stride 16.
  case none
}

/// One level of the pyramid: how it is made from the backbone's map.
public struct PyramidLevel: Sendable, Hashable {
  /// How the backbone's map is brought to the level's size.
  public enum Step: Sendable, Hashable {
    /// Two transposed convolutions with a norm and GELU between.
    case quadruple
    /// One transposed convolution.
    case double
    /// Nothing.
    case keep
    /// The largest of each 2×2 block.
    case halve
  }

  /// How it is made.
  public let step: Step
  /// The logarithm of its stride: 2 for stride 4.
  public let number: Int

  /// The name of its map, such as `p2`.
  public var name: String { "p\(number)" }
  /// Pixels between two cells.
  public var stride: Int { 1 << number }

  /// The level of a scale factor, 4, 2, 1 or ½, of a map with the given stride; nil for other factors and strides.
  public init?(scaleFactor: Double, mapStride: Int) {
    let steps: [Double: Step] = [4: .quadruple, 2: .double, 1: .keep, 0.5: .halve]
    guard let step = steps[scaleFactor] else { return nil }
    let stride = Double(mapStride) / scaleFactor
    guard stride >= 1, stride.rounded() == stride, stride.significandWidth == 0 else { return nil }
    self.step = step
    number = Int(stride.exponent)
  }

  /// The channels that come out of the step.
  func channels(of embedDim: Int) -> Int {
    switch step {
    case .quadruple: embedDim / 4
    case .double: embedDim / 2
    case .keep, .halve: embedDim
    }
  }

  /// The size of the level's map.
  func extent(of map: Extent) -> Extent {
    switch step {
    case .quadruple: Extent(height: 4 * map.height, width: 4 * map.width)
    case .double: Extent(height: 2 * map.height, width: 2 * map.width)
    case .keep: map
    case .halve: Extent(height: map.height / 2, width: map.width / 2)
    }
  }
}
