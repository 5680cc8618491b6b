import Glibc
import Testing

@testable import ViTDetMini

@Suite struct LinearMapTests {
  @Test func mapsTheLastAxis() {
    let x = Variable(Tensor(shape: [1, 2, 2], storage: [1, 2, 3, 4]))
    let weight = Variable(Tensor(shape: [3, 2], storage: [1, 0, 0, 1, 1, 1]))
    let bias = Variable(Tensor(shape: [3], storage: [0, 0, 10]))
    let y = linearMap(x, weight: weight, bias: bias)
    #expect(y.value == Tensor(shape: [1, 2, 3], storage: [1, 2, 13, 3, 4, 17]))
    #expect(
      linearMap(x, weight: weight, bias: nil).value.storage == [1, 2, 3, 3, 4, 7])
  }

  @Test func gradientsAreDifferenceQuotients() {
    expectGradients(of: [numbers([2, 3, 4]), numbers([5, 4], seed: 2), numbers([5], seed: 3)]) {
      linearMap($0[0], weight: $0[1], bias: $0[2])
    }
  }

  @Test func aShortcutIsAddedBeforeTheActivation() {
    let x = Variable(numbers([7, 40], seed: 1))
    let weight = Variable(numbers([33, 40], seed: 2))
    let bias = Variable(numbers([33], seed: 3))
    let shortcut = Variable(numbers([7, 33], seed: 4))
    let apart = linearMap(x, weight: weight, bias: bias) + shortcut
    let joined = linearMap(x, weight: weight, bias: bias, shortcut: shortcut)
    expectClose(joined.value, apart.value, tolerance: 1e-6)
    expectClose(
      linearMap(x, weight: weight, bias: bias, shortcut: shortcut, gelu: true).value,
      gelu(apart).value, tolerance: 1e-6)
    expectGradients(of: [numbers([2, 5]), numbers([3, 5]), numbers([2, 3])], tolerance: 1e-2) {
      linearMap($0[0], weight: $0[1], bias: nil, shortcut: $0[2])
    }
  }

  @Test func aWeightMayHaveSeveralAxes() {
    let (x, weight) = (numbers([4, 12], seed: 1), numbers([3, 2, 2, 3], seed: 2))
    let flat = weight.reshaped(to: [3, 12])
    expectClose(
      linearMap(Variable(x), weight: Variable(weight), bias: nil).value,
      x.matmul(flat, otherTransposed: true), tolerance: 1e-6)
    expectGradients(of: [numbers([2, 4]), numbers([3, 2, 2])], tolerance: 1e-2) {
      linearMap($0[0], weight: $0[1], bias: nil)
    }
  }

  @Test func aChangedWeightIsReadAnew() {
    let x = Variable(numbers([9, 20], seed: 1))
    let weight = Variable(numbers([5, 20], seed: 2))
    let first = linearMap(x, weight: weight, bias: nil).value
    weight.value = weight.value * 2
    expectClose(linearMap(x, weight: weight, bias: nil).value, first * 2, tolerance: 1e-6)
  }

  @Test func anotherInnerSizeStopsTheProgram() async {
    await #expect(processExitsWith: .failure) {
      _ = linearMap(
        Variable(Tensor(zeros: [2, 3])), weight: Variable(Tensor(zeros: [4, 5])), bias: nil)
    }
  }
}

@Suite struct LayerNormalizationTests {
  @Test func everyPositionGetsMeanAndDeviation() {
    let x = Variable(Tensor(shape: [1, 4], storage: [1, 2, 3, 4]))
    let y = layerNorm(
      x, weight: Variable(Tensor(shape: [4], storage: [1, 1, 1, 2])),
      bias: Variable(Tensor(shape: [4], storage: [0, 0, 5, 0])), eps: 0)
    // Mean 2.5, variance 1.25.
    let s = Float(1.25).squareRoot()
    expectClose(y.value.storage, [-1.5 / s, -0.5 / s, 5 + 0.5 / s, 3 / s], tolerance: 1e-6)
  }

  @Test(arguments: [1, 7, 16, 37]) func gradientsAreDifferenceQuotients(channels: Int) {
    expectGradients(
      of: [numbers([3, channels]), numbers([channels], seed: 2), numbers([channels], seed: 3)],
      step: 5e-3
    ) { layerNorm($0[0], weight: $0[1], bias: $0[2], eps: 0.01) }
  }

  @Test func equalNumbersBecomeTheBias() {
    let one = Variable(Tensor(shape: [3], repeating: 1))
    let y = layerNorm(
      Variable(Tensor(shape: [2, 3], repeating: 7)), weight: one, bias: one, eps: 1e-6)
    expectClose(y.value, Tensor(shape: [2, 3], repeating: 1), tolerance: 1e-6)
  }
}

@Suite struct ActivationTests {
  /// With gradients and without; the second way never leaves the cache in between.
  @Test(arguments: [64, 37]) func aNormWithReLUIsTheOneAfterTheOther(channels: Int) {
    let x = numbers([5, channels], scale: 3)
    let (weight, bias) = (numbers([channels], seed: 2), numbers([channels], seed: 3))
    func norm(_ x: Variable, relu: Bool) -> Variable {
      layerNorm(x, weight: Variable(weight), bias: Variable(bias), eps: 1e-6, relu: relu)
    }
    let expected = relu(norm(Variable(x), relu: false)).value
    #expect(norm(Variable(x), relu: true).value == expected)
    #expect(norm(Variable(x, requiresGradient: true), relu: true).value == expected)
    #expect(expected.storage.contains(0) && expected.storage.contains { $0 > 0 })
  }

  @Test func geluIsTheExactForm() {
    let x = stride(from: Float(-9), through: 9, by: 0.037).map { $0 }
    let y = gelu(Variable(Tensor(shape: [x.count], storage: x))).value
    let exact = x.map { Float(0.5 * Double($0) * (1 + erf(Double($0) / 2.0.squareRoot()))) }
    expectClose(y.storage, exact, tolerance: 1e-6)
    // The form with tanh is off by more than 1e-4 here.
    #expect(abs(gelu(Variable(Tensor(scalar: 2))).value.storage[0] - 1.954_499_7) < 1e-6)
  }

  @Test func gradientsAreDifferenceQuotients() {
    expectGradients(of: [numbers([40], scale: 3)]) { gelu($0[0]) }
    expectGradients(of: [numbers([40], scale: 3)], step: 1e-3) { relu($0[0]) }
  }

  @Test func reluCutsAtZero() {
    #expect(
      relu(Variable(Tensor(shape: [3], storage: [-1, 0, 2]))).value.storage == [0, 0, 2])
  }
}
