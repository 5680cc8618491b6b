internal import CKernels

// R boxes, P bins along an axis, H × W cells of a feature map, C channels.

/// Cuts a box out of a feature map as a small grid, without rounding the box to cells.
///
/// The box is divided into bins; each bin is the mean of a few points spread evenly in it; each point is read
/// bilinearly from the four cells around it. A cell's number belongs to its centre, so coordinates move by half a cell.
///
/// Source: Mask R-CNN (He et al., 2017), section 3; torchvision `ops/roi_align`, with `aligned=True`.
public struct ROIAlign: Sendable, Hashable {
  /// Bins along the height and the width.
  public let outputSize: Extent
  /// Points along one side of a bin; 0 for one to each cell that the bin covers, rounded up.
  public let samplingRatio: Int

  /// Creates the operation.
  public init(outputSize: Extent, samplingRatio: Int = 0) {
    precondition(
      outputSize.height > 0 && outputSize.width > 0 && samplingRatio >= 0,
      "RoIAlign of \(outputSize) bins with \(samplingRatio) points")
    self.outputSize = outputSize
    self.samplingRatio = samplingRatio
  }

  /// Where along one axis a bin reads, and how much each cell counts.
  struct Axis {
    /// For each bin the cells and their weights; weights of a bin inside the map add up to 1.
    let bins: [[(cell: Int, weight: Float)]]
    /// The coordinates of the points on the map, bin by bin.
    let points: [[Float]]

    init(from start: Float, to end: Float, bins count: Int, samplingRatio: Int, size: Int) {
      let bin = (end - start) / Float(count)
      // A box cannot ask for more points than there are cells, whatever a network predicted.
      let samples =
        samplingRatio > 0 ? samplingRatio : min(max(Int(bin.rounded(.up)), 0), size + 2)
      points = (0..<count).map { index in
        (0..<samples).map {
          start + Float(index) * bin + (Float($0) + 0.5) * bin / Float(samples)
        }
      }
      bins = points.map { points in
        // Points go forward, so a cell is one of the last two met or a new one.
        var weights: [(cell: Int, weight: Float)] = []
        func add(_ weight: Float, to cell: Int) {
          if let place = weights.lastIndex(where: { $0.cell == cell }) {
            weights[place].weight += weight
          } else {
            weights.append((cell, weight))
          }
        }
        for point in points where point >= -1 && point <= Float(size) {
          let inside = max(point, 0)
          let low = min(Int(inside), size - 1)
          let rest = low == size - 1 ? 0 : inside - Float(low)
          add((1 - rest) / Float(samples), to: low)
          if rest > 0 { add(rest / Float(samples), to: low + 1) }
        }
        return weights
      }
    }
  }

  /// The rows and columns that a box reads, in a map of that size.
  func axes(of box: Box, scale: Float, map: Extent) -> (rows: Axis, columns: Axis) {
    func axis(_ start: Float, _ end: Float, _ bins: Int, _ size: Int) -> Axis {
      Axis(
        from: start * scale - 0.5, to: end * scale - 0.5, bins: bins,
        samplingRatio: samplingRatio, size: size)
    }
    return (
      axis(box.y0, box.y1, outputSize.height, map.height),
      axis(box.x0, box.x1, outputSize.width, map.width)
    )
  }

  /// The points that a box is read at, in pixels of the picture, for each bin row by row.
  ///
  /// - Parameters:
  ///   - box: in pixels of the picture.
  ///   - scale: cells of the map for each pixel, such as 1/16.
  ///   - map: the size of the map.
  /// - Returns: the points of each bin.
  public func samplePoints(of box: Box, scale: Float, map: Extent) -> [[(x: Float, y: Float)]] {
    let (rows, columns) = axes(of: box, scale: scale, map: map)
    return rows.points.flatMap { row in
      columns.points.map { column in
        row.flatMap { y in column.map { x in ((x + 0.5) / scale, (y + 0.5) / scale) } }
      }
    }
  }

  /// Cuts boxes out of a stack of maps.
  ///
  /// - Parameters:
  ///   - features: `[B, H, W, C]`.
  ///   - boxes: boxes in pixels of the picture, each with the number of its picture in the stack.
  ///   - scale: cells for each pixel.
  /// - Returns: `[R, P, P, C]` in the order of the boxes.
  public func callAsFunction(
    _ features: Variable, boxes: [(image: Int, box: Box)], scale: Float
  ) -> Variable {
    pool([features], boxes: boxes.map { ($0.image, $0.box, 0) }, scales: [scale])
  }

  /// Cuts each box out of the map of its level.
  func pool(
    _ levels: [Variable], boxes: [(image: Int, box: Box, level: Int)], scales: [Float]
  ) -> Variable {
    precondition(
      levels.count == scales.count && levels.allSatisfy { $0.shape.count == 4 },
      "RoIAlign on \(levels.map(\.shape)) with \(scales.count) scales")
    let channels = levels[0].shape[3]
    let plans = boxes.map { image, box, level in
      let shape = levels[level].shape
      precondition(
        image < shape[0] && shape[3] == channels, "RoIAlign: picture \(image) of \(shape)")
      let map = Extent(height: shape[1], width: shape[2])
      let (rows, columns) = axes(of: box, scale: scales[level], map: map)
      return Plan(
        level: level, start: image * map.area * channels, width: map.width, rows: rows.bins,
        columns: columns.bins)
    }
    let shape = [boxes.count, outputSize.height, outputSize.width, channels]
    var result = Tensor(zeros: shape)
    for (level, map) in levels.enumerated() {
      map.value.withPointer { map in
        result.withMutablePointer { result in
          visit(plans, level: level, channels: channels) { cell, bin, weight in
            vd_add_scaled(result + bin, map + cell, weight, channels)
          }
        }
      }
    }
    return Variable(result, from: levels) { gradient in
      levels.enumerated().map { level, map in
        var share = Tensor(zeros: map.shape)
        gradient.withPointer { gradient in
          share.withMutablePointer { share in
            visit(plans, level: level, channels: channels) { cell, bin, weight in
              vd_add_scaled(share + cell, gradient + bin, weight, channels)
            }
          }
        }
        return share
      }
    }
  }

  /// One box on its level.
  private struct Plan {
    let level: Int
    let start: Int
    let width: Int
    let rows: [[(cell: Int, weight: Float)]]
    let columns: [[(cell: Int, weight: Float)]]
  }

  /// Visits each cell that counts for each bin, with the offsets of their first channels.
  private func visit(
    _ plans: [Plan], level: Int, channels: Int,
    _ body: (_ cell: Int, _ bin: Int, _ weight: Float) -> Void
  ) {
    for (box, plan) in plans.enumerated() where plan.level == level {
      for (binRow, rows) in plan.rows.enumerated() {
        for (binColumn, columns) in plan.columns.enumerated() {
          let bin = ((box * outputSize.height + binRow) * outputSize.width + binColumn) * channels
          for row in rows {
            for column in columns {
              let cell = plan.start + (row.cell * plan.width + column.cell) * channels
              body(cell, bin, row.weight * column.weight)
            }
          }
        }
      }
    }
  }
}
