internal import CKernels

/// The Gaussian error linear unit `x · Φ(x)` in its exact form, where `Φ` is the normal distribution function.
public func gelu(_ x: Variable) -> Variable {
  let count = x.value.count
  let result = Tensor(shape: x.shape) { result in
    x.value.withPointer { vd_gelu($0, result, count) }
  }
  return Variable(result, from: [x]) { gradient in
    // d(x·Φ(x)) = Φ(x) + x·φ(x)
    let dx = Tensor(shape: x.shape) { dx in
      x.value.withPointer { x in gradient.withPointer { vd_gelu_backward(x, $0, dx, count) } }
    }
    return [dx]
  }
}

/// The rectified linear unit `max(x, 0)`.
public func relu(_ x: Variable) -> Variable {
  let count = x.value.count
  let result = Tensor(shape: x.shape) { result in
    x.value.withPointer { vd_relu($0, result, count) }
  }
  return Variable(result, from: [x]) { gradient in
    let dx = Tensor(shape: x.shape) { dx in
      x.value.withPointer { x in gradient.withPointer { vd_relu_backward(x, $0, dx, count) } }
    }
    return [dx]
  }
}
