internal import ViTDetMini

/// How well the anchors of a detector can meet boxes, level by level.
struct AnchorFit {
  let generator: AnchorGenerator
  let levels: [NeckLevel]

  init(_ configuration: DetectorConfiguration) {
    generator = configuration.proposals.anchors
    levels = configuration.neckLevels
  }

  /// How many anchors there are on all levels.
  var count: Int {
    levels.reduce(0) { $0 + $1.rows * $1.columns * generator.shapes(level: $1.index).count }
  }

  /// The highest IoU of a box with any anchor of a level.
  ///
  /// An overlap can only shrink as two centres part, along either axis, so for each shape the anchor at the nearest cell
  /// is the best one.
  func best(for box: Box, on level: NeckLevel) -> Float {
    let stride = Float(generator.strides[level.index])
    func nearest(_ centre: Float, _ count: Int) -> Float {
      let cell = min(max((centre / stride - generator.offset).rounded(), 0), Float(count - 1))
      return (cell + generator.offset) * stride
    }
    let x = nearest((box.x0 + box.x1) / 2, level.columns)
    let y = nearest((box.y0 + box.y1) / 2, level.rows)
    return generator.shapes(level: level.index).reduce(0) { best, shape in
      max(best, box.iou(Box(x + shape.x0, y + shape.y0, x + shape.x1, y + shape.y1)))
    }
  }

  /// The highest IoU of a box with any anchor.
  func best(for box: Box) -> Float {
    levels.reduce(0) { max($0, best(for: box, on: $1)) }
  }

  /// The mean over many places of the highest IoU that a square of some side finds on each level.
  ///
  /// The places fill one cell of the coarsest level evenly, because what a cell finds repeats with its stride.
  func meanBest(side: Float) -> [Float] {
    let period = Float(generator.strides.max() ?? 1)
    let steps = 16
    let places = (0..<steps).map { period * (1 + (Float($0) + 0.5) / Float(steps)) }
    return levels.map { level in
      let sum = places.reduce(Float(0)) { sum, y in
        places.reduce(sum) { sum, x in
          sum
            + best(
              for: Box(x - side / 2, y - side / 2, x + side / 2, y + side / 2), on: level)
        }
      }
      return sum / Float(steps * steps)
    }
  }

  /// The level whose anchors meet a square of some side best, on average over its places.
  func bestLevel(side: Float) -> NeckLevel? {
    zip(levels, meanBest(side: side)).max { $0.1 < $1.1 }?.0
  }
}
