import Testing

@testable import ViTDetMini

@Suite struct TensorTests {
  let ramp = Tensor(shape: [2, 3], storage: [0, 1, 2, 3, 4, 5])

  @Test func theLastAxisVariesFastest() {
    #expect(ramp[0, 2] == 2 && ramp[1, 0] == 3)
    var changed = ramp
    changed[1, 1] = 9
    #expect(changed.storage == [0, 1, 2, 3, 9, 5])
    #expect(Tensor(scalar: 4)[] == 4)
  }

  @Test func permutingMovesAxes() {
    #expect(ramp.permuted([1, 0]) == Tensor(shape: [3, 2], storage: [0, 3, 1, 4, 2, 5]))
    let cube = numbers([2, 3, 4, 5])
    #expect(cube.permuted([3, 0, 2, 1])[4, 1, 2, 0] == cube[1, 0, 2, 4])
  }

  @Test func permutingAndPermutingBackChangesNothing() {
    let map = numbers([2, 3, 4, 5])
    #expect(map.channelsLast.channelsFirst == map)
    #expect(map.channelsLast.shape == [2, 4, 5, 3])
    #expect(map.permuted([2, 0, 3, 1]).permuted([1, 3, 0, 2]) == map)
  }

  @Test func emptyAxesStayEmpty() {
    let empty = Tensor(zeros: [0, 3, 2])
    #expect(empty.permuted([2, 0, 1]).shape == [2, 0, 3])
    #expect(empty.sum == 0 && (empty + empty).count == 0)
  }

  @Test func rowsAndJoinedAreInverse() {
    let map = numbers([5, 2])
    #expect(Tensor.joined([map.rows(0..<2), map.rows(2..<2), map.rows(2..<5)]) == map)
  }

  @Test func arithmeticIsNumberByNumber() {
    #expect((ramp + ramp).storage == [0, 2, 4, 6, 8, 10])
    #expect((ramp - ramp * 3).storage == [0, -2, -4, -6, -8, -10])
    #expect(ramp.map { $0 * $0 }.sum == 55)
    #expect(ramp.dot(ramp) == 55)
    #expect(ramp.columnSums().storage == [3, 5, 7])
  }

  @Test func theLargestDifferenceDoesNotHideNaN() {
    var broken = ramp
    broken[0, 1] = .nan
    #expect(broken.largestDifference(from: ramp).isNaN)
    #expect((ramp * 2).largestDifference(from: ramp) == 5)
    #expect((ramp * -2).largestMagnitude == 10)
  }

  @Test func wrongShapesStopTheProgram() async {
    await #expect(processExitsWith: .failure) { _ = Tensor(shape: [2, 2], storage: [1, 2, 3]) }
    await #expect(processExitsWith: .failure) { _ = Tensor(zeros: [2]) + Tensor(zeros: [3]) }
    await #expect(processExitsWith: .failure) { _ = Tensor(zeros: [2, 2]).reshaped(to: [3]) }
    await #expect(processExitsWith: .failure) { _ = Tensor(zeros: [2, 2])[0, 2] }
    await #expect(processExitsWith: .failure) { _ = Tensor(zeros: [2, 2]).permuted([0, 0]) }
  }
}
