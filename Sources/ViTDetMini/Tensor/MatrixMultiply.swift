/// A matrix inside a larger block of memory: where it starts and how far its rows are apart.
///
/// The queries of one head, for instance, are a matrix inside the qkv rows; no copy is needed to multiply them.
struct Matrix {
  let pointer: UnsafePointer<Float>
  let rowStride: Int
  var transposed = false

  /// The same matrix with rows and columns exchanged.
  var transpose: Matrix {
    Matrix(pointer: pointer, rowStride: rowStride, transposed: !transposed)
  }

  /// How far apart two entries are that stand one below the other.
  fileprivate var down: Int { transposed ? 1 : rowStride }
  /// How far apart two entries are that stand side by side.
  fileprivate var across: Int { transposed ? rowStride : 1 }

  init(_ pointer: UnsafePointer<Float>, rowStride: Int) {
    self.init(pointer: pointer, rowStride: rowStride, transposed: false)
  }

  private init(pointer: UnsafePointer<Float>, rowStride: Int, transposed: Bool) {
    self.pointer = pointer
    self.rowStride = rowStride
    self.transposed = transposed
  }
}

/// Writes `scale · left · right + bias + keep · old` into `result`.
///
/// - Parameters:
///   - rows: The rows of `left` and of the result.
///   - inner: The columns of `left`, which are the rows of `right`.
///   - columns: The columns of `right` and of the result.
///   - left: `[rows, inner]`.
///   - right: `[inner, columns]`.
///   - result: `[rows, columns]`, whose rows are `resultStride` apart.
///   - resultStride: The distance between the result's rows.
///   - isPadded: Whether behind each row of the result up to 15 numbers more may be written.
///   - scale: The factor of the product.
///   - keep: The factor of what is added; with 0 it is not read.
///   - old: What is added, laid out as the result; if left out, what the result held.
///   - bias: `[columns]`.
///   - gelu: Whether each number of the result becomes its GELU at the end.
///   - packed: The right matrix in the kernel's order, if it has been copied before.
func multiply(
  rows: Int, inner: Int, columns: Int, _ left: Matrix, _ right: Matrix,
  into result: UnsafeMutablePointer<Float>, resultStride: Int, isPadded: Bool = false,
  scale: Float = 1, keep: Float = 0, old: UnsafePointer<Float>? = nil, bias: Tensor? = nil,
  gelu: Bool = false,
  packed: PackedMatrix? = nil
) {
  multiply(
    rows: .line(rows, left: left.down, other: resultStride),
    inner: .line(inner, left: left.across, other: right.down), columns: columns, left.pointer,
    right.pointer, rightColumn: right.across, into: result, isPadded: isPadded, scale: scale,
    keep: keep, old: old,
    bias: bias, gelu: gelu, packed: packed)
}

extension Tensor {
  /// The matrix product over the last two axes; leading axes are a batch and must agree.
  ///
  /// - Parameters:
  ///   - other: `[…, K, N]`, or `[…, N, K]` if transposed.
  ///   - transposed: Whether this tensor is given as `[…, K, M]` instead of `[…, M, K]`.
  ///   - otherTransposed: Whether `other` is given as `[…, N, K]`.
  /// - Returns: `[…, M, N]`.
  /// - Precondition: The inner sizes and the leading axes agree.
  public func matmul(
    _ other: Tensor, transposed: Bool = false, otherTransposed: Bool = false
  ) -> Tensor {
    precondition(
      rank >= 2 && rank == other.rank && shape.dropLast(2) == other.shape.dropLast(2),
      "matmul: \(shape) × \(other.shape): the leading axes differ")
    let (leftRows, leftColumns) = (shape[rank - 2], shape[rank - 1])
    let (rightRows, rightColumns) = (other.shape[rank - 2], other.shape[rank - 1])
    let (rows, inner) = transposed ? (leftColumns, leftRows) : (leftRows, leftColumns)
    let (otherInner, columns) =
      otherTransposed ? (rightColumns, rightRows) : (rightRows, rightColumns)
    precondition(
      inner == otherInner,
      "matmul: \(shape) × \(other.shape): inner sizes \(inner) and \(otherInner) differ")
    let batch = Tensor.count(of: Array(shape.dropLast(2)))
    return Tensor(shape: shape.dropLast(2) + [rows, columns]) { result in
      withPointer { left in
        other.withPointer { right in
          for item in 0..<batch {
            let leftMatrix = Matrix(left + item * rows * inner, rowStride: leftColumns)
            let rightMatrix = Matrix(right + item * inner * columns, rowStride: rightColumns)
            multiply(
              rows: rows, inner: inner, columns: columns,
              transposed ? leftMatrix.transpose : leftMatrix,
              otherTransposed ? rightMatrix.transpose : rightMatrix,
              into: result + item * rows * columns, resultStride: columns)
          }
        }
      }
    }
  }
}
