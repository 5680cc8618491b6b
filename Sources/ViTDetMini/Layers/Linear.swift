/// A linear layer: `y = x·Wᵀ + b`.
struct Linear {
  let name: String
  let weight: Variable
  let bias: Variable?

  init(_ table: ParameterTable, _ name: String) {
    self.name = table.name(name)
    weight = table[name + ".weight"]
    bias = table.optional(name + ".bias")
  }

  /// Applies the layer, and adds a shortcut or takes the GELU if that is wanted.
  func callAsFunction(
    _ x: Variable, shortcut: Variable? = nil, gelu: Bool = false, _ pass: ForwardPass
  ) -> Variable {
    pass.cost?.count(
      name,
      .linear(
        rows: x.value.count / weight.shape[1], inputs: weight.shape[1], outputs: weight.shape[0]))
    return linearMap(x, weight: weight, bias: bias, shortcut: shortcut, gelu: gelu)
  }

  static func specifications(
    _ name: String, inputs: Int, outputs: Int, bias: Bool = true,
    _ initialization: Initialization = .truncatedNormal(standardDeviation: 0.02)
  ) -> [ParameterSpecification] {
    [ParameterSpecification(name + ".weight", [outputs, inputs], initialization)]
      + (bias ? [ParameterSpecification(name + ".bias", [outputs], .zeros)] : [])
  }
}
