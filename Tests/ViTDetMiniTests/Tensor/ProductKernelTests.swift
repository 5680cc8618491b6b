import CKernels
import Testing

@testable import ViTDetMini

/// The kernel that optimised builds multiply with, in every width that this processor has.
@Suite struct ProductKernelTests {
  /// Sizes around those of tiles, blocks and panels.
  static let sizes = [
    (1, 1, 1), (8, 16, 32), (9, 17, 33), (7, 40, 31), (36, 16, 36), (17, 3, 5), (5, 700, 20),
    (3, 4, 300), (2, 0, 3),
  ]

  @Test(arguments: sizes, [false, true])
  func agreesWithTheDefinition(size: (rows: Int, inner: Int, columns: Int), transposed: Bool) {
    let (rows, inner, columns) = size
    // Whole numbers, so that the order of additions does not matter.
    func whole(_ count: Int, seed: UInt64) -> Tensor {
      numbers([count], seed: seed, scale: 8).map { $0.rounded() }
    }
    let (left, right) = (whole(rows * inner, seed: 1), whole(inner * columns, seed: 2))
    let (old, bias) = (whole(rows * columns, seed: 3), whole(columns, seed: 4))
    for level in 0...vd_processor_level() {
      for (keep, isBiased) in [(Float(0), false), (1, false), (-2, false), (0, true)] {
        var result = old
        left.withPointer { left in
          right.withPointer { right in
            result.withMutablePointer {
              multiply(
                rows: .line(rows, left: transposed ? 1 : inner, other: columns),
                inner: .line(
                  inner, left: transposed ? rows : 1, other: transposed ? 1 : columns),
                columns: columns, left, right, rightColumn: transposed ? inner : 1, into: $0,
                scale: 2, keep: keep, bias: isBiased ? bias : nil, level: level)
            }
          }
        }
        var expected = old
        for row in 0..<rows {
          for column in 0..<columns {
            let sum = (0..<inner).reduce(Float(0)) {
              $0 + left[transposed ? $1 * rows + row : row * inner + $1]
                * right[transposed ? column * inner + $1 : $1 * columns + column]
            }
            let start = isBiased ? bias[column] : keep * old[row * columns + column]
            expected[row * columns + column] = 2 * sum + start
          }
        }
        #expect(result == expected, "level \(level), keep \(keep), bias \(isBiased)")
      }
    }
  }

  @Test(arguments: [(1, 0), (2, 1), (3, 0), (3, 1), (5, 2), (3, 2)])
  func theDirectConvolutionIsTheUnfoldedOne(kernel: Int, padding: Int) {
    let tensors = [
      numbers([2, 5, 9, 3]), numbers([4, kernel, kernel, 3], seed: 2), numbers([4], seed: 3),
    ]
    let direct = tensors.map { Variable($0, requiresGradient: true) }
    let unfolded = tensors.map { Variable($0, requiresGradient: true) }
    let found = directConvolution(
      direct[0], weight: direct[1], bias: direct[2], padding: padding)
    let expected = unfoldedConvolution(
      unfolded[0], weight: unfolded[1], bias: unfolded[2],
      Unfolding(
        image: tensors[0].shape, kernel: tensors[1].shape, stride: 1, padding: padding))
    expectClose(found.value, expected.value, tolerance: 1e-5)
    let seed = numbers(expected.shape, seed: 4)
    found.backward(seed)
    expected.backward(seed)
    for (one, other) in zip(direct, unfolded) {
      guard let found = one.gradient, let expected = other.gradient else {
        Issue.record("no gradient")
        continue
      }
      expectClose(found, expected, tolerance: 1e-4)
    }
  }
}
