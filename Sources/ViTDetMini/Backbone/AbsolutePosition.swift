/// Adds to each token a row that says where it is.
///
/// The rows were learned on the pre-training image's grid. The class token's row is dropped, and the others are
/// stretched to the grid at hand with bicubic interpolation; the table itself stays as it is.
///
/// Source: detectron2 `get_abs_pos`.
struct AbsolutePosition {
  let name: String
  // [1, rows, C]
  let rows: Variable
  let hasClassRow: Bool

  init(_ table: ParameterTable, _ name: String, hasClassRow: Bool) {
    self.name = table.name(name)
    rows = table[name]
    self.hasClassRow = hasClassRow
  }

  /// The position rows for a grid, `[1, h, w, C]`.
  func absPos(for grid: Extent) -> Variable {
    let (count, channels) = (rows.shape[1], rows.shape[2])
    let first = hasClassRow ? 1 : 0
    let side = Int(Double(count - first).squareRoot())
    var square = rows.reshaped(to: [count, channels])
      .rows(first..<count).reshaped(to: [1, side, side, channels])
    if side != grid.height {
      square = square.resampled(axis: 1, .bicubic(from: side, to: grid.height))
    }
    if side != grid.width {
      square = square.resampled(axis: 2, .bicubic(from: side, to: grid.width))
    }
    return square
  }

  func callAsFunction(_ tokens: Variable, _ pass: ForwardPass) -> Variable {
    let grid = Extent(height: tokens.shape[1], width: tokens.shape[2])
    let positions = pass.record(absPos(for: grid), as: name)
    pass.cost?.count(name, .elementwise(count: tokens.value.count))
    return tokens.addingToEachImage(positions)
  }
}

extension Variable {
  /// The variable with the same `[1, …]` added to each entry of the first axis.
  ///
  /// - Precondition: The other axes agree.
  func addingToEachImage(_ other: Variable) -> Variable {
    precondition(
      other.shape.first == 1 && other.shape.dropFirst() == shape.dropFirst(),
      "addingToEachImage: \(other.shape) to \(shape)")
    let images = shape[0]
    let repeated = Tensor.joined([Tensor](repeating: other.value, count: images))
    return Variable(value + repeated, from: [self, other]) { gradient in
      var sum = gradient.rows(0..<1)
      for image in 1..<max(images, 1) { sum.add(gradient.rows(image..<(image + 1))) }
      return [gradient, sum]
    }
  }
}
