internal import COpenBLAS

// B images, H × W cells, I input and O output channels, k_h × k_w kernel.

/// The convolution of an image with a kernel, channels last.
///
/// The cells under the kernel are laid side by side (“unfolded”), which turns the convolution into one matrix product; a
/// few rows at a time, because all of them together take `k_h·k_w` times the image's memory. Optimised builds leave even
/// that out: see `directConvolution`.
///
/// - Parameters:
///   - x: `[B, H, W, I]`.
///   - weight: `[O, k_h, k_w, I]`.
///   - bias: `[O]`.
///   - stride: The step of the kernel, in cells.
///   - padding: The zeros around the image, in cells.
/// - Returns: `[B, H', W', O]` with `H' = (H + 2·padding − k_h) / stride + 1`, rounded down.
/// - Precondition: The sizes agree and the kernel fits.
public func convolution(
  _ x: Variable, weight: Variable, bias: Variable? = nil, stride: Int = 1, padding: Int = 0
) -> Variable {
  let unfolding = Unfolding(
    image: x.shape, kernel: weight.shape, stride: stride, padding: padding)
  if multipliesWithOwnKernels, stride == 1, unfolding.kernel.area > 1,
    padding < min(unfolding.kernel.height, unfolding.kernel.width)
  {
    return directConvolution(x, weight: weight, bias: bias, padding: padding)
  }
  return unfoldedConvolution(x, weight: weight, bias: bias, unfolding)
}

/// The convolution as one product with the unfolded cells.
func unfoldedConvolution(
  _ x: Variable, weight: Variable, bias: Variable?, _ unfolding: Unfolding
) -> Variable {
  let outputs = weight.shape[0]
  let result = Tensor(shape: unfolding.resultShape + [outputs]) { result in
    fill(result, rows: unfolding.positions, with: bias?.value, columns: outputs)
    weight.value.withPointer { weight in
      unfolding.forEachBlock(of: x.value) { first, count, cells in
        multiply(
          rows: count, inner: unfolding.patch, columns: outputs,
          Matrix(cells, rowStride: unfolding.patch),
          Matrix(weight, rowStride: unfolding.patch).transpose, into: result + first * outputs,
          resultStride: outputs, keep: bias == nil ? 0 : 1)
      }
    }
  }
  return Variable(result, from: [x, weight] + (bias.map { [$0] } ?? [])) { gradient in
    var dx = x.requiresGradient ? Tensor(zeros: x.shape) : nil
    var dWeight = weight.requiresGradient ? Tensor(zeros: weight.shape) : nil
    gradient.withPointer { gradient in
      unfolding.forEachBlock(of: x.value) { first, count, cells in
        let dy = Matrix(gradient + first * outputs, rowStride: outputs)
        // dW += dyᵀ·cells
        dWeight?.withMutablePointer {
          multiply(
            rows: outputs, inner: count, columns: unfolding.patch, dy.transpose,
            Matrix(cells, rowStride: unfolding.patch), into: $0, resultStride: unfolding.patch,
            keep: 1)
        }
        // dcells = dy·W, folded back onto the image
        guard dx != nil else { return }
        let dCells = Tensor(shape: [count, unfolding.patch]) { dCells in
          weight.value.withPointer { weight in
            multiply(
              rows: count, inner: outputs, columns: unfolding.patch, dy,
              Matrix(weight, rowStride: unfolding.patch), into: dCells,
              resultStride: unfolding.patch)
          }
        }
        dx?.withMutablePointer { unfolding.fold(dCells, first: first, onto: $0) }
      }
    }
    return [
      dx, dWeight,
      bias?.requiresGradient == true
        ? gradient.reshaped(to: [unfolding.positions, outputs]).columnSums() : nil,
    ]
  }
}

/// Which cells lie under the kernel at each of its positions.
struct Unfolding {
  let images: Int
  let image: Extent
  let channels: Int
  let kernel: Extent
  let stride: Int
  let padding: Int

  /// The numbers under the kernel at one position.
  var patch: Int { kernel.area * channels }
  var result: Extent {
    Extent(
      height: (image.height + 2 * padding - kernel.height) / stride + 1,
      width: (image.width + 2 * padding - kernel.width) / stride + 1)
  }
  var resultShape: [Int] { [images, result.height, result.width] }
  var positions: Int { images * result.area }

  init(image shape: [Int], kernel kernelShape: [Int], stride: Int, padding: Int) {
    precondition(
      shape.count == 4 && kernelShape.count == 4 && shape[3] == kernelShape[3]
        && shape[1] + 2 * padding >= kernelShape[1] && shape[2] + 2 * padding >= kernelShape[2],
      "convolution: \(shape) with a kernel \(kernelShape), padding \(padding)")
    images = shape[0]
    image = Extent(height: shape[1], width: shape[2])
    channels = shape[3]
    kernel = Extent(height: kernelShape[1], width: kernelShape[2])
    self.stride = stride
    self.padding = padding
  }

  /// Unfolds a block of positions at a time: `body` gets the first, how many, and their cells `[count, patch]`.
  func forEachBlock(of x: Tensor, _ body: (Int, Int, UnsafePointer<Float>) -> Void) {
    x.withPointer { x in
      // A 1×1 kernel's cells are the image itself.
      if kernel.area == 1, stride == 1, padding == 0 { return body(0, positions, x) }
      let block = max(1, min(positions, (1 << 21) / max(patch, 1)))
      var cells = Tensor(zeros: [block, patch])
      for first in Swift.stride(from: 0, to: positions, by: block) {
        let count = min(block, positions - first)
        cells.withMutablePointer { cells in
          for position in first..<(first + count) where reachesOut(position) {
            (cells + (position - first) * patch).update(repeating: 0, count: patch)
          }
          forEachRun(first: first, count: count) { image, cell, length in
            (cells + cell).update(from: x + image, count: length)
          }
          body(first, count, cells)
        }
      }
    }
  }

  /// Whether the kernel covers more than the image at a position.
  private func reachesOut(_ position: Int) -> Bool {
    let column = position % result.width * stride - padding
    let row = position / result.width % result.height * stride - padding
    return min(row, column) < 0 || row + kernel.height > image.height
      || column + kernel.width > image.width
  }

  /// Adds the cells `[count, patch]` of a block of positions back to where they came from.
  func fold(_ cells: Tensor, first: Int, onto image: UnsafeMutablePointer<Float>) {
    cells.withPointer { source in
      forEachRun(first: first, count: cells.shape[0]) { target, cell, length in
        cblas_saxpy(blasint(length), 1, source + cell, 1, image + target, 1)
      }
    }
  }

  /// Visits every stretch of cells that is one piece both in the image and under the kernel.
  private func forEachRun(
    first: Int, count: Int, _ body: (_ image: Int, _ cell: Int, _ length: Int) -> Void
  ) {
    let result = result
    for position in first..<(first + count) {
      let column = position % result.width * stride - padding
      let row = position / result.width % result.height * stride - padding
      let start = position / result.area * image.height
      // The kernel's columns that lie on the image.
      let columns = max(0, -column)..<min(kernel.width, image.width - column)
      if columns.isEmpty { continue }
      for line in max(0, -row)..<min(kernel.height, image.height - row) {
        body(
          ((start + row + line) * image.width + column + columns.lowerBound) * channels,
          (((position - first) * kernel.height + line) * kernel.width + columns.lowerBound)
            * channels,
          columns.count * channels)
      }
    }
  }
}
