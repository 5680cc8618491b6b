extension Image {
  /// The mean of red, green and blue over ImageNet, 0…255; what published ViTDet weights expect.
  public static let channelMeans: [Float] = [123.675, 116.28, 103.53]
  /// The standard deviation of red, green and blue over ImageNet.
  public static let channelDeviations: [Float] = [58.395, 57.12, 57.375]

  /// The picture as the network takes it: `(value − mean) / deviation` for each colour.
  ///
  /// Source: detectron2 `configs/common/models/mask_rcnn_vitdet.py`.
  ///
  /// - Returns: `[1, height, width, 3]`.
  public func normalised() -> Tensor {
    // A byte has 256 values, so each division is done once.
    let table = zip(Image.channelMeans, Image.channelDeviations).map { mean, deviation in
      (0...255).map { (Float($0) - mean) / deviation }
    }
    var values = [Float](repeating: 0, count: pixels.count)
    for start in stride(from: 0, to: pixels.count, by: 3) {
      for channel in 0..<3 {
        values[start + channel] = table[channel][Int(pixels[start + channel])]
      }
    }
    return Tensor(shape: [1, height, width, 3], storage: values)
  }
}
