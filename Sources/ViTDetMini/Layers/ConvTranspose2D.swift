/// A transposed convolution with a 2×2 kernel and stride 2, which doubles a map's sides.
struct ConvTranspose2D {
  let name: String
  let weight: Variable
  let bias: Variable

  init(_ table: ParameterTable, _ name: String) {
    self.name = table.name(name)
    weight = table[name + ".weight"]
    bias = table[name + ".bias"]
  }

  func callAsFunction(_ x: Variable, _ pass: ForwardPass) -> Variable {
    let (inputs, outputs) = (weight.shape[0], weight.shape[3])
    pass.cost?.count(
      name, .linear(rows: x.value.count / inputs, inputs: inputs, outputs: 4 * outputs))
    return convTranspose2x2(x, weight: weight, bias: bias)
  }

  static func specifications(
    _ name: String, inputs: Int, outputs: Int, _ initialization: Initialization? = nil
  ) -> [ParameterSpecification] {
    // PyTorch counts a transposed kernel's fan-in over its outputs.
    let initial = Initialization.convolutionDefault(fanIn: 4 * outputs)
    return [
      ParameterSpecification(
        name + ".weight", [inputs, 2, 2, outputs], initialization ?? initial,
        layout: .transposedConvolution),
      ParameterSpecification(
        name + ".bias", [outputs], initialization == nil ? initial : .zeros),
    ]
  }
}
