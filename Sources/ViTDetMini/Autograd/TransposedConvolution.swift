// B images, H × W cells, I input and O output channels.

/// The transposed convolution with a 2×2 kernel and stride 2: every cell becomes four.
///
/// The four never overlap, so each row of cells is one matrix product per row of the result.
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
      && weight.shape[1] == 2 && weight.shape[2] == 2,
    "convTranspose2x2: \(x.shape) with a kernel \(weight.shape)")
  let (lines, width) = (x.shape[0] * x.shape[1], x.shape[2])
  let (inputs, outputs) = (weight.shape[0], weight.shape[3])
  let shape = [x.shape[0], 2 * x.shape[1], 2 * width, outputs]
  // Line `l` of cells makes the lines `2·l` and `2·l + 1` of the result, each of them `[W, 2·O]`.
  func forEachLine(_ body: (_ line: Int, _ result: Int, _ kernel: Int) -> Void) {
    for line in 0..<lines {
      for half in 0..<2 {
        body(line * width * inputs, (2 * line + half) * 2 * width * outputs, half * 2 * outputs)
      }
    }
  }
  let result = Tensor(shape: shape) { result in
    fill(result, rows: 4 * lines * width, with: bias.value, columns: outputs)
    x.value.withPointer { x in
      weight.value.withPointer { weight in
        forEachLine { line, target, kernel in
          multiply(
            rows: width, inner: inputs, columns: 2 * outputs, Matrix(x + line, rowStride: inputs),
            Matrix(weight + kernel, rowStride: 4 * outputs), into: result + target,
            resultStride: 2 * outputs, keep: 1)
        }
      }
    }
  }
  return Variable(result, from: [x, weight, bias]) { gradient in
    var dx = Tensor(zeros: x.shape)
    var dWeight = Tensor(zeros: weight.shape)
    x.value.withPointer { x in
      weight.value.withPointer { weight in
        gradient.withPointer { gradient in
          dx.withMutablePointer { dx in
            dWeight.withMutablePointer { dWeight in
              forEachLine { line, target, kernel in
                let dy = Matrix(gradient + target, rowStride: 2 * outputs)
                // dx += dy·Wᵀ, dW += xᵀ·dy
                multiply(
                  rows: width, inner: 2 * outputs, columns: inputs, dy,
                  Matrix(weight + kernel, rowStride: 4 * outputs).transpose, into: dx + line,
                  resultStride: inputs, keep: 1)
                multiply(
                  rows: inputs, inner: width, columns: 2 * outputs,
                  Matrix(x + line, rowStride: inputs).transpose, dy, into: dWeight + kernel,
                  resultStride: 4 * outputs, keep: 1)
              }
            }
          }
        }
      }
    }
    return [dx, dWeight, gradient.columnSums()]
  }
}
