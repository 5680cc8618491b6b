internal import CKernels

extension Tensor {
  /// Adds another tensor, times a factor, number by number.
  ///
  /// - Precondition: The shapes are equal.
  public mutating func add(_ other: Tensor, times factor: Float = 1) {
    precondition(shape == other.shape, "add: \(shape) and \(other.shape) differ")
    withMutablePointer { result in
      other.withPointer { source in
        nonisolated(unsafe) let (result, source) = (result, source)
        inThreads(other.count, atLeast: 1 << 18) { part in
          vd_add_scaled(result + part.lowerBound, source + part.lowerBound, factor, part.count)
        }
      }
    }
  }

  /// Multiplies every number by a factor.
  public mutating func scale(by factor: Float) {
    let count = count
    withMutablePointer { vd_scale($0, factor, count) }
  }

  /// The sum, number by number.
  ///
  /// - Precondition: The shapes are equal.
  public static func + (left: Tensor, right: Tensor) -> Tensor {
    var result = left
    result.add(right)
    return result
  }

  /// The difference, number by number.
  ///
  /// - Precondition: The shapes are equal.
  public static func - (left: Tensor, right: Tensor) -> Tensor {
    var result = left
    result.add(right, times: -1)
    return result
  }

  /// Every number times a factor.
  public static func * (tensor: Tensor, factor: Float) -> Tensor {
    var result = tensor
    result.scale(by: factor)
    return result
  }

  /// The tensor with a function applied to each number.
  public func map(_ transform: (Float) -> Float) -> Tensor {
    Tensor(shape: shape, storage: storage.map(transform))
  }
}
