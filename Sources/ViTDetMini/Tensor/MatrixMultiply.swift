internal import CKernels
internal import COpenBLAS

/// Whether products are made by the package's own kernels; unoptimised, as in debug builds, they would take many times
/// as long as the library.
let multipliesWithOwnKernels = vd_multiply_is_optimised() != 0

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

  /// How far apart two entries are that stand one below the other, or side by side.
  func step(down: Bool) -> Int { down == transposed ? 1 : rowStride }

  init(_ pointer: UnsafePointer<Float>, rowStride: Int) {
    self.init(pointer: pointer, rowStride: rowStride, transposed: false)
  }

  private init(pointer: UnsafePointer<Float>, rowStride: Int, transposed: Bool) {
    self.pointer = pointer
    self.rowStride = rowStride
    self.transposed = transposed
  }
}

/// Writes `scale · left · right + keep · result` into `result`.
///
/// - Parameters:
///   - rows: The rows of `left` and of the result.
///   - inner: The columns of `left`, which are the rows of `right`.
///   - columns: The columns of `right` and of the result.
///   - left: `[rows, inner]`.
///   - right: `[inner, columns]`.
///   - result: `[rows, columns]`, whose rows are `resultStride` apart.
///   - resultStride: The distance between the result's rows.
///   - scale: The factor of the product.
///   - keep: The factor of what the result held; with 0 the old contents are not read.
func multiply(
  rows: Int, inner: Int, columns: Int, _ left: Matrix, _ right: Matrix,
  into result: UnsafeMutablePointer<Float>, resultStride: Int, scale: Float = 1, keep: Float = 0
) {
  guard rows > 0, columns > 0 else { return }
  if multipliesWithOwnKernels {
    return multiply(
      rows: .line(rows, left: left.step(down: true), other: resultStride),
      inner: .line(inner, left: left.step(down: false), other: right.step(down: true)),
      columns: columns, left.pointer, right.pointer, rightColumn: right.step(down: false),
      into: result, scale: scale, keep: keep)
  }
  cblas_sgemm(
    CblasRowMajor, left.transposed ? CblasTrans : CblasNoTrans,
    right.transposed ? CblasTrans : CblasNoTrans, blasint(rows), blasint(columns), blasint(inner),
    scale, left.pointer, blasint(max(left.rowStride, 1)), right.pointer,
    blasint(max(right.rowStride, 1)), keep, result, blasint(max(resultStride, 1)))
}

/// Writes a product whose axes may be scattered over memory; `vd_product` says what may be.
func multiply(
  rows: vd_axis, inner: vd_axis, columns: Int, _ left: UnsafePointer<Float>,
  _ right: UnsafePointer<Float>, rightColumn: Int, into result: UnsafeMutablePointer<Float>,
  scale: Float = 1, keep: Float = 0, bias: Tensor? = nil,
  level: Int32 = vd_processor_level()
) {
  precondition(
    bias.map { $0.shape == [columns] } ?? true,
    "bias: \(bias?.shape ?? []) for \(columns) columns")
  var product = vd_product(
    rows: rows, inner: inner, columns: columns, left: left, right: right,
    right_column: rightColumn, result: result, scale: scale, keep: keep, bias: nil, relu: 0)
  guard let bias else { return vd_multiply(&product, level) }
  bias.withPointer { numbers in
    product.bias = numbers
    vd_multiply(&product, level)
  }
}

extension vd_axis {
  /// Entries that are evenly spaced in both matrices.
  static func line(_ count: Int, left: Int, other: Int) -> vd_axis {
    vd_axis(count: (1, 1, count), left: (0, 0, left), other: (0, 0, other))
  }
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
