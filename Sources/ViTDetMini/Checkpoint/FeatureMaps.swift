/// What a backbone computed, as published reference files keep it: channels first, under their keys.
///
/// `patch_embed`, `block.0` …, `attention.0` …, `last_hidden_state`.
public struct FeatureMaps: Sendable {
  /// The keys in the order in which the values were computed.
  public private(set) var names: [String] = []
  private var maps: [String: Tensor] = [:]

  /// Collects what a recorder kept of a backbone.
  ///
  /// - Parameters:
  ///   - recorder: It recorded the backbone's pass.
  ///   - last: The backbone's result, `[B, h, w, C]`.
  ///   - depth: The number of blocks.
  public init(_ recorder: Recorder, last: Tensor, depth: Int) {
    add("patch_embed", recorder["patch_embed"]?.channelsFirst)
    for block in 0..<depth {
      add("attention.\(block)", recorder["blocks.\(block).attn"])
      add("block.\(block)", recorder["blocks.\(block)"]?.channelsFirst)
    }
    add("last_hidden_state", last.channelsFirst)
  }

  /// The value of a key.
  public subscript(name: String) -> Tensor? { maps[name] }

  /// Adds a value, unless it was not recorded.
  public mutating func add(_ name: String, _ value: Tensor?) {
    guard let value else { return }
    if maps.updateValue(value, forKey: name) == nil { names.append(name) }
  }
}

extension ModelDirectory {
  /// The gradients of a backbone's parameters, named and arranged as the directory's file does.
  ///
  /// - Parameter model: A trainable backbone made from this directory.
  /// - Returns: Tensors by the file's names; a parameter that no gradient reached has zeros.
  public func gradients(of model: ViT) -> Parameters {
    var result = Parameters()
    for specification in configuration.parameterSpecifications() {
      let gradient =
        model.variable(named: specification.name)?.gradient
        ?? Tensor(zeros: specification.shape)
      result[names.fileName(of: specification.name)] = specification.layout.toCheckpoint(gradient)
    }
    return result
  }
}
