extension PreparedPicture {
  /// The picture to draw detections on, in its original size.
  ///
  /// - Parameters:
  ///   - path: the file that this input was read from; if it holds numbers, they are turned back into colours.
  ///   - statistics: what the input was normalised with.
  /// - Returns: the picture.
  /// - Throws: `DataError` or `CheckpointError` if the file cannot be read.
  public func original(path: String, statistics: PixelStatistics = .imageNet) throws -> Image {
    try ModelInput.isPicture(path) ? try Image.read(path: path) : restored(statistics)
  }

  /// The input as colours again, without the zeros, at the original size.
  func restored(_ statistics: PixelStatistics) -> Image {
    let side = pixels.shape[2]
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size.area * 3)
    for row in 0..<size.height {
      for place in row * side * 3..<(row * side + size.width) * 3 {
        let channel = place % 3
        let value =
          pixels.storage[place] * statistics.deviation[channel] + statistics.mean[channel]
        bytes.append(UInt8(min(max(value, 0), 255).rounded()))
      }
    }
    return Image(width: size.width, height: size.height, pixels: bytes)
      .resized(width: originalSize.width, height: originalSize.height)
  }
}
