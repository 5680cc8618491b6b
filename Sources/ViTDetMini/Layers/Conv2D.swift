/// A convolution with stride 1 that keeps the size of the map.
struct Conv2D {
  let name: String
  let weight: Variable
  let bias: Variable?

  init(_ table: ParameterTable, _ name: String) {
    self.name = table.name(name)
    weight = table[name + ".weight"]
    bias = table.optional(name + ".bias")
  }

  func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable {
    let (outputs, patch) = (weight.shape[0], weight.shape[1...].reduce(1, *))
    pass.cost?.count(
      name,
      .linear(rows: x.value.count / weight.shape[3], inputs: patch, outputs: outputs))
    return convolution(x, weight: weight, bias: bias, padding: weight.shape[1] / 2)
  }

  static func specifications(
    _ name: String, inputs: Int, outputs: Int, kernel: Int, bias: Bool = false,
    _ initialization: Initialization? = nil
  ) -> [ParameterSpecification] {
    let fanIn = inputs * kernel * kernel
    let initial = initialization ?? .convolutionDefault(fanIn: fanIn)
    return [
      ParameterSpecification(
        name + ".weight", [outputs, kernel, kernel, inputs], initial, layout: .convolution)
    ]
      + (bias
        ? [
          ParameterSpecification(
            name + ".bias", [outputs],
            initialization == nil ? .convolutionDefault(fanIn: fanIn) : .zeros)
        ] : [])
  }
}
