internal import ViTDetMini

extension Image {
  func normalised() -> Tensor {
    let mean: [Float] = [123.675, 116.28, 103.53]
    let deviation: [Float] = [58.395, 57.12, 57.375]
    return Tensor(
      shape: [1, height, width, 3],
      storage: pixels.enumerated().map { (Float($1) - mean[$0 % 3]) / deviation[$0 % 3] })
  }
}
