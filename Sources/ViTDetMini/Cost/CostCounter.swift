/// What some part of the network did.
public struct Cost: Codable, Sendable, Hashable {
  /// Pairs of a query and a key that met, counted once for all heads.
  public var pairs = 0
  /// Multiplications with an addition in matrix products; norms, GELU and softmax are not counted.
  public var multiplyAdds = 0
  /// The bytes of the results written, those of the attention logits included.
  public var bytes = 0

  /// Creates a cost.
  public init(pairs: Int = 0, multiplyAdds: Int = 0, bytes: Int = 0) {
    self.pairs = pairs
    self.multiplyAdds = multiplyAdds
    self.bytes = bytes
  }

  /// The sum of two costs.
  public static func + (left: Cost, right: Cost) -> Cost {
    Cost(
      pairs: left.pairs + right.pairs, multiplyAdds: left.multiplyAdds + right.multiplyAdds,
      bytes: left.bytes + right.bytes)
  }

  /// A matrix product of `rows` rows; a convolution is one with its kernel's cells as inputs.
  static func linear(rows: Int, inputs: Int, outputs: Int) -> Cost {
    Cost(multiplyAdds: rows * inputs * outputs, bytes: 4 * rows * outputs)
  }

  /// An operation that makes one number of each.
  static func elementwise(count: Int) -> Cost {
    Cost(bytes: 4 * count)
  }

  /// Attention in `groups` windows or images of `extent` tokens.
  static func attention(
    groups: Int, heads: Int, extent: Extent, channels: Int, relative: Bool
  ) -> Cost {
    let tokens = extent.area
    let pairs = groups * tokens * tokens
    // Queries with every row of both tables.
    let rows = relative ? 2 * extent.height - 1 + 2 * extent.width - 1 : 0
    return Cost(
      pairs: pairs, multiplyAdds: 2 * pairs * channels + groups * tokens * rows * channels,
      bytes: 4 * (heads * pairs + groups * tokens * (rows * heads + channels)))
  }
}

/// Counts what a forward pass really executed, by module.
public final class CostCounter {
  /// The modules in the order in which they ran.
  public private(set) var modules: [String] = []
  private var costs: [String: Cost] = [:]

  /// Creates a counter at 0.
  public init() {}

  /// Everything together.
  public var total: Cost { costs.values.reduce(Cost(), +) }

  /// The cost of a module with everything inside it, such as `blocks.2` or `blocks.2.attn`.
  public subscript(module: String) -> Cost {
    costs.reduce(Cost()) { sum, entry in
      entry.key == module || entry.key.hasPrefix(module + ".") ? sum + entry.value : sum
    }
  }

  func count(_ module: String, _ cost: Cost) {
    if costs[module] == nil { modules.append(module) }
    costs[module, default: Cost()] = costs[module, default: Cost()] + cost
  }
}
