internal import CKernels

// B images, H × W cells, I input and O output channels, k_h × k_w kernel.

/// The convolution of stride 1 without unfolding: the product's kernel finds the cells in the padded image itself.
///
/// What lies under one line of the kernel stands side by side in an image whose channels are last, so a position's cells
/// are `k_h` pieces of `k_w·I` numbers, and no piece has to be copied for the many positions that share it.
///
/// - Parameters:
///   - x: `[B, H, W, I]`.
///   - weight: `[O, k_h, k_w, I]`.
///   - bias: `[O]`.
///   - padding: The zeros around the image, in cells; fewer than the kernel has.
/// - Returns: `[B, H', W', O]`, what `convolution` returns.
func directConvolution(
  _ x: Variable, weight: Variable, bias: Variable?, padding: Int
) -> Variable {
  let kernel = Extent(height: weight.shape[1], width: weight.shape[2])
  let (outputs, inputs) = (weight.shape[0], weight.shape[3])
  let (line, patch) = (kernel.width * inputs, kernel.area * inputs)
  let image = x.value.padded(rows: padding, columns: padding)
  let cells = MapSteps(image.shape)
  let shape = [
    cells.images, cells.height - kernel.height + 1, cells.width - kernel.width + 1, outputs,
  ]
  let steps = MapSteps(shape)
  let result = Tensor(shape: shape) { result in
    image.withPointer { image in
      weight.value.withPointer { weight in
        multiply(
          rows: steps.positions(left: cells, other: steps),
          inner: vd_axis(
            count: (1, kernel.height, line), left: (0, cells.row, 1), other: (0, line, 1)),
          columns: outputs, image, weight, rightColumn: patch, into: result, bias: bias?.value)
      }
    }
  }
  return Variable(result, from: [x, weight] + (bias.map { [$0] } ?? [])) { gradient in
    // dx[h, w] = Σ dy[h + padding − a, w + padding − b]·W[a, b]: the kernel is walked from its end.
    let dx =
      x.requiresGradient
      ? Tensor(shape: x.shape) { dx in
        let around = gradient.padded(
          rows: kernel.height - 1 - padding, columns: kernel.width - 1 - padding)
        let (from, to) = (MapSteps(around.shape), MapSteps(x.shape))
        around.withPointer { around in
          weight.value.withPointer { weight in
            multiply(
              rows: to.positions(left: from, other: to),
              inner: vd_axis(
                count: (kernel.height, kernel.width, outputs), left: (from.row, from.column, 1),
                other: (-line, -inputs, patch)),
              columns: inputs, around, weight + patch - inputs, rightColumn: 1, into: dx)
          }
        }
      } : nil
    // dW[o, a] = Σ dy[h, w, o]·x[h + a, w …], one line of the kernel at a time
    let dWeight =
      weight.requiresGradient
      ? Tensor(shape: weight.shape) { dWeight in
        gradient.withPointer { gradient in
          image.withPointer { image in
            for a in 0..<kernel.height {
              multiply(
                rows: .line(outputs, left: 1, other: patch),
                inner: steps.positions(left: steps, other: cells), columns: line, gradient,
                image + a * cells.row, rightColumn: 1, into: dWeight + a * line)
            }
          }
        }
      } : nil
    return [dx, dWeight, bias?.requiresGradient == true ? gradient.columnSums() : nil]
  }
}

/// How far apart neighbours are in a map `[B, H, W, C]`.
private struct MapSteps {
  let images: Int
  let height: Int
  let width: Int
  /// From a column to the next: the number of channels.
  let column: Int

  init(_ shape: [Int]) {
    (images, height, width, column) = (shape[0], shape[1], shape[2], shape[3])
  }

  /// From a row to the next.
  var row: Int { width * column }
  /// From an image to the next.
  var image: Int { height * row }

  /// This map's positions as an axis of a product, found in two maps of at least its size.
  func positions(left: MapSteps, other: MapSteps) -> vd_axis {
    vd_axis(
      count: (images, height, width), left: (left.image, left.row, left.column),
      other: (other.image, other.row, other.column))
  }
}

extension Tensor {
  /// Images `[B, H, W, C]` with zeros around them.
  fileprivate func padded(rows: Int, columns: Int) -> Tensor {
    if rows == 0, columns == 0 { return self }
    let from = MapSteps(shape)
    let shape = [from.images, from.height + 2 * rows, from.width + 2 * columns, from.column]
    let to = MapSteps(shape)
    return Tensor(shape: shape) { result in
      withPointer { source in
        // Zeros up to the first number, then those between the end of each row and the next one's start.
        var written = 0
        for image in 0..<from.images {
          for row in 0..<from.height {
            let start = image * to.image + (row + rows) * to.row + columns * to.column
            (result + written).update(repeating: 0, count: start - written)
            (result + start).update(
              from: source + image * from.image + row * from.row, count: from.row)
            written = start + from.row
          }
        }
        (result + written).update(repeating: 0, count: to.images * to.image - written)
      }
    }
  }
}
