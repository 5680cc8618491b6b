internal import ViTDetMini

/// A way to read a box out of a map, and what it gives.
struct ROIReading: Sendable {
  /// The ways that lessons compare.
  enum Way: String, Sendable, CaseIterable {
    /// As the detector does: a cell's number belongs to its centre.
    case aligned
    /// Without the half cell, as if a cell's number belonged to its corner.
    case shifted
    /// With edges rounded to whole cells first.
    case rounded
  }

  /// The box that is really read, in pixels of the picture.
  let box: Box
  /// The points of each bin, in pixels of the picture, row by row.
  let points: [[(x: Float, y: Float)]]
  /// What was read, `[1, P, P, C]`.
  let features: Tensor

  /// Reads a box.
  ///
  /// The other ways are the detector's own on another box: what a reader without the half cell takes for the box lies half
  /// a cell further down and right.
  init(_ way: Way, _ box: Box, stride: Int, map: Tensor, align: ROIAlign) {
    let step = Float(stride)
    self.box =
      switch way {
      case .aligned: box
      case .shifted:
        Box(box.x0 + step / 2, box.y0 + step / 2, box.x1 + step / 2, box.y1 + step / 2)
      case .rounded: box.rounded(to: step)
      }
    points = align.samplePoints(
      of: self.box, scale: 1 / step, map: Extent(height: map.shape[1], width: map.shape[2]))
    features = align(Variable(map), boxes: [(image: 0, box: self.box)], scale: 1 / step).value
  }

  /// How far each bin is from another reading's, as a share of the mean length of a bin.
  func differences(from other: ROIReading) -> (bins: [Float], error: Double) {
    let channels = features.shape[3]
    var (bins, squares, total): ([Float], Double, Double) = ([], 0, 0)
    for bin in 0..<features.count / channels {
      var (gap, length) = (0.0, 0.0)
      for index in bin * channels..<(bin + 1) * channels {
        let difference = Double(features.storage[index] - other.features.storage[index])
        gap += difference * difference
        length += Double(other.features.storage[index]) * Double(other.features.storage[index])
      }
      bins.append(Float(gap))
      squares += gap
      total += length
    }
    let mean = max(total / Double(max(bins.count, 1)), 1e-24)
    return (
      bins.map { Float((Double($0) / mean).squareRoot()) },
      (squares / max(total, 1e-24)).squareRoot()
    )
  }
}

extension Box {
  /// The box with its edges on multiples of a step, at least one step wide and high.
  func rounded(to step: Float) -> Box {
    func edge(_ value: Float) -> Float { (value / step).rounded() * step }
    let (left, top) = (edge(x0), edge(y0))
    return Box(left, top, max(edge(x1), left + step), max(edge(y1), top + step))
  }
}

extension Laboratory {
  /// The level from which the box head reads a box.
  func level(of box: Box) -> NeckLevel {
    let number = detector.levelAssignment.level(of: box)
    let levels = detector.neckLevels
    return levels.first { $0.number == number } ?? levels[0]
  }

  /// A box read out of its level of the sample picture; kept for the next call.
  ///
  /// - Throws: What running the detector throws.
  func reading(_ way: ROIReading.Way, of box: Box) throws -> ROIReading {
    try result("reading \(way) \(box)") {
      let level = level(of: box)
      return ROIReading(
        way, box, stride: level.stride, map: try detectorRecording(detector).map(level.name),
        align: ROIAlign(
          outputSize: Extent(side: detector.boxHead.bins),
          samplingRatio: detector.boxHead.samplingRatio))
    }
  }

  /// How far a reading is from the detector's own, as a share of its length.
  ///
  /// - Throws: What running the detector throws.
  func readingError(_ way: ROIReading.Way, of box: Box) throws -> Double {
    try reading(way, of: box).differences(from: reading(.aligned, of: box)).error
  }
}
