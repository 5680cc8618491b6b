/// What a model computed, as published reference files keep it: maps channels first, whole numbers as such.
///
/// A backbone has `patch_embed`, `block.0` …, `attention.0` … and `last_hidden_state`; a detector `padded_input`,
/// `backbone.last_feat`, `p2` … `p6`, `objectness.p2` … and so on to `masks_pasted`.
public struct FeatureMaps: Sendable {
  /// The keys in the order in which the values were computed.
  public private(set) var names: [String] = []
  private var values: [String: SafeTensorsValue] = [:]

  /// Starts without values.
  public init() {}

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

  /// The value of a key, if it has single-precision numbers.
  public subscript(name: String) -> Tensor? {
    if case .float(let tensor) = values[name] { tensor } else { nil }
  }

  /// All values, for writing.
  public var all: [(name: String, value: SafeTensorsValue)] {
    names.compactMap { name in values[name].map { (name, $0) } }
  }

  /// Adds single-precision numbers, unless there are none.
  public mutating func add(_ name: String, _ value: Tensor?) {
    if let value { add(name, value: .float(value)) }
  }

  /// Adds a value.
  public mutating func add(_ name: String, value: SafeTensorsValue) {
    if values.updateValue(value, forKey: name) == nil { names.append(name) }
  }
}

extension ModelDirectory {
  /// The gradients of the model's parameters, named and arranged as the directory's file does.
  ///
  /// - Parameter variable: The trainable model's variable of a name.
  /// - Returns: Tensors by the file's names; a parameter that no gradient reached has zeros.
  public func gradients(of variable: (String) -> Variable?) -> Parameters {
    var result = Parameters()
    for specification in specifications {
      let gradient =
        variable(specification.name)?.gradient ?? Tensor(zeros: specification.shape)
      result[fileName(of: specification.name)] = specification.layout.toCheckpoint(gradient)
    }
    return result
  }
}
