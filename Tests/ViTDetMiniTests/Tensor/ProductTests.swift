import CKernels
import Testing

@testable import ViTDetMini

/// The kernel that optimised builds multiply with, in every width that this processor has, and the library's way.
@Suite struct ProductTests {
  /// Sizes around those of tiles, blocks and panels.
  static let sizes = [
    (1, 1, 1), (8, 16, 32), (9, 17, 33), (7, 40, 31), (36, 16, 36), (17, 3, 5), (5, 700, 20),
    (3, 4, 300), (2, 0, 3),
  ]

  /// Whole numbers, so that the order of additions does not matter.
  private func whole(_ count: Int, seed: UInt64) -> Tensor {
    numbers([count], seed: seed, scale: 8).map { $0.rounded() }
  }

  /// Runs `body` with each way of multiplying.
  private func forEachWay(_ body: (String, (inout vd_product) -> Void) -> Void) {
    body("library") { multiplyWithLibrary($0) }
    for level in 0...vd_processor_level() {
      body("level \(level)") { vd_multiply(&$0, level) }
      body("level \(level), packed before") { product in
        let count = vd_packed_count(&product, level)
        // Whoever reads or writes beyond the panels meets what is no number.
        var panels = Tensor(shape: [count + 64], repeating: .nan)
        panels.withMutablePointer { panels in
          vd_pack(&product, level, panels)
          product.panels = UnsafePointer(panels)
          // From here on the right matrix itself is not read.
          product.right = UnsafePointer(panels + count)
          vd_multiply(&product, level)
        }
        let isUntouched = panels.storage[count...].allSatisfy { $0.isNaN }
        #expect(isUntouched)
      }
    }
  }

  @Test(arguments: sizes, [false, true])
  func agreesWithTheDefinition(size: (rows: Int, inner: Int, columns: Int), transposed: Bool) {
    let (rows, inner, columns) = size
    let (left, right) = (whole(rows * inner, seed: 1), whole(inner * columns, seed: 2))
    let (old, bias) = (whole(rows * columns, seed: 3), whole(columns, seed: 4))
    let other = whole(rows * columns, seed: 5)
    for (keep, isBiased, addsOther) in [
      (Float(0), false, false), (1, false, false), (-2, false, false), (0, true, false),
      (1, true, true), (-2, false, true), (3, true, false), (0, false, true),
    ] {
      var expected = old
      let added = addsOther ? other : old
      for row in 0..<rows {
        for column in 0..<columns {
          let sum = (0..<inner).reduce(Float(0)) {
            $0 + left[transposed ? $1 * rows + row : row * inner + $1]
              * right[transposed ? column * inner + $1 : $1 * columns + column]
          }
          expected[row * columns + column] =
            2 * sum + keep * added[row * columns + column] + (isBiased ? bias[column] : 0)
        }
      }
      forEachWay { name, multiply in
        var result = old
        left.withPointer { left in
          right.withPointer { right in
            bias.withPointer { bias in
              other.withPointer { other in
                result.withMutablePointer { result in
                  var product = vd_product(
                    rows: .line(rows, left: transposed ? 1 : inner, other: columns),
                    inner: .line(
                      inner, left: transposed ? rows : 1, other: transposed ? 1 : columns),
                    columns: columns, left: left, right: right,
                    right_column: transposed ? inner : 1, result: result, result_is_padded: 0,
                    scale: 2, keep: keep,
                    old: addsOther ? other : nil, bias: isBiased ? bias : nil, gelu: 0,
                    panels: nil)
                  multiply(&product)
                }
              }
            }
          }
        }
        #expect(result == expected, "\(name), keep \(keep), bias \(isBiased), other \(addsOther)")
      }
    }
  }

  @Test func axesOfThreeLoopsFindTheirNumbers() {
    // The rows of the left matrix overlap, as a convolution's do, and the result has gaps.
    let rows = vd_axis(count: (2, 3, 5), left: (70, 13, 2), other: (900, 250, 40))
    let inner = vd_axis(count: (2, 3, 4), left: (11, 5, 1), other: (300, 90, 20))
    let columns = 35
    let (left, right) = (whole(400, seed: 1), whole(900, seed: 2))
    var expected = Tensor(zeros: [2000])
    func forEach(_ axis: vd_axis, _ body: (Int, Int) -> Void) {
      for i in 0..<axis.count.0 {
        for j in 0..<axis.count.1 {
          for k in 0..<axis.count.2 {
            body(
              i * axis.left.0 + j * axis.left.1 + k * axis.left.2,
              i * axis.other.0 + j * axis.other.1 + k * axis.other.2)
          }
        }
      }
    }
    forEach(rows) { rowLeft, rowResult in
      forEach(inner) { innerLeft, innerRight in
        for column in 0..<columns {
          expected.storage[rowResult + column] +=
            left[rowLeft + innerLeft] * right[innerRight + column]
        }
      }
    }
    forEachWay { name, multiply in
      var result = Tensor(zeros: [2000])
      left.withPointer { left in
        right.withPointer { right in
          result.withMutablePointer { result in
            var product = vd_product(
              rows: rows, inner: inner, columns: columns, left: left, right: right,
              right_column: 1, result: result, result_is_padded: 0, scale: 1, keep: 0, old: nil,
              bias: nil, gelu: 0,
              panels: nil)
            multiply(&product)
          }
        }
      }
      #expect(result == expected, "\(name)")
    }
  }

  @Test(arguments: sizes)
  func onlyThePaddingBehindRowsIsWritten(size: (rows: Int, inner: Int, columns: Int)) {
    let (rows, inner, columns) = size
    let stride = columns.roundedUp(to: 16)
    let (left, right) = (whole(rows * inner, seed: 1), whole(inner * columns, seed: 2))
    forEachWay { name, multiply in
      func result(isPadded: Int32) -> [Float] {
        var result = Tensor(shape: [rows * stride + 16], repeating: 7)
        left.withPointer { left in
          right.withPointer { right in
            result.withMutablePointer { result in
              var product = vd_product()
              product.rows = .line(rows, left: inner, other: stride)
              product.inner = .line(inner, left: 1, other: columns)
              (product.columns, product.left, product.right) = (columns, left, right)
              (product.right_column, product.result) = (1, result)
              (product.result_is_padded, product.scale, product.keep) = (isPadded, 1, 2)
              multiply(&product)
            }
          }
        }
        let numbers = result.storage
        return (0..<rows).flatMap { numbers[($0 * stride)..<($0 * stride + columns)] }
          + numbers[(rows * stride)...]
      }
      #expect(result(isPadded: 1) == result(isPadded: 0), "\(name)")
    }
  }

  @Test(arguments: sizes)
  func theActivationIsAppliedOnceAtTheEnd(size: (rows: Int, inner: Int, columns: Int)) {
    let (rows, inner, columns) = size
    let (left, right) = (whole(rows * inner, seed: 1), whole(inner * columns, seed: 2))
    forEachWay { name, multiply in
      func result(gelu: Int32) -> Tensor {
        var result = Tensor(shape: [rows * columns], repeating: 7)
        left.withPointer { left in
          right.withPointer { right in
            result.withMutablePointer { result in
              var product = vd_product(
                rows: .line(rows, left: inner, other: columns),
                inner: .line(inner, left: 1, other: columns), columns: columns, left: left,
                right: right, right_column: 1, result: result, result_is_padded: 0, scale: 0.02,
                keep: 0, old: nil,
                bias: nil, gelu: gelu, panels: nil)
              multiply(&product)
            }
          }
        }
        return result
      }
      expectClose(
        result(gelu: 1), gelu(Variable(result(gelu: 0))).value, tolerance: 1e-6, name)
    }
  }
}
