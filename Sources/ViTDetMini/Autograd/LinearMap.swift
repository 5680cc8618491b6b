/// The linear map `y = x·Wᵀ + b` over the last axis, and its GELU or what is to be added if that is wanted.
///
/// - Parameters:
///   - x: `[…, I]`.
///   - weight: `[O, I]`, one row per output channel; I may be several axes.
///   - bias: `[O]`.
///   - shortcut: `[…, O]`, added to the result before it leaves the cache.
///   - gelu: Whether each number becomes its GELU; without gradients that happens before it leaves the cache.
/// - Returns: `[…, O]`.
/// - Precondition: The sizes agree.
public func linearMap(
  _ x: Variable, weight: Variable, bias: Variable?, shortcut: Variable? = nil, gelu: Bool = false
) -> Variable {
  let inputs = [x, weight] + [bias, shortcut].compactMap { $0 }
  if gelu, shortcut != nil || inputs.contains(where: \.requiresGradient) {
    // The gradient needs what the GELU was applied to.
    return ViTDetMini.gelu(linearMap(x, weight: weight, bias: bias, shortcut: shortcut))
  }
  let outputs = weight.shape.first ?? 0
  let inner = weight.value.count / max(outputs, 1)
  precondition(
    weight.value.rank >= 2 && x.shape.last == inner,
    "linearMap: \(x.shape) × \(weight.shape): inner sizes differ")
  let shape: [Int] = x.shape.dropLast() + [outputs]
  precondition(
    shortcut.map { $0.shape == shape } ?? true,
    "linearMap: \(shortcut?.shape ?? []) added to \(shape)")
  let rows = x.value.count / max(inner, 1)
  let result = Tensor(shape: shape) { result in
    (shortcut?.value).withPointer { old in
      x.value.withPointer { x in
        weight.value.withPointer { numbers in
          multiply(
            rows: rows, inner: inner, columns: outputs, Matrix(x, rowStride: inner),
            Matrix(numbers, rowStride: inner).transpose, into: result, resultStride: outputs,
            keep: old == nil ? 0 : 1, old: old, bias: bias?.value, gelu: gelu,
            packed: weight.packedWeight)
        }
      }
    }
  }
  return Variable(result, from: inputs) { gradient in
    let gradientRows = gradient.reshaped(to: [rows, outputs])
    // dx = dy·W, dW = dyᵀ·x, db = Σ dy
    let dx =
      x.requiresGradient
      ? gradientRows.matmul(weight.value.reshaped(to: [outputs, inner])).reshaped(to: x.shape) : nil
    let dWeight =
      weight.requiresGradient
      ? gradientRows.matmul(x.value.reshaped(to: [rows, inner]), transposed: true)
        .reshaped(to: weight.shape) : nil
    let dBias = bias?.requiresGradient == true ? gradientRows.columnSums() : nil
    return [dx, dWeight] + (bias == nil ? [] : [dBias]) + (shortcut == nil ? [] : [gradient])
  }
}
