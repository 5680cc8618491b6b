/// The linear map `y = x·Wᵀ + b` over the last axis, and its GELU if that is wanted.
///
/// - Parameters:
///   - x: `[…, I]`.
///   - weight: `[O, I]`, one row per output channel.
///   - bias: `[O]`.
///   - gelu: Whether each number becomes its GELU; without gradients that happens before it leaves the cache.
/// - Returns: `[…, O]`.
/// - Precondition: The sizes agree.
public func linearMap(_ x: Variable, weight: Variable, bias: Variable?, gelu: Bool = false)
  -> Variable
{
  let inputs = [x, weight] + (bias.map { [$0] } ?? [])
  if gelu, inputs.contains(where: \.requiresGradient) {
    // The gradient needs what the GELU was applied to.
    return ViTDetMini.gelu(linearMap(x, weight: weight, bias: bias))
  }
  precondition(
    weight.value.rank == 2 && x.shape.last == weight.shape[1],
    "linearMap: \(x.shape) × \(weight.shape): inner sizes differ")
  let (outputs, inner) = (weight.shape[0], weight.shape[1])
  let rows = x.value.count / max(inner, 1)
  let result = Tensor(shape: x.shape.dropLast() + [outputs]) { result in
    x.value.withPointer { x in
      weight.value.withPointer { weight in
        multiply(
          rows: rows, inner: inner, columns: outputs, Matrix(x, rowStride: inner),
          Matrix(weight, rowStride: inner).transpose, into: result, resultStride: outputs,
          bias: bias?.value, gelu: gelu)
      }
    }
  }
  return Variable(result, from: inputs) { gradient in
    let gradientRows = gradient.reshaped(to: [rows, outputs])
    // dx = dy·W, dW = dyᵀ·x, db = Σ dy
    let dx =
      x.requiresGradient ? gradientRows.matmul(weight.value).reshaped(to: x.shape) : nil
    let dWeight =
      weight.requiresGradient
      ? gradientRows.matmul(x.value.reshaped(to: [rows, inner]), transposed: true) : nil
    return [dx, dWeight, bias?.requiresGradient == true ? gradientRows.columnSums() : nil]
  }
}
