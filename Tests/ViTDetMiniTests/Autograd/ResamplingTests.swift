import Testing

@testable import ViTDetMini

@Suite struct ResamplingTests {
  @Test(arguments: 0..<4) func bicubicAgreesWithPyTorch(number: Int) throws {
    let cases = try OperationCases()
    let source = try cases.values("bicubic.\(number).in.x")
    let expected = try cases.values("bicubic.\(number).out.y")
    let x = Variable(Tensor(shape: source.shape, storage: source.floats))
    let y = x.resampled(axis: 2, .bicubic(from: x.shape[2], to: expected.shape[2]))
      .resampled(axis: 3, .bicubic(from: x.shape[3], to: expected.shape[3]))
    expectClose(
      y.value, Tensor(shape: expected.shape, storage: expected.floats), tolerance: 1e-5)
  }

  @Test(arguments: 0..<3) func linearAgreesWithPyTorch(number: Int) throws {
    let cases = try OperationCases()
    let source = try cases.values("linear_1d.\(number).in.x")
    let expected = try cases.values("linear_1d.\(number).out.y")
    let axis = source.shape.count - 1
    let y = Variable(Tensor(shape: source.shape, storage: source.floats))
      .resampled(axis: axis, .linear(from: source.shape[axis], to: expected.shape[axis]))
    expectClose(
      y.value, Tensor(shape: expected.shape, storage: expected.floats), tolerance: 1e-5)
  }

  @Test(arguments: [1, 2, 5, 9], [1, 3, 5, 12])
  func weightsOfEveryOutputAddUpToOne(inputs: Int, outputs: Int) {
    let constant = Variable(Tensor(shape: [2, inputs, 3], repeating: 4))
    for resampling in [
      Resampling.linear(from: inputs, to: outputs), .bicubic(from: inputs, to: outputs),
    ] {
      expectClose(
        constant.resampled(axis: 1, resampling).value,
        Tensor(shape: [2, outputs, 3], repeating: 4), tolerance: 1e-5)
    }
  }

  @Test func theSameLengthChangesNothing() {
    let x = Variable(numbers([2, 6, 3]))
    expectClose(x.resampled(axis: 1, .bicubic(from: 6, to: 6)).value, x.value, tolerance: 1e-6)
    #expect(x.resampled(axis: 1, .linear(from: 6, to: 6)).value == x.value)
  }

  @Test func nearestRepeatsAndPicksInputs() {
    let x = Variable(Tensor(shape: [1, 3, 1], storage: [1, 2, 3]))
    #expect(x.resampled(axis: 1, .nearest(from: 3, to: 6)).value.storage == [1, 1, 2, 2, 3, 3])
    #expect(x.resampled(axis: 1, .nearest(from: 3, to: 5)).value.storage == [1, 1, 2, 3, 3])
    #expect(x.resampled(axis: 1, .nearest(from: 3, to: 1)).value.storage == [2])
  }

  @Test func enlargedMapsHandTheirGradientsBack() {
    expectGradients(of: [numbers([2, 2, 3, 2])]) {
      enlarged($0[0], to: Extent(height: 4, width: 7))
    }
  }

  @Test func gradientsAreDifferenceQuotients() {
    expectGradients(of: [numbers([2, 4, 3])]) {
      $0[0].resampled(axis: 1, .bicubic(from: 4, to: 7))
        .resampled(axis: 2, .linear(from: 3, to: 2))
    }
  }

  @Test func anotherLengthStopsTheProgram() async {
    await #expect(processExitsWith: .failure) {
      _ = Variable(Tensor(zeros: [3, 4])).resampled(axis: 1, .linear(from: 3, to: 2))
    }
  }
}
