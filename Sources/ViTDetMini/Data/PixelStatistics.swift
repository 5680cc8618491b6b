/// The mean and the deviation of each colour that images are normalised with.
public struct PixelStatistics: Sendable, Hashable {
  /// The means of red, green and blue, of 0 to 255.
  public var mean: [Float]
  /// The deviations of red, green and blue.
  public var deviation: [Float]

  /// Creates statistics of red, green and blue.
  public init(mean: [Float], deviation: [Float]) {
    self.mean = mean
    self.deviation = deviation
  }

  /// ImageNet's, with which published models were trained.
  public static let imageNet = PixelStatistics(
    mean: [123.675, 116.28, 103.53], deviation: [58.395, 57.12, 57.375])

  /// The pixels `[…, 3]` less the mean, over the deviation.
  public func normalised(_ pixels: Tensor) -> Tensor {
    let channels = mean.count
    precondition(
      pixels.shape.last == channels, "normalised: \(pixels.shape) of \(channels) channels")
    return Tensor(
      shape: pixels.shape,
      storage: pixels.storage.enumerated().map { index, value in
        (value - mean[index % channels]) / deviation[index % channels]
      })
  }
}

extension Image {
  /// The pixels as numbers from 0 to 255, `[1, H, W, 3]`.
  public var tensor: Tensor {
    Tensor(shape: [1, height, width, 3], storage: pixels.map(Float.init))
  }

  /// The pixels as a network wants them, `[1, H, W, 3]`.
  public func normalised(_ statistics: PixelStatistics = .imageNet) -> Tensor {
    // A byte has 256 values, so each division is done once.
    let table = (0..<3).map { channel in
      (0...255).map { (Float($0) - statistics.mean[channel]) / statistics.deviation[channel] }
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
