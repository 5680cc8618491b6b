import Testing

@testable import ViTDetMini

@Suite struct VariableTests {
  @Test func gradientsAddUpOverEveryUse() {
    let x = Variable(Tensor(scalar: 3), requiresGradient: true)
    let y = x + x * 2 + x
    y.backward()
    #expect(x.gradient == Tensor(scalar: 4))
    y.backward()
    #expect(x.gradient == Tensor(scalar: 8))
    x.clearGradient()
    #expect(x.gradient == nil)
  }

  @Test func nothingIsRecordedUnlessAsked() {
    let x = Variable(numbers([2]))
    let y = (x + x).sum()
    y.backward()
    #expect(!y.requiresGradient && x.gradient == nil)
    weak var forgotten: Variable?
    let z: Variable = {
      let inner = Variable(numbers([2]))
      forgotten = inner
      return inner * 2
    }()
    #expect(z.value == numbers([2]) * 2 && forgotten == nil)
  }

  @Test func aDetachedVariableStopsGradients() {
    let x = Variable(Tensor(scalar: 2), requiresGradient: true)
    (x.detached * 3 + x).backward()
    #expect(x.gradient == Tensor(scalar: 1))
  }

  @Test func longChainsDoNotExhaustTheStack() {
    let x = Variable(Tensor(scalar: 1), requiresGradient: true)
    var y = x
    for _ in 0..<5_000 { y = y + x }
    y.backward()
    #expect(x.gradient == Tensor(scalar: 5_001))
  }

  @Test func movingNumbersMovesTheirGradients() {
    expectGradients(of: [numbers([2, 3, 4]), numbers([1, 3, 4], seed: 2)]) {
      let joined = Variable.joined([$0[0], $0[1]])  // [3, 3, 4]
      return joined.permuted([2, 0, 1]).rows(1..<3).reshaped(to: [6, 3]) * 0.5
    }
    expectGradients(of: [numbers([3, 2, 2])]) { $0[0].scaledByImage([0, 2, -1]) }
    expectGradients(of: [numbers([3, 2, 2]), numbers([1, 2, 2], seed: 2)]) {
      $0[0].addingToEachImage($0[1])
    }
  }

  @Test func onlyASingleNumberHasALossGradient() async {
    await #expect(processExitsWith: .failure) {
      Variable(Tensor(zeros: [2]), requiresGradient: true).backward()
    }
  }
}
