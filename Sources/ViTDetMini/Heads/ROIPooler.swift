// R boxes, P bins along an axis, H × W cells of a feature map, C channels.

/// Cuts each box out of the pyramid level that suits its size.
///
/// Source: detectron2 `modeling/poolers.py`, `ROIPooler`.
public struct ROIPooler: Sendable, Hashable {
  /// The operation on one level.
  public let align: ROIAlign
  /// Cells for each pixel of each level, finest first: 1/4, 1/8 and so on.
  public let scales: [Float]
  /// Which level a box belongs to.
  public let assignment: LevelAssignment

  /// Creates a pooler; the levels are numbered by the powers of two in `scales`.
  public init(
    outputSize: Int, scales: [Float], samplingRatio: Int = 0, canonicalSize: Float = 224,
    canonicalLevel: Int = 4
  ) {
    precondition(!scales.isEmpty && scales.allSatisfy { $0 > 0 }, "scales \(scales)")
    align = ROIAlign(outputSize: Extent(side: outputSize), samplingRatio: samplingRatio)
    self.scales = scales
    let first = -scales[0].exponent
    assignment = LevelAssignment(
      levels: Int(first)...Int(first) + scales.count - 1, canonicalSize: canonicalSize,
      canonicalLevel: canonicalLevel)
  }

  /// Cuts out the boxes of every picture.
  ///
  /// - Parameters:
  ///   - levels: `[B, H, W, C]`, finest first.
  ///   - boxes: for each picture its boxes, in pixels.
  /// - Returns: `[R, P, P, C]`, the first picture's boxes first.
  public func callAsFunction(_ levels: [Variable], boxes: [[Box]]) -> Variable {
    let all = boxes.enumerated().flatMap { image, boxes in
      boxes.map { box in
        (image: image, box: box, level: assignment.level(of: box) - assignment.levels.lowerBound)
      }
    }
    return align.pool(levels, boxes: all, scales: scales)
  }
}
