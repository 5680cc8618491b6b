import Testing

@testable import ViTDetMini

@Suite struct ConvolutionTests {
  /// The definition, written out.
  private func naive(_ x: Tensor, _ w: Tensor, bias: Tensor, stride: Int, padding: Int) -> Tensor {
    let (kernelHeight, kernelWidth) = (w.shape[1], w.shape[2])
    let height = (x.shape[1] + 2 * padding - kernelHeight) / stride + 1
    let width = (x.shape[2] + 2 * padding - kernelWidth) / stride + 1
    var result = Tensor(zeros: [x.shape[0], height, width, w.shape[0]])
    for image in 0..<x.shape[0] {
      for row in 0..<height {
        for column in 0..<width {
          for output in 0..<w.shape[0] {
            var sum = bias[output]
            for line in 0..<kernelHeight {
              for step in 0..<kernelWidth {
                let (y, z) = (row * stride + line - padding, column * stride + step - padding)
                guard y >= 0, y < x.shape[1], z >= 0, z < x.shape[2] else { continue }
                for input in 0..<x.shape[3] {
                  sum += x[image, y, z, input] * w[output, line, step, input]
                }
              }
            }
            result[image, row, column, output] = sum
          }
        }
      }
    }
    return result
  }

  @Test(arguments: [(1, 1, 0), (3, 1, 1), (3, 2, 1), (2, 2, 0), (3, 1, 0), (5, 1, 2)])
  func agreesWithTheDefinition(kernel: Int, stride: Int, padding: Int) {
    let x = numbers([2, 5, 6, 3])
    let weight = numbers([4, kernel, kernel, 3], seed: 2)
    let bias = numbers([4], seed: 3)
    let result = convolution(
      Variable(x), weight: Variable(weight), bias: Variable(bias), stride: stride,
      padding: padding)
    expectClose(
      result.value, naive(x, weight, bias: bias, stride: stride, padding: padding),
      tolerance: 1e-5)
  }

  @Test(arguments: [(1, 1, 0), (3, 1, 1), (3, 2, 1)])
  func gradientsAreDifferenceQuotients(kernel: Int, stride: Int, padding: Int) {
    expectGradients(
      of: [
        numbers([2, 4, 3, 2]), numbers([3, kernel, kernel, 2], seed: 2), numbers([3], seed: 3),
      ]
    ) {
      convolution($0[0], weight: $0[1], bias: $0[2], stride: stride, padding: padding)
    }
  }

  /// Gradients that are 0 almost everywhere take another way.
  @Test(arguments: [(3, 1, 1), (2, 1, 0), (3, 2, 1)])
  func gradientsOfFewPositionsAreDifferenceQuotients(kernel: Int, stride: Int, padding: Int) {
    expectGradients(
      of: [
        numbers([2, 6, 5, 2]), numbers([3, kernel, kernel, 2], seed: 2), numbers([3], seed: 3),
      ]
    ) {
      let result = convolution(
        $0[0], weight: $0[1], bias: $0[2], stride: stride, padding: padding)
      // One number of the first image's second cell, two of the last cell.
      return result.gathered(at: [4, result.value.count - 3, result.value.count - 1])
    }
  }

  @Test func aKernelLargerThanTheImageStopsTheProgram() async {
    await #expect(processExitsWith: .failure) {
      _ = convolution(
        Variable(Tensor(zeros: [1, 2, 2, 1])), weight: Variable(Tensor(zeros: [1, 3, 3, 1])))
    }
  }
}

@Suite struct TransposedConvolutionTests {
  @Test func everyCellBecomesItsFourProducts() {
    let x = numbers([2, 2, 3, 3])
    let weight = numbers([3, 2, 2, 4], seed: 2)
    let bias = numbers([4], seed: 3)
    let result = convTranspose2x2(
      Variable(x), weight: Variable(weight), bias: Variable(bias)
    ).value
    #expect(result.shape == [2, 4, 6, 4])
    for (image, row, column, output) in [(0, 0, 0, 0), (1, 3, 5, 3), (0, 2, 1, 2), (1, 1, 4, 1)] {
      let expected = (0..<3).reduce(bias[output]) {
        $0 + x[image, row / 2, column / 2, $1] * weight[$1, row % 2, column % 2, output]
      }
      #expect(abs(result[image, row, column, output] - expected) < 1e-5)
    }
  }

  @Test func gradientsAreDifferenceQuotients() {
    expectGradients(
      of: [numbers([2, 2, 3, 2]), numbers([2, 2, 2, 3], seed: 2), numbers([3], seed: 3)]
    ) { convTranspose2x2($0[0], weight: $0[1], bias: $0[2]) }
  }
}

@Suite struct PoolingTests {
  let map = Tensor(shape: [1, 3, 3, 1], storage: [1, 5, 2, 3, 4, 9, 8, 7, 6])

  @Test func theLargestOfFourIsKept() {
    #expect(maxPool2x2(Variable(map)).value == Tensor(shape: [1, 1, 1, 1], storage: [5]))
  }

  @Test func everySecondCellIsKept() {
    #expect(
      subsample2x2(Variable(map)).value == Tensor(shape: [1, 2, 2, 1], storage: [1, 2, 8, 6]))
  }

  @Test func gradientsGoToTheCellThatWasKept() {
    expectGradients(of: [numbers([2, 4, 5, 3])], step: 1e-3) { maxPool2x2($0[0]) }
    expectGradients(of: [numbers([1, 4, 5, 2])]) { subsample2x2($0[0]) }
  }
}

@Suite struct PatchesTests {
  @Test func pixelsOfAPatchStandSideBySide() {
    let image = numbers([2, 5, 7, 3])
    let patches = unfoldPatches(image, patch: 2)
    #expect(patches.shape == [2, 2, 3, 12])
    // Patch (1, 2), its pixel (1, 0), channel 2.
    #expect(patches[1, 1, 2, (1 * 2 + 0) * 3 + 2] == image[1, 3, 4, 2])
  }

  @Test func aLinearMapOfPatchesIsTheStridedConvolution() {
    let image = Variable(numbers([1, 8, 12, 3]))
    let weight = Variable(numbers([5, 4, 4, 3], seed: 2))
    expectClose(
      linearMap(
        unfoldPatches(image, patch: 4), weight: weight.reshaped(to: [5, 48]), bias: nil
      ).value,
      convolution(image, weight: weight, stride: 4).value, tolerance: 1e-5)
  }

  @Test func gradientsReturnToTheirPixels() {
    expectGradients(of: [numbers([1, 5, 4, 2])]) { unfoldPatches($0[0], patch: 2) }
  }
}
