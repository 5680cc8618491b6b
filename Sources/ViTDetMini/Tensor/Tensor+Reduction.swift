internal import CKernels

extension Tensor {
  /// The sum of all numbers, added up in double precision.
  public var sum: Float {
    var total = 0.0
    for value in storage { total += Double(value) }
    return Float(total)
  }

  /// The sum of the products of the numbers of two tensors, added up in double precision.
  ///
  /// - Precondition: The shapes are equal.
  public func dot(_ other: Tensor) -> Float {
    precondition(shape == other.shape, "dot: \(shape) and \(other.shape) differ")
    var total = 0.0
    for index in storage.indices { total += Double(storage[index]) * Double(other.storage[index]) }
    return Float(total)
  }

  /// The largest absolute value, or 0 of an empty tensor.
  public var largestMagnitude: Float {
    storage.reduce(0) { max($0, abs($1)) }
  }

  /// The largest absolute difference between the numbers of two tensors; NaN if any is NaN.
  ///
  /// - Precondition: The shapes are equal.
  public func largestDifference(from other: Tensor) -> Float {
    precondition(shape == other.shape, "largestDifference: \(shape) and \(other.shape) differ")
    var worst: Float = 0
    for index in storage.indices {
      let difference = abs(storage[index] - other.storage[index])
      if difference > worst || difference.isNaN { worst = difference }
      if worst.isNaN { return worst }
    }
    return worst
  }

  /// The sums over all axes but the last: `[…, C]` → `[C]`.
  func columnSums() -> Tensor {
    guard let columns = shape.last, columns > 0 else { return Tensor(zeros: [0]) }
    let rows = count / columns
    return Tensor(shape: [columns]) { sums in
      withPointer { vd_column_sums($0, rows, columns, sums) }
    }
  }
}
