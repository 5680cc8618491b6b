/// How information travels between the windows of a backbone: what the paper's Table 2 compares.
///
/// Source: ViTDet §3, “Backbone adaptation”, and Table 2.
public enum Propagation: Sendable, Hashable {
  /// Not at all: every block attends within windows.
  case none
  /// Four existing blocks attend over the whole grid. Nothing is inserted.
  case global(GlobalPlacement)
  /// Every block attends within windows, and a convolution block is inserted after each quarter of them.
  case conv(ResidualBlockKind)
}

/// Which four blocks are global.
public enum GlobalPlacement: String, Sendable, Hashable, CaseIterable {
  /// The last block of each quarter, as in the published models.
  case even
  /// The first four.
  case first
  /// The last four.
  case last

  /// The blocks' indexes; all blocks of a network that has no more than four.
  func blocks(depth: Int) -> [Int] {
    let count = min(4, depth)
    return switch self {
    case .even: (1...max(1, count)).map { $0 * depth / max(1, count) - 1 }
    case .first: Array(0..<count)
    case .last: Array((depth - count)..<depth)
    }
  }
}

extension ViTConfiguration {
  /// The same network with another way between its windows.
  ///
  /// - Parameter propagation: The way.
  /// - Returns: A configuration that differs in `windowBlockIndexes`, `residualBlockIndexes` and `residualBlock` only.
  /// - Precondition: There are blocks, and windows to travel between.
  public func with(_ propagation: Propagation) -> ViTConfiguration {
    precondition(
      depth > 0 && windowSize > 0, "with: \(depth) blocks and windows of \(windowSize)")
    var result = self
    result.residualBlockIndexes = []
    result.windowBlockIndexes = Array(0..<depth)
    switch propagation {
    case .none: break
    case .global(let placement):
      let blocks = placement.blocks(depth: depth)
      result.windowBlockIndexes.removeAll(where: blocks.contains)
    case .conv(let kind):
      result.residualBlock = kind
      result.residualBlockIndexes = GlobalPlacement.even.blocks(depth: depth)
    }
    return result
  }
}
