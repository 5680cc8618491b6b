/// Layer normalisation over the channels.
struct LayerNorm {
  let name: String
  let weight: Variable
  let bias: Variable
  let eps: Float

  /// The eps of every norm outside the blocks' own, whatever the configuration says.
  static let channelEps: Float = 1e-6

  init(_ table: ParameterTable, _ name: String, eps: Float = LayerNorm.channelEps) {
    self.name = table.name(name)
    weight = table[name + ".weight"]
    bias = table[name + ".bias"]
    self.eps = eps
  }

  /// Normalises, and applies ReLU after it if that is wanted.
  func callAsFunction(_ x: Variable, relu: Bool = false, _ pass: ForwardPass) -> Variable {
    pass.cost?.count(name, .elementwise(count: x.value.count))
    return layerNorm(x, weight: weight, bias: bias, eps: eps, relu: relu)
  }

  /// A norm that begins with weight 0, if `zero`, lets nothing pass at first.
  static func specifications(
    _ name: String, channels: Int, zero: Bool = false
  ) -> [ParameterSpecification] {
    [
      ParameterSpecification(name + ".weight", [channels], zero ? .zeros : .ones),
      ParameterSpecification(name + ".bias", [channels], .zeros),
    ]
  }
}
