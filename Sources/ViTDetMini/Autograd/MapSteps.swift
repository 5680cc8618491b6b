internal import CKernels

// B images, H × W cells, C channels.

/// How far apart neighbours are in a map `[B, H, W, C]`.
struct MapSteps {
  let images: Int
  let height: Int
  let width: Int
  /// From a column to the next.
  let column: Int
  /// From a row to the next.
  let row: Int
  /// From an image to the next.
  let image: Int

  init(_ shape: [Int]) {
    (images, height, width, column) = (shape[0], shape[1], shape[2], shape[3])
    row = width * column
    image = height * row
  }

  private init(_ steps: MapSteps, every stride: Int) {
    images = steps.images
    height = (steps.height + stride - 1) / stride
    width = (steps.width + stride - 1) / stride
    column = stride * steps.column
    row = stride * steps.row
    image = steps.image
  }

  /// Every so many cells of the map, along both axes.
  func every(_ stride: Int) -> MapSteps { MapSteps(self, every: stride) }

  var cellCount: Int { images * height * width }
  /// The shape of a map that has no gaps.
  var shape: [Int] { [images, height, width, column] }

  /// Where a cell starts.
  func offset(image: Int, row: Int, column: Int) -> Int {
    image * self.image + row * self.row + column * self.column
  }

  /// This map's cells as an axis of a product, found in two maps that have at least as many.
  func axis(left: MapSteps, other: MapSteps) -> vd_axis {
    vd_axis(
      count: (images, height, width), left: (left.image, left.row, left.column),
      other: (other.image, other.row, other.column))
  }
}

extension Tensor {
  /// Images `[B, H, W, C]` with zeros around them.
  func padded(rows: Int, columns: Int) -> Tensor {
    if rows == 0, columns == 0 { return self }
    let from = MapSteps(shape)
    let to = MapSteps([
      from.images, from.height + 2 * rows, from.width + 2 * columns, from.column,
    ])
    return Tensor(shape: to.shape) { result in
      withPointer { source in
        // Zeros up to the first number, then those between the end of each row and the next one's start.
        var written = 0
        for image in 0..<from.images {
          for row in 0..<from.height {
            let start = to.offset(image: image, row: row + rows, column: columns)
            (result + written).update(repeating: 0, count: start - written)
            (result + start).update(
              from: source + from.offset(image: image, row: row, column: 0), count: from.row)
            written = start + from.row
          }
        }
        (result + written).update(repeating: 0, count: to.images * to.image - written)
      }
    }
  }

  /// Images `[B, H, W, C]` with as many zeros on every side.
  func padded(by cells: Int) -> Tensor { padded(rows: cells, columns: cells) }

  /// Images `[B, H, W, C]` without some cells on every side.
  func cropped(by cells: Int) -> Tensor {
    if cells == 0 { return self }
    let from = MapSteps(shape)
    let to = MapSteps([
      from.images, from.height - 2 * cells, from.width - 2 * cells, from.column,
    ])
    return Tensor(shape: to.shape) { result in
      withPointer { source in
        for image in 0..<to.images {
          for row in 0..<to.height {
            (result + to.offset(image: image, row: row, column: 0)).update(
              from: source + from.offset(image: image, row: row + cells, column: cells),
              count: to.row)
          }
        }
      }
    }
  }
}
