import Testing

@testable import ViTDetMini

@Suite struct MatrixMultiplyTests {
  @Test func theProductOfSmallMatricesIsKnown() {
    let left = Tensor(shape: [2, 3], storage: [1, 2, 3, 4, 5, 6])
    let right = Tensor(shape: [3, 2], storage: [7, 8, 9, 10, 11, 12])
    #expect(left.matmul(right) == Tensor(shape: [2, 2], storage: [58, 64, 139, 154]))
  }

  @Test(arguments: [false, true], [false, true])
  func transposedFactorsGiveTheSameProduct(left: Bool, right: Bool) {
    let (a, b) = (numbers([3, 4, 5]), numbers([3, 5, 2], seed: 2))
    let product = (left ? a.permuted([0, 2, 1]) : a).matmul(
      right ? b.permuted([0, 2, 1]) : b, transposed: left, otherTransposed: right)
    #expect(product.shape == [3, 4, 2])
    for batch in 0..<3 {
      for row in 0..<4 {
        for column in 0..<2 {
          let expected = (0..<5).reduce(Float(0)) { $0 + a[batch, row, $1] * b[batch, $1, column] }
          #expect(abs(product[batch, row, column] - expected) < 1e-6)
        }
      }
    }
  }

  @Test func anEmptyInnerSizeGivesZeros() {
    #expect(Tensor(zeros: [2, 0]).matmul(Tensor(zeros: [0, 3])) == Tensor(zeros: [2, 3]))
  }

  @Test func differentInnerSizesStopTheProgram() async {
    await #expect(processExitsWith: .failure) {
      _ = Tensor(zeros: [2, 3]).matmul(Tensor(zeros: [4, 5]))
    }
  }
}
