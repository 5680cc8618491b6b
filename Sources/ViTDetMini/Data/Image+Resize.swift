extension Image {
  /// The picture at another size, byte for byte as Pillow's bilinear filter makes it.
  ///
  /// Each new pixel is a weighted mean of old ones under a triangle that is one old pixel wide when enlarging
  /// and one new pixel wide when shrinking, so nothing is skipped. Weights are 22-bit fixed point, and
  /// between the passes over columns and rows stand 8 bits, so the order of the passes shows: rows go first only
  /// where they lose more than twice as many pixels as the columns do. Detectors are trained on pictures
  /// resized so, and a plain bilinear sample differs visibly.
  ///
  /// Source: Pillow 13, `Resample.c`; detectron2 `transforms/transform.py`, `ResizeTransform`.
  public func resized(width newWidth: Int, height newHeight: Int) -> Image {
    precondition(newWidth > 0 && newHeight > 0, "cannot resize to \(newWidth)x\(newHeight)")
    let rowsFirst = height - newHeight > 2 * max(0, width - newWidth)
    return rowsFirst
      ? resized(height: newHeight).resized(width: newWidth)
      : resized(width: newWidth).resized(height: newHeight)
  }

  private func resized(width newWidth: Int) -> Image {
    if newWidth == width { return self }
    let weights = ResampleWeights(from: width, to: newWidth)
    var result = [UInt8](repeating: 0, count: newWidth * height * 3)
    for y in 0..<height {
      weights.apply(
        pixels, start: y * width * 3, step: 3,
        into: &result, target: y * newWidth * 3, targetStep: 3)
    }
    return Image(width: newWidth, height: height, pixels: result)
  }

  private func resized(height newHeight: Int) -> Image {
    if newHeight == height { return self }
    let weights = ResampleWeights(from: height, to: newHeight)
    var result = [UInt8](repeating: 0, count: width * newHeight * 3)
    for x in 0..<width {
      weights.apply(
        pixels, start: x * 3, step: width * 3,
        into: &result, target: x * 3, targetStep: width * 3)
    }
    return Image(width: width, height: newHeight, pixels: result)
  }

  /// The size at which the shorter side is `shortEdge`, or smaller where the longer one would pass `longest`.
  ///
  /// Source: detectron2 `transforms/augmentation_impl.py`, `ResizeShortestEdge.get_output_shape`.
  public func size(shortEdge: Int, longest: Int) -> (width: Int, height: Int) {
    let scale = Double(shortEdge) / Double(min(width, height))
    var (newWidth, newHeight) =
      width < height
      ? (Double(shortEdge), scale * Double(height)) : (scale * Double(width), Double(shortEdge))
    let long = max(newWidth, newHeight)
    if long > Double(longest) {
      newWidth *= Double(longest) / long
      newHeight *= Double(longest) / long
    }
    return (max(1, Int(newWidth + 0.5)), max(1, Int(newHeight + 0.5)))
  }

  /// The picture resized so that its longer side is `side`, as a ViTDet sees it in testing.
  public func resized(longestSide side: Int) -> Image {
    let (newWidth, newHeight) = size(shortEdge: side, longest: side)
    return resized(width: newWidth, height: newHeight)
  }
}

/// For each new position along an axis, the old positions that it is made of, and their weights.
struct ResampleWeights {
  /// Bits after the point: 32 less 8 of the value and 2 for the sum's growth.
  private static let bits = 22

  private var spans: [(first: Int, weights: [Int])] = []

  init(from oldCount: Int, to newCount: Int) {
    let scale = Double(oldCount) / Double(newCount)
    let support = max(scale, 1)
    spans = (0..<newCount).map { position in
      let center = (Double(position) + 0.5) * scale
      let first = max(0, Int(center - support + 0.5))
      let end = min(oldCount, Int(center + support + 0.5))
      let raw = (first..<end).map { old in
        max(0, 1 - abs((Double(old) - center + 0.5) * (1 / support)))
      }
      let total = raw.reduce(0, +)
      let weights = raw.map { Int(0.5 + (total == 0 ? $0 : $0 / total) * Double(1 << Self.bits)) }
      return (first, weights)
    }
  }

  /// Makes one line of three-channel pixels from another.
  func apply(
    _ source: [UInt8], start: Int, step: Int,
    into result: inout [UInt8], target: Int, targetStep: Int
  ) {
    source.withUnsafeBufferPointer { source in
      for (position, span) in spans.enumerated() {
        let half = 1 << (Self.bits - 1)
        var (red, green, blue) = (half, half, half)
        var offset = start + span.first * step
        for weight in span.weights {
          red += Int(source[offset]) * weight
          green += Int(source[offset + 1]) * weight
          blue += Int(source[offset + 2]) * weight
          offset += step
        }
        let place = target + position * targetStep
        result[place] = UInt8(clamping: red >> Self.bits)
        result[place + 1] = UInt8(clamping: green >> Self.bits)
        result[place + 2] = UInt8(clamping: blue >> Self.bits)
      }
    }
  }
}
