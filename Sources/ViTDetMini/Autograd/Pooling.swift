// B images, H × W cells, C channels.

/// The largest of each 2×2 block of cells; an odd last row or column is left out.
///
/// - Parameter x: `[B, H, W, C]`.
/// - Returns: `[B, H/2, W/2, C]`, rounded down.
/// - Precondition: There are at least 2×2 cells.
public func maxPool2x2(_ x: Variable) -> Variable {
  pool(x, kernel: 2, stride: 2)
}

/// Every second cell along both axes, starting with the first.
///
/// - Parameter x: `[B, H, W, C]`.
/// - Returns: `[B, (H+1)/2, (W+1)/2, C]`, rounded down.
public func subsample2x2(_ x: Variable) -> Variable {
  pool(x, kernel: 1, stride: 2)
}

private func pool(_ x: Variable, kernel: Int, stride: Int) -> Variable {
  precondition(
    x.value.rank == 4 && x.shape[1] >= kernel && x.shape[2] >= kernel, "pool: \(x.shape)")
  let (height, width, channels) = (x.shape[1], x.shape[2], x.shape[3])
  let grid = Extent(height: (height - kernel) / stride + 1, width: (width - kernel) / stride + 1)
  let shape = [x.shape[0], grid.height, grid.width, channels]
  // Where each result came from: the first of equals, as the gradient goes there alone.
  var sources = [Int](repeating: 0, count: Tensor.count(of: shape))
  let result = Tensor(shape: shape) { result in
    x.value.withPointer { x in
      for cell in 0..<(shape[0] * grid.area) {
        let (image, row, column) =
          (cell / grid.area, cell / grid.width % grid.height, cell % grid.width)
        let corner = ((image * height + row * stride) * width + column * stride) * channels
        for channel in 0..<channels {
          var best = corner + channel
          for line in 0..<kernel {
            for step in 0..<kernel {
              let candidate = corner + (line * width + step) * channels + channel
              if x[candidate] > x[best] { best = candidate }
            }
          }
          sources[cell * channels + channel] = best
          result[cell * channels + channel] = x[best]
        }
      }
    }
  }
  return Variable(result, from: [x]) { gradient in
    var dx = Tensor(zeros: x.shape)
    for (index, source) in sources.enumerated() { dx.storage[source] += gradient.storage[index] }
    return [dx]
  }
}
