/// The linear map `y = x·Wᵀ + b` over the last axis.
///
/// - Parameters:
///   - x: `[…, I]`.
///   - weight: `[O, I]`, one row per output channel.
///   - bias: `[O]`.
/// - Returns: `[…, O]`.
/// - Precondition: The sizes agree.
public func linearMap(_ x: Variable, weight: Variable, bias: Variable?) -> Variable {
  precondition(
    weight.value.rank == 2 && x.shape.last == weight.shape[1],
    "linearMap: \(x.shape) × \(weight.shape): inner sizes differ")
  let (outputs, inputs) = (weight.shape[0], weight.shape[1])
  let rows = x.value.count / max(inputs, 1)
  let result = Tensor(shape: x.shape.dropLast() + [outputs]) { result in
    x.value.withPointer { x in
      weight.value.withPointer { weight in
        multiply(
          rows: rows, inner: inputs, columns: outputs, Matrix(x, rowStride: inputs),
          Matrix(weight, rowStride: inputs).transpose, into: result, resultStride: outputs,
          bias: bias?.value)
      }
    }
  }
  return Variable(result, from: [x, weight] + (bias.map { [$0] } ?? [])) { gradient in
    let gradientRows = gradient.reshaped(to: [rows, outputs])
    // dx = dy·W, dW = dyᵀ·x, db = Σ dy
    let dx =
      x.requiresGradient ? gradientRows.matmul(weight.value).reshaped(to: x.shape) : nil
    let dWeight =
      weight.requiresGradient
      ? gradientRows.matmul(x.value.reshaped(to: [rows, inputs]), transposed: true) : nil
    return [dx, dWeight, bias?.requiresGradient == true ? gradientRows.columnSums() : nil]
  }
}
