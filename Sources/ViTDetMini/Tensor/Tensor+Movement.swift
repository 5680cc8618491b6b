extension Tensor {
  /// The tensor with its axes in another order: axis `i` of the result is axis `order[i]` of this one.
  ///
  /// - Precondition: `order` names every axis once.
  public func permuted(_ order: [Int]) -> Tensor {
    precondition(
      order.sorted() == Array(0..<rank), "permuted: \(order) is no order of the axes of \(shape)")
    let newShape = order.map { shape[$0] }
    if order == Array(0..<rank) || count == 0 { return reshaped(to: newShape) }
    var strides = [Int](repeating: 1, count: rank)
    for axis in stride(from: rank - 2, through: 0, by: -1) {
      strides[axis] = strides[axis + 1] * shape[axis + 1]
    }
    let newStrides = order.map { strides[$0] }
    let last = rank - 1
    return Tensor(shape: newShape) { result in
      withPointer { source in
        var index = [Int](repeating: 0, count: rank)
        var from = 0
        var to = 0
        while to < count {
          for step in 0..<newShape[last] {
            result[to + step] = source[from + step * newStrides[last]]
          }
          to += newShape[last]
          // The next row: count up the axes before the last.
          var axis = last - 1
          while axis >= 0 {
            index[axis] += 1
            from += newStrides[axis]
            if index[axis] < newShape[axis] { break }
            from -= newShape[axis] * newStrides[axis]
            index[axis] = 0
            axis -= 1
          }
        }
      }
    }
  }

  /// The entries `range` of the first axis.
  ///
  /// - Precondition: There is a first axis, and `range` lies inside it.
  public func rows(_ range: Range<Int>) -> Tensor {
    precondition(
      rank > 0 && range.lowerBound >= 0 && range.upperBound <= shape[0],
      "rows: \(range) of the shape \(shape)")
    let row = Tensor.count(of: Array(shape.dropFirst()))
    return Tensor(
      shape: [range.count] + shape.dropFirst(),
      storage: Array(storage[(range.lowerBound * row)..<(range.upperBound * row)]))
  }

  /// Tensors joined along their first axis.
  ///
  /// - Precondition: All other axes agree.
  public static func joined(_ parts: [Tensor]) -> Tensor {
    guard let first = parts.first else { return Tensor(zeros: [0]) }
    let tail = Array(first.shape.dropFirst())
    var storage: [Float] = []
    storage.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for part in parts {
      precondition(
        part.rank > 0 && Array(part.shape.dropFirst()) == tail,
        "joined: \(part.shape) does not continue \(first.shape)")
      storage += part.storage
    }
    return Tensor(shape: [parts.reduce(0) { $0 + $1.shape[0] }] + tail, storage: storage)
  }

  /// Channels-first `[B, C, H, W]` as channels-last `[B, H, W, C]`.
  public var channelsLast: Tensor { permuted([0, 2, 3, 1]) }

  /// Channels-last `[B, H, W, C]` as channels-first `[B, C, H, W]`.
  public var channelsFirst: Tensor { permuted([0, 3, 1, 2]) }
}
