import Testing

@testable import ViTDetMini

/// Four results at a time against the sum as it is written.
@Suite struct WinogradTests {
  private struct Case: Sendable, CustomTestStringConvertible {
    var images = 1
    let height: Int
    let width: Int
    let inputs: Int
    let outputs: Int
    var padding = 1

    var testDescription: String {
      "\(images)x\(height)x\(width)x\(inputs) to \(outputs), padding \(padding)"
    }
    var image: [Int] { [images, height, width, inputs] }
    var kernel: [Int] { [outputs, 3, 3, inputs] }
  }

  /// Whole tiles and parts of some, inside and at the border, whole vectors of channels and parts of some.
  private static let cases = [
    Case(height: 8, width: 8, inputs: 32, outputs: 32),
    Case(images: 3, height: 7, width: 14, inputs: 64, outputs: 16),
    Case(height: 1, width: 1, inputs: 16, outputs: 33),
    Case(images: 2, height: 5, width: 6, inputs: 33, outputs: 40, padding: 0),
    Case(height: 13, width: 3, inputs: 5, outputs: 7, padding: 2),
    Case(height: 30, width: 30, inputs: 16, outputs: 16, padding: 0),
  ]

  @Test(arguments: cases) private func agreesWithTheSum(of one: Case) {
    let (x, weight) = (numbers(one.image), numbers(one.kernel, seed: 2))
    let bias = numbers([one.outputs], seed: 3)
    let layout = ConvolutionLayout(
      image: one.image, kernel: one.kernel, stride: 1, padding: one.padding)
    let expected = layout.convolution(x, weight: weight, bias: bias)
    let result = WinogradConvolution(weight, image: one.image, padding: one.padding)(x, bias: bias)
    expectClose(result, expected, tolerance: 3e-6 * expected.largest)
  }

  @Test(arguments: cases) private func turnedRoundItIsTheGradientOfTheImage(of one: Case) {
    let weight = numbers(one.kernel, seed: 2)
    let layout = ConvolutionLayout(
      image: one.image, kernel: one.kernel, stride: 1, padding: one.padding)
    let gradient = numbers(layout.result.shape, seed: 4)
    // With a step of 1 the gradient is the sum in which every cell meets those around it.
    let around = gradient.padded(by: 2 - one.padding)
    var turned = Tensor(zeros: [one.inputs, 3, 3, one.outputs])
    for output in 0..<one.outputs {
      for input in 0..<one.inputs {
        for a in 0..<3 {
          for b in 0..<3 { turned[input, a, b, output] = weight[output, 2 - a, 2 - b, input] }
        }
      }
    }
    let expected = ConvolutionLayout(
      image: around.shape, kernel: turned.shape, stride: 1, padding: 0
    ).convolution(around, weight: turned, bias: nil)
    #expect(expected.shape == one.image)
    let result = WinogradConvolution(
      weight, isTurned: true, image: gradient.shape, padding: 2 - one.padding)(gradient)
    expectClose(result, expected, tolerance: 3e-6 * expected.largest)
  }

  /// A kernel that is 1 in its middle changes nothing, one that is 0 leaves nothing.
  @Test func theIdentityIsOneAndNothingIsNothing() {
    let x = numbers([1, 9, 10, 16])
    var one = Tensor(zeros: [16, 3, 3, 16])
    for channel in 0..<16 { one[channel, 1, 1, channel] = 1 }
    expectClose(
      WinogradConvolution(one, image: x.shape, padding: 1)(x), x, tolerance: 2e-6 * x.largest)
    let nothing = WinogradConvolution(Tensor(zeros: one.shape), image: x.shape, padding: 1)(x)
    #expect(nothing.storage.allSatisfy { $0 == 0 })
  }

  /// A diverged network must show: what is no number stays none, in all tiles that see it and in no other.
  @Test func whatIsNoNumberStaysNone() {
    var x = numbers([1, 12, 12, 16])
    x[0, 5, 5, 3] = .nan
    let result = WinogradConvolution(numbers([16, 3, 3, 16]), image: x.shape, padding: 1)(x)
    for row in 4...6 { for column in 4...6 { #expect(result[0, row, column, 0].isNaN) } }
    #expect(!result[0, 11, 11, 0].isNaN)
  }

  @Test func onlyConvolutionsOfItsFormAreDoneSo() {
    func suits(_ image: [Int], _ kernel: [Int], stride: Int = 1) -> Bool {
      WinogradConvolution.suits(
        ConvolutionLayout(image: image, kernel: kernel, stride: stride, padding: 1))
    }
    #expect(!suits([1, 16, 16, 64], [64, 3, 3, 64], stride: 2))
    #expect(!suits([1, 16, 16, 64], [64, 5, 5, 64]))
    #expect(!suits([1, 16, 16, 3], [64, 3, 3, 3]))
    #expect(!suits([1, 4, 4, 64], [64, 3, 3, 64]))
  }
}

extension Tensor {
  fileprivate var largest: Float { storage.reduce(0) { max($0, abs($1)) } }
}
