import Testing

@testable import ViTDetMini

@Suite struct WindowTests {
  @Test(arguments: [1, 4, 5, 8], [3, 4, 9])
  func unpartitionRestoresEveryGrid(height: Int, width: Int) {
    let tokens = numbers([2, height, width, 3])
    for side in [1, 2, 4, 10] {
      let (windows, padded) = {
        let split = windowPartition(tokens, windowSize: side)
        return (split.windows, split.padded)
      }()
      #expect(padded.height % side == 0 && padded.height - height < side)
      #expect(windows.shape == [2 * padded.area / (side * side), side, side, 3])
      #expect(windowUnpartition(windows, grid: Extent(height: height, width: width)) == tokens)
    }
  }

  @Test func windowsGoRowByRowAndPaddingIsZeros() {
    let tokens = Tensor(shape: [1, 3, 3, 1], storage: [1, 2, 3, 4, 5, 6, 7, 8, 9])
    let windows = windowPartition(tokens, windowSize: 2).windows
    #expect(windows.storage == [1, 2, 4, 5, 3, 0, 6, 0, 7, 8, 0, 0, 9, 0, 0, 0])
  }

  @Test func gradientsAreDifferenceQuotients() {
    expectGradients(of: [numbers([2, 3, 5, 2])]) { windowPartition($0[0], windowSize: 2).windows }
    expectGradients(of: [numbers([12, 2, 2, 2])]) {
      windowUnpartition($0[0], grid: Extent(height: 3, width: 5))
    }
  }

  @Test func aWindowOfNothingStopsTheProgram() async {
    await #expect(processExitsWith: .failure) {
      _ = windowPartition(Tensor(zeros: [1, 2, 2, 1]), windowSize: 0)
    }
  }
}
