import ViTDetMini

/// Numbers around 0.
func numbers(_ shape: [Int]) -> Tensor {
  var random = RandomNumbers(seed: 1)
  return Tensor(
    shape: shape, storage: (0..<shape.reduce(1, *)).map { _ in random.uniform(in: -1...1) })
}

/// Each operation at the sizes that the tiny detector has: forward, and forward with backward.
func microBenchmarks() {
  func operation(_ name: String, _ shapes: [[Int]], _ body: @escaping ([Variable]) -> Variable) {
    let inputs = shapes.map(numbers)
    bench("micro \(name)", seconds: 0.3) {
      { _ = body(inputs.map { Variable($0) }) }
    }
    bench("micro \(name), with gradients", seconds: 0.3) {
      let seed = numbers(body(inputs.map { Variable($0) }).shape)
      return { body(inputs.map { Variable($0, requiresGradient: true) }).backward(seed) }
    }
  }
  operation("linear 256×64→192", [[256, 64], [192, 64], [192]]) {
    linearMap($0[0], weight: $0[1], bias: $0[2])
  }
  operation("convolution 64×64×64, 3×3", [[1, 64, 64, 64], [64, 3, 3, 64]]) {
    convolution($0[0], weight: $0[1], padding: 1)
  }
  operation("convolution of 64 boxes 7×7×64, 3×3", [[64, 7, 7, 64], [64, 3, 3, 64]]) {
    convolution($0[0], weight: $0[1], padding: 1)
  }
  operation("transposed convolution 16×16×64", [[1, 16, 16, 64], [64, 2, 2, 32], [32]]) {
    convTranspose2x2($0[0], weight: $0[1], bias: $0[2])
  }
  operation("layer norm 3136×64", [[3136, 64], [64], [64]]) {
    layerNorm($0[0], weight: $0[1], bias: $0[2], eps: 1e-6)
  }
  operation("GELU 256×256", [[256, 256]]) { gelu($0[0]) }
  operation("ReLU 3136×64", [[3136, 64]]) { relu($0[0]) }
  operation("attention, 9 windows of 6×6", [[9, 36, 192], [11, 16], [11, 16]]) {
    attentionCore(
      $0[0], heads: 4, extent: 6, tables: RelativePositionTables(height: $0[1], width: $0[2])
    ).output
  }
  operation("attention, global 16×16", [[1, 256, 192], [31, 16], [31, 16]]) {
    attentionCore(
      $0[0], heads: 4, extent: 16, tables: RelativePositionTables(height: $0[1], width: $0[2])
    ).output
  }
  let boxes = (0..<64).map { index -> (image: Int, box: Box) in
    let start = Float(index * 3)
    return (0, Box(start, start / 2, start + 60, start / 2 + 40))
  }
  operation("RoIAlign, 64 boxes of 7×7", [[1, 64, 64, 64]]) {
    ROIAlign(outputSize: 7)($0[0], boxes: boxes, scale: 0.25)
  }
}
