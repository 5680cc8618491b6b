/// The sum of two variables of one shape.
///
/// - Precondition: The shapes are equal.
public func + (left: Variable, right: Variable) -> Variable {
  Variable(left.value + right.value, from: [left, right]) { [$0, $0] }
}

/// A variable times a number.
public func * (x: Variable, factor: Float) -> Variable {
  Variable(x.value * factor, from: [x]) { [$0 * factor] }
}

extension Variable {
  /// The sum of the products with fixed numbers: a loss whose gradient is those numbers.
  ///
  /// - Precondition: `weights` has this variable's shape.
  public func dot(_ weights: Tensor) -> Variable {
    Variable(Tensor(scalar: value.dot(weights)), from: [self]) { [weights * $0.storage[0]] }
  }

  /// The sum of all numbers.
  public func sum() -> Variable {
    let shape = shape
    return Variable(Tensor(scalar: value.sum), from: [self]) {
      [Tensor(shape: shape, repeating: $0.storage[0])]
    }
  }

  /// The same numbers under another shape.
  ///
  /// - Precondition: Both shapes hold the same number of numbers.
  public func reshaped(to newShape: [Int]) -> Variable {
    let shape = shape
    return Variable(value.reshaped(to: newShape), from: [self]) { [$0.reshaped(to: shape)] }
  }

  /// The variable with its axes in another order.
  ///
  /// - Precondition: `order` names every axis once.
  public func permuted(_ order: [Int]) -> Variable {
    Variable(value.permuted(order), from: [self]) { gradient in
      var inverse = order
      for (position, axis) in order.enumerated() { inverse[axis] = position }
      return [gradient.permuted(inverse)]
    }
  }

  /// The entries `range` of the first axis.
  ///
  /// - Precondition: There is a first axis, and `range` lies inside it.
  public func rows(_ range: Range<Int>) -> Variable {
    let shape = shape
    return Variable(value.rows(range), from: [self]) { gradient in
      let before = Tensor(zeros: [range.lowerBound] + shape.dropFirst())
      let after = Tensor(zeros: [shape[0] - range.upperBound] + shape.dropFirst())
      return [Tensor.joined([before, gradient, after])]
    }
  }

  /// Variables joined along their first axis.
  ///
  /// - Precondition: All other axes agree.
  public static func joined(_ parts: [Variable]) -> Variable {
    Variable(Tensor.joined(parts.map(\.value)), from: parts) { gradient in
      var start = 0
      return parts.map { part in
        defer { start += part.shape[0] }
        return gradient.rows(start..<(start + part.shape[0]))
      }
    }
  }
}
