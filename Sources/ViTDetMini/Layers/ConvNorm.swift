/// A convolution without bias, and the norm behind it that takes the bias's place.
struct ConvNorm {
  let convolution: Conv2D
  let norm: LayerNorm

  init(_ table: ParameterTable, _ name: String) {
    convolution = Conv2D(table, name)
    norm = LayerNorm(table, name + ".norm")
  }

  func callAsFunction(_ x: Variable, relu: Bool = false, _ pass: ForwardPass) -> Variable {
    norm(convolution(x, pass), relu: relu, pass)
  }

  static func specifications(
    _ name: String, inputs: Int, outputs: Int, kernel: Int, _ initialization: Initialization? = nil
  ) -> [ParameterSpecification] {
    Conv2D.specifications(
      name, inputs: inputs, outputs: outputs, kernel: kernel, initialization)
      + LayerNorm.specifications(name + ".norm", channels: outputs)
  }
}
