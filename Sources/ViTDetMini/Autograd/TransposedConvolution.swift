internal import CKernels

// B images, H × W cells, I input and O output channels.

/// The transposed convolution with a 2×2 kernel and stride 2: every cell becomes four.
///
/// The four never overlap: two stand side by side in one row of the result and two in the next, so each half of the
/// kernel is one matrix product.
///
/// - Parameters:
///   - x: `[B, H, W, I]`.
///   - weight: `[I, 2, 2, O]`.
///   - bias: `[O]`.
/// - Returns: `[B, 2·H, 2·W, O]`.
/// - Precondition: The sizes agree.
public func convTranspose2x2(_ x: Variable, weight: Variable, bias: Variable) -> Variable {
  precondition(
    x.value.rank == 4 && weight.value.rank == 4 && x.shape[3] == weight.shape[0]
      && weight.shape[1] == 2 && weight.shape[2] == 2 && bias.shape == [weight.shape[3]],
    "convTranspose2x2: \(x.shape) with a kernel \(weight.shape)")
  let (lines, width) = (x.shape[0] * x.shape[1], x.shape[2])
  let (inputs, pair) = (weight.shape[0], 2 * weight.shape[3])
  let shape = [x.shape[0], 2 * x.shape[1], 2 * width, weight.shape[3]]
  let row = width * pair
  // Every cell: where it is in `x` and where its first pair is in the result, and the other way round.
  let forward = vd_axis(
    count: (1, lines, width), left: (0, width * inputs, inputs), other: (0, 2 * row, pair))
  let backward = vd_axis(count: forward.count, left: forward.other, other: forward.left)
  let result = Tensor(shape: shape) { result in
    x.value.withPointer { x in
      weight.value.withPointer { weight in
        for half in 0..<2 {
          multiply(
            rows: forward, inner: .line(inputs, left: 1, other: 2 * pair), columns: pair, x,
            weight + half * pair, rightColumn: 1, into: result + half * row,
            bias: Tensor.joined([bias.value, bias.value]))
        }
      }
    }
  }
  return Variable(result, from: [x, weight, bias]) { gradient in
    gradient.withPointer { dy in
      // dx = Σ dy·Wᵀ over both halves
      let dx = Tensor(shape: x.shape) { dx in
        weight.value.withPointer { weight in
          multiply(
            rows: backward,
            inner: vd_axis(count: (1, 2, pair), left: (0, row, 1), other: (0, pair, 1)),
            columns: inputs, dy, weight, rightColumn: 2 * pair, into: dx)
        }
      }
      // dW = xᵀ·dy
      let dWeight = Tensor(shape: weight.shape) { dWeight in
        x.value.withPointer { x in
          for half in 0..<2 {
            multiply(
              rows: .line(inputs, left: 1, other: 2 * pair), inner: forward, columns: pair, x,
              dy + half * row, rightColumn: 1, into: dWeight + half * pair)
          }
        }
      }
      return [dx, dWeight, gradient.columnSums()]
    }
  }
}
