extension Variable {
  /// Rows of a matrix, in any order and as often as asked for.
  ///
  /// What is selected is copied, so the gradient of a row is the sum over its copies, and a row that is left out gets 0.
  ///
  /// - Parameter rows: The numbers of the rows.
  /// - Returns: `[rows.count, C]` of `[R, C]`.
  /// - Precondition: This is a matrix that has the rows.
  public func selectedRows(_ rows: [Int]) -> Variable {
    let shape = shape
    precondition(
      shape.count == 2 && rows.allSatisfy { 0..<shape[0] ~= $0 },
      "selectedRows: \(shape) has not all of \(rows)")
    let columns = shape[1]
    let result = Tensor(shape: [rows.count, columns]) { result in
      value.withPointer { source in
        for (place, row) in rows.enumerated() {
          (result + place * columns).update(from: source + row * columns, count: columns)
        }
      }
    }
    return Variable(result, from: [self]) { gradient in
      var sum = Tensor(zeros: shape)
      sum.withMutablePointer { sum in
        gradient.withPointer { gradient in
          for (place, row) in rows.enumerated() {
            for column in 0..<columns {
              sum[row * columns + column] += gradient[place * columns + column]
            }
          }
        }
      }
      return [sum]
    }
  }
}
