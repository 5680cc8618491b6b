internal import CKernels
internal import COpenBLAS

/// Writes a matrix product whose rows and whose inner axis may be scattered over memory, as `vd_product` says.
///
/// Optimised builds use the package's own kernel. Unoptimised, as in debug builds, it would take many times as long as the
/// library, which then makes the product piece by piece.
///
/// - Parameters:
///   - rows: The rows, in `left` and in the result.
///   - inner: The inner axis, in `left` and in `right`.
///   - columns: The number of columns, which stand side by side in the result.
///   - left: The first number of the left matrix.
///   - right: The first number of the right matrix.
///   - rightColumn: How far apart the columns of the right matrix are.
///   - result: The first number of the result.
///   - isPadded: Whether behind each row of the result up to 15 numbers more may be written.
///   - scale: The factor of the product.
///   - keep: The factor of what is added; with 0 it is not read.
///   - old: What is added, laid out as the result; if left out, what the result held.
///   - bias: `[columns]`, added to every row.
///   - gelu: Whether each number of the result becomes its GELU at the end.
///   - packed: The right matrix in the kernel's order, if it has been copied before.
func multiply(
  rows: vd_axis, inner: vd_axis, columns: Int, _ left: UnsafePointer<Float>,
  _ right: UnsafePointer<Float>, rightColumn: Int, into result: UnsafeMutablePointer<Float>,
  isPadded: Bool = false, scale: Float = 1, keep: Float = 0, old: UnsafePointer<Float>? = nil,
  bias: Tensor? = nil, gelu: Bool = false, packed: PackedMatrix? = nil
) {
  precondition(
    bias.map { $0.shape == [columns] } ?? true,
    "bias: \(bias?.shape ?? []) for \(columns) columns")
  bias.withPointer { bias in
    let product = vd_product(
      rows: rows, inner: inner, columns: columns, left: left, right: right,
      right_column: rightColumn, result: result, result_is_padded: isPadded ? 1 : 0, scale: scale,
      keep: keep, old: old, bias: bias, gelu: gelu ? 1 : 0,
      panels: packed.map { UnsafePointer($0.panels) })
    if vd_multiply_is_optimised() != 0 {
      multiplyInThreads(product)
    } else {
      multiplyWithLibrary(product)
    }
  }
}

/// Makes a product with the package's kernel, the rows of a large one on several threads, which changes no sum.
private func multiplyInThreads(_ product: vd_product) {
  let (rows, inner) = (product.rows, product.inner)
  let columnSteps = product.columns * inner.count.0 * inner.count.1 * inner.count.2
  // The outermost loop that is one is dealt out: whole images, else lines, else rows by the tile.
  let (count, left, other, unit) =
    rows.count.0 > 1
    ? (rows.count.0, rows.left.0, rows.other.0, 1)
    : rows.count.1 > 1
      ? (rows.count.1, rows.left.1, rows.other.1, 1)
      : ((rows.count.2 + 7) / 8, 8 * rows.left.2, 8 * rows.other.2, 8)
  let rowsOfEach = max(rows.count.0 * rows.count.1 * rows.count.2 / max(count, 1), 1)
  // Each stretch makes its own copy of the right matrix, which costs as much as a dozen rows.
  let worthCopying =
    product.panels != nil
    ? 1 : min(512 / rowsOfEach, count / max(Int(openblas_get_num_threads()), 1))
  let worthThread = (1 << 19) / max(rowsOfEach * columnSteps, 1)
  nonisolated(unsafe) let product = product
  inThreads(count, atLeast: max(worthCopying, worthThread)) { part in
    var own = product
    own.left += part.lowerBound * left
    own.result += part.lowerBound * other
    own.old = own.old.map { $0 + part.lowerBound * other }
    if rows.count.0 > 1 {
      own.rows.count.0 = part.count
    } else if rows.count.1 > 1 {
      own.rows.count.1 = part.count
    } else {
      own.rows.count.2 = min(part.count * unit, rows.count.2 - part.lowerBound * unit)
    }
    vd_multiply(&own, vd_processor_level())
  }
}

/// Makes a product with `sgemm`, one stretch of rows and of the inner axis at a time.
func multiplyWithLibrary(_ product: vd_product) {
  let (rows, inner) = (product.rows, product.inner)
  let isTransposed = inner.left.2 != 1
  let isRightTransposed = product.right_column != 1
  // `sgemm` refuses rows that overlap, as those of a convolution do; shorter pieces do not.
  let leftStride = max(1, isTransposed ? inner.left.2 : rows.left.2)
  let rightStride = max(1, isRightTransposed ? product.right_column : inner.other.2)
  let depth = isTransposed || rows.count.2 <= 1 ? inner.count.2 : min(inner.count.2, leftStride)
  let width =
    isRightTransposed || inner.count.2 <= 1 ? product.columns : min(product.columns, rightStride)
  rows.forEachLine { rowsLeft, rowsResult in
    let result = product.result + rowsResult
    for row in 0..<rows.count.2 {
      let line = result + row * rows.other.2
      let old = product.old.map { $0 + rowsResult + row * rows.other.2 } ?? UnsafePointer(line)
      for column in 0..<product.columns {
        let kept = product.keep == 0 ? 0 : product.keep * old[column]
        line[column] = kept + (product.bias.map { $0[column] } ?? 0)
      }
    }
    inner.forEachLine { innerLeft, innerRight in
      for first in stride(from: 0, to: inner.count.2, by: max(depth, 1)) {
        let left = product.left + rowsLeft + innerLeft + first * inner.left.2
        for column in stride(from: 0, to: product.columns, by: max(width, 1)) {
          let right =
            product.right + innerRight + first * inner.other.2 + column * product.right_column
          let columns = min(width, product.columns - column)
          let length = min(depth, inner.count.2 - first)
          cblas_sgemm(
            CblasRowMajor, isTransposed ? CblasTrans : CblasNoTrans,
            isRightTransposed ? CblasTrans : CblasNoTrans, blasint(rows.count.2), blasint(columns),
            blasint(length), product.scale, left,
            blasint(max(leftStride, isTransposed ? rows.count.2 : length)), right,
            blasint(max(rightStride, isRightTransposed ? length : columns)), 1, result + column,
            blasint(max(1, rows.other.2, columns)))
        }
      }
    }
    for row in 0..<rows.count.2 where product.gelu != 0 {
      let line = result + row * rows.other.2
      vd_gelu(line, line, product.columns)
    }
  }
}

extension vd_axis {
  /// Entries that are evenly spaced in both matrices.
  static func line(_ count: Int, left: Int, other: Int) -> vd_axis {
    vd_axis(count: (1, 1, count), left: (0, 0, left), other: (0, 0, other))
  }

  /// Visits the starts of the innermost loop.
  fileprivate func forEachLine(_ body: (_ left: Int, _ other: Int) -> Void) {
    for outer in 0..<count.0 {
      for line in 0..<count.1 {
        body(outer * left.0 + line * left.1, outer * other.0 + line * other.1)
      }
    }
  }
}
