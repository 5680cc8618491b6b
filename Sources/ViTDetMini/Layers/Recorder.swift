/// Keeps intermediate values of a forward pass under their names.
///
/// In a backbone: `patch_embed.proj` (tokens before the position embedding), `pos_embed` (as resized), `patch_embed` (their sum), and for
/// each block `blocks.2.norm1`, `blocks.2.windows`, `blocks.2.qkv`, `blocks.2.attn` (the probabilities),
/// `blocks.2.attn.proj`, `blocks.2.mlp` and `blocks.2` (its output).
public final class Recorder {
  /// The names of what was recorded, in the order in which it was computed.
  public private(set) var names: [String] = []
  /// What was recorded.
  public private(set) var tensors: [String: Tensor] = [:]
  private let wanted: (String) -> Bool

  /// Creates a recorder for some of the values, or for all.
  ///
  /// Attention probabilities of a large image are large; a condition keeps them from being made.
  public init(where wanted: @escaping (String) -> Bool = { _ in true }) {
    self.wanted = wanted
  }

  /// What was recorded under a name.
  public subscript(name: String) -> Tensor? { tensors[name] }

  /// Whether a value will be kept.
  func wants(_ name: String) -> Bool { wanted(name) }

  func record(_ value: @autoclosure () -> Tensor, as name: String) {
    guard wanted(name) else { return }
    if tensors.updateValue(value(), forKey: name) == nil { names.append(name) }
  }
}
