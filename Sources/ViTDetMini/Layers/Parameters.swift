/// The numbers of a network by name, in a fixed order.
///
/// Names are detectron2's, character for character: `blocks.3.attn.qkv.weight` in a backbone,
/// `backbone.net.blocks.3.attn.qkv.weight` in a detector.
public struct Parameters: Sendable, Equatable {
  /// The names in order.
  public private(set) var names: [String] = []
  private var tensors: [String: Tensor] = [:]

  /// Creates an empty collection.
  public init() {}

  /// Creates parameters as specified, from a seed.
  ///
  /// Each parameter has random numbers of its own, so that leaving out one changes no other.
  public init(_ specifications: [ParameterSpecification], seed: UInt64) {
    for specification in specifications {
      var random = RandomNumbers(seed: seed, for: specification.name)
      self[specification.name] = specification.initialization.tensor(
        shape: specification.shape, random: &random)
    }
  }

  /// The tensor of a name; setting a new name appends it, setting nil removes it.
  public subscript(name: String) -> Tensor? {
    get { tensors[name] }
    set {
      if newValue == nil {
        names.removeAll { $0 == name }
      } else if tensors[name] == nil {
        names.append(name)
      }
      tensors[name] = newValue
    }
  }

  /// Changes a tensor where it is, without a copy if nobody else has it.
  ///
  /// - Precondition: There is a tensor of that name.
  mutating func change(_ name: String, _ body: (inout Tensor) -> Void) {
    guard var tensor = tensors.removeValue(forKey: name) else {
      preconditionFailure("there is no parameter \(name)")
    }
    body(&tensor)
    tensors[name] = tensor
  }

  /// How many numbers there are in all.
  public var count: Int { tensors.values.reduce(0) { $0 + $1.count } }

  /// The parameters whose names begin with a prefix, under what follows it.
  public func scoped(_ prefix: String) -> Parameters {
    var result = Parameters()
    for name in names where name.hasPrefix(prefix) {
      result[String(name.dropFirst(prefix.count))] = tensors[name]
    }
    return result
  }
}
