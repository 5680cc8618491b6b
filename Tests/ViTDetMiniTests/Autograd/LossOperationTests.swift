import Glibc
import Testing

@testable import ViTDetMini

@Suite struct LossOperationTests {
  @Test func crossEntropyIsMinusTheLogarithmOfTheProbability() {
    let logits = Variable(Tensor(shape: [2, 2], storage: [0, 0, 0, log(3)]))
    let loss = crossEntropy(logits, classes: [0, 1]).value.storage[0]
    #expect(abs(loss - (log(2) + log(4.0 / 3)) / 2) < 1e-6)
    #expect(crossEntropy(Variable(Tensor(zeros: [0, 3])), classes: []).value.storage == [0])
  }

  @Test func hugeLogitsStayFinite() {
    let logits = Variable(Tensor(shape: [2, 2], storage: [1e4, -1e4, -1e4, 1e4]))
    #expect(crossEntropy(logits, classes: [1, 1]).value.storage == [1e4])
    let binary = binaryCrossEntropy(
      logits, targets: [1, 0, 1, 1], weights: [1, 1, 1, 0])
    #expect(binary.value.storage == [1e4])
  }

  @Test func weightsChooseWhatCounts() {
    let x = Variable(Tensor(shape: [3], storage: [1, 2, 3]))
    #expect(absoluteError(x, targets: [0, 0, 5], weights: [1, 0, 2]).value.storage == [5])
  }

  @Test func squaredErrorIsAMean() {
    let x = Variable(Tensor(shape: [1, 2], storage: [1, 5]))
    #expect(
      meanSquaredError(x, targets: Tensor(shape: [1, 2], storage: [3, 4])).value.storage == [2.5])
    let none = Tensor(zeros: [0, 2])
    #expect(meanSquaredError(Variable(none), targets: none).value.storage == [0])
  }

  @Test func gradientsAreDifferenceQuotients() {
    expectGradients(of: [numbers([3, 4])]) { crossEntropy($0[0], classes: [0, 3, 3]) }
    expectGradients(of: [numbers([5], scale: 3)]) {
      binaryCrossEntropy($0[0], targets: [0, 1, 1, 0.5, 0], weights: [1, 2, 0, 1, 1])
    }
    expectGradients(of: [numbers([4], scale: 3)], step: 1e-3) {
      absoluteError($0[0], targets: [0, 1, -5, 9], weights: [1, 2, 1, 0])
    }
    expectGradients(of: [numbers([2, 3], scale: 3)]) {
      meanSquaredError($0[0], targets: numbers([2, 3], seed: 2))
    }
    expectGradients(of: [numbers([2, 3])]) { $0[0].gathered(at: [4, 0, 4]) }
    let x = Variable(Tensor(scalar: 2), requiresGradient: true)
    x.withGradientScaled(by: 0.25).backward()
    #expect(x.gradient == Tensor(scalar: 0.25))
  }

  @Test func probabilitiesOfEachRowAddUpToOne() {
    let rows = softmaxRows(numbers([4, 5], scale: 30))
    expectClose(
      rows.matmul(Tensor(shape: [5, 1], repeating: 1)), Tensor(shape: [4, 1], repeating: 1),
      tolerance: 1e-5)
    #expect(sigmoid(Tensor(scalar: 0)) == Tensor(scalar: 0.5))
  }
}
