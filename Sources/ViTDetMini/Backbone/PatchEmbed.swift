/// Turns an image into tokens: each patch of pixels becomes one, by one linear map.
///
/// Source: detectron2 `PatchEmbed`, where it is a convolution whose stride is its kernel; the weights are the same.
struct PatchEmbed {
  let name: String
  let patch: Int
  // [C, P, P, 3]
  let weight: Variable
  let bias: Variable

  init(_ table: ParameterTable, _ name: String, patch: Int) {
    self.name = table.name(name)
    self.patch = patch
    weight = table[name + ".proj.weight"]
    bias = table[name + ".proj.bias"]
  }

  func callAsFunction(_ image: Variable, _ pass: ForwardPass) -> Variable {
    let pixels = unfoldPatches(image, patch: patch)  // [B, h, w, P·P·3]
    let (inputs, outputs) = (pixels.shape[3], weight.shape[0])
    pass.cost?.count(
      name + ".proj",
      .linear(rows: pixels.value.count / inputs, inputs: inputs, outputs: outputs))
    let tokens = linearMap(pixels, weight: weight, bias: bias)
    return pass.record(tokens, as: name + ".proj")
  }

  static func specifications(
    _ name: String, _ configuration: ViTConfiguration
  ) -> [ParameterSpecification] {
    Conv2D.specifications(
      name + ".proj", inputs: configuration.inChans, outputs: configuration.embedDim,
      kernel: configuration.patchSize, bias: true)
  }
}
